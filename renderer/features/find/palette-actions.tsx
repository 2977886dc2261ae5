import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import {
  IconArrowRight,
  IconBook2,
  IconCalendarPlus,
  IconColumns3,
  IconDeviceDesktop,
  IconFileCertificate,
  IconKeyboard,
  IconListDetails,
  IconLogout,
  IconMicrophone,
  IconMoon,
  IconSun,
  type TablerIcon,
} from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import type { Person } from '../../../shared/contract/accounts.ts';
import type { Shortcut } from '../../lib/shortcuts.ts';
import { useSignOut } from '../accounts/sign-out.tsx';

/** One line of the palette. */
export interface PaletteEntry {
  id: string;
  group: string;
  label: string;
  /** In small print: what tells it from others of its name. */
  detail?: string;
  /** Further words that it is found by. */
  also?: string;
  keys?: string;
  icon: TablerIcon;
  run: () => void;
}

const group = 'Do';

/** What one may do from anywhere, by one's role: the shortcuts that work everywhere, and more. */
export function usePaletteActions(person: Person, shortcuts: readonly Shortcut[]): PaletteEntry[] {
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  const goTo = (to: string) => () => void navigate(to);
  const appearance = (value: MantineColorScheme, label: string, icon: TablerIcon): PaletteEntry => ({
    ...{ id: `appearance-${value}`, group, label, icon, also: 'appearance colour theme mode' },
    run: () => setColorScheme(value),
  });
  return [
    ...shortcuts.map(({ keys, does, run }) => ({
      ...{ id: `shortcut-${keys}`, group, label: wordsOf(keys, does), keys, run },
      icon: iconOf(keys),
    })),
    ...(person.role === 'CANDIDATE'
      ? []
      : [
          {
            ...{ id: 'schedule', group, label: 'New interview', also: 'schedule plan start live one-way' },
            ...{ icon: IconCalendarPlus, run: goTo('/desk/new') },
          },
          {
            ...{ id: 'compare', group, label: 'Compare candidates', also: 'grid scores answers questions' },
            ...{ icon: IconColumns3, run: goTo('/compare') },
          },
          {
            ...{ id: 'new-question', group, label: 'New question', also: 'library write' },
            ...{ icon: IconBook2, run: goTo('/library/new') },
          },
          {
            ...{ id: 'new-kit', group, label: 'New kit', also: 'interview template' },
            ...{ icon: IconListDetails, run: goTo('/kits/new') },
          },
          {
            ...{ id: 'consent-texts', group, label: 'Go to consent texts', also: 'agree recording privacy' },
            ...{ icon: IconFileCertificate, run: goTo('/kits/consent-texts') },
          },
        ]),
    appearance('light', 'Appearance: light', IconSun),
    appearance('dark', 'Appearance: dark', IconMoon),
    appearance('auto', 'Appearance: as the system', IconDeviceDesktop),
    {
      ...{ id: 'sign-out', group, label: 'Sign out', also: 'log out leave switch person' },
      ...{ icon: IconLogout, run: signOut },
    },
  ];
}

/** The palette is another list than the one that this shortcut shows. */
function wordsOf(keys: string, does: string): string {
  return keys === '?' ? 'Show the keyboard shortcuts' : does;
}

function iconOf(keys: string): TablerIcon {
  if (keys === '?') return IconKeyboard;
  return keys === 'n' ? IconMicrophone : IconArrowRight;
}

/** The actions that have all the words of a text, those whose label begins with it first. */
export function matching(actions: readonly PaletteEntry[], text: string): PaletteEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const [first = ''] = words;
  return actions
    .filter(({ label, also = '' }) => {
      const haystack = `${label} ${also}`.toLowerCase();
      return words.every((word) => haystack.includes(word));
    })
    .sort((a, b) => rank(a.label, first) - rank(b.label, first));
}

/** 0: begins with it; 1: a word of it does; 2: has it somewhere. */
function rank(label: string, word: string): number {
  const lower = label.toLowerCase();
  if (lower.startsWith(word)) return 0;
  return lower.includes(` ${word}`) ? 1 : 2;
}
