import type { Person } from '../../../shared/contract/accounts.ts';
import type { Shortcut } from '../../lib/shortcuts.ts';

/** The shortcuts that work on every screen. */
export function appShortcuts({
  person,
  go,
  showList,
}: {
  person: Pick<Person, 'role'>;
  go: (to: string) => void;
  showList: () => void;
}): Shortcut[] {
  return [
    { keys: 'g h', does: 'Go home', run: () => go('/') },
    ...(person.role === 'CANDIDATE'
      ? []
      : [
          { keys: 'g d', does: 'Go to interviews', run: () => go('/desk') },
          { keys: 'g c', does: 'Go to candidates', run: () => go('/candidates') },
          { keys: 'g l', does: 'Go to the question library', run: () => go('/library') },
          { keys: 'g k', does: 'Go to interview kits', run: () => go('/kits') },
        ]),
    { keys: 'g a', does: 'Go to what is assigned to you', run: () => go('/assigned') },
    { keys: 'g p', does: 'Go to practice', run: () => go('/practice') },
    { keys: 'g i', does: 'Go to your history', run: () => go('/interviews') },
    ...(person.role === 'ADMIN' ? [{ keys: 'g u', does: 'Go to people', run: () => go('/people') }] : []),
    { keys: 'g s', does: 'Go to the settings', run: () => go('/settings') },
    { keys: 'n', does: 'New practice interview', run: () => go('/practice/new') },
    { keys: '?', does: 'Show this list', run: showList },
  ];
}
