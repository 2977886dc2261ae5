import { Kbd } from '@mantine/core';
import {
  IconBooks,
  IconCalendarEvent,
  IconClipboardList,
  IconHistory,
  IconHome,
  IconListDetails,
  IconMicrophone,
  IconSearch,
  IconSettings,
  IconUserSearch,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { NavLink } from 'react-router';
import type { Person } from '../../../shared/contract/accounts.ts';
import type { Role } from '../../../shared/model/roles.ts';
import { Logo } from '../../components/Logo.tsx';
import { openPalette } from '../../features/find/Palette.tsx';
import { paletteKeys } from '../../features/find/palette-keys.ts';
import { useHasAssigned } from '../../features/one-way/use-assigned.ts';
import { RecordingIndicator } from '../../features/practice/RecordingIndicator.tsx';
import classes from './Sidebar.module.css';
import { UserMenu } from './UserMenu.tsx';

interface Place {
  to: string;
  label: string;
  keys: string;
  icon: TablerIcon;
}

const home: Place = { to: '/', label: 'Home', keys: 'g h', icon: IconHome };
/** The interviewer's desk. */
const desk: readonly Place[] = [
  { to: '/desk', label: 'Interviews', keys: 'g d', icon: IconCalendarEvent },
  { to: '/candidates', label: 'Candidates', keys: 'g c', icon: IconUserSearch },
  { to: '/library', label: 'Library', keys: 'g l', icon: IconBooks },
  { to: '/kits', label: 'Kits', keys: 'g k', icon: IconListDetails },
];
const own: readonly Place[] = [
  { to: '/practice', label: 'Practice', keys: 'g p', icon: IconMicrophone },
  { to: '/interviews', label: 'History', keys: 'g i', icon: IconHistory },
];
/** One-way interviews that one answers oneself. */
const assigned: Place = { to: '/assigned', label: 'Assigned', keys: 'g a', icon: IconClipboardList };
const people: Place = { to: '/people', label: 'People', keys: 'g u', icon: IconUsers };
const settings: Place = { to: '/settings', label: 'Settings', keys: 'g s', icon: IconSettings };

export function Sidebar({ person, onShowShortcuts }: { person: Person; onShowShortcuts: () => void }) {
  const hasAssigned = useHasAssigned();
  return (
    <aside className={classes.sidebar} aria-label="Parley">
      <div className={classes.brand}>
        <Logo />
        <span className={classes.name}>Parley</span>
      </div>
      <button
        type="button"
        className={classes.find}
        onClick={openPalette}
        aria-keyshortcuts="Control+K Meta+K"
      >
        <IconSearch size={17} stroke={1.7} aria-hidden />
        <span className={classes.label}>Find</span>
        <Kbd size="xs" className={classes.keys} aria-hidden>
          {paletteKeys}
        </Kbd>
      </button>
      <nav aria-label="Main" className={classes.places}>
        {placesFor(person.role, hasAssigned).map((place) => (
          <PlaceLink key={place.to} {...place} />
        ))}
      </nav>
      <div className={classes.foot}>
        <RecordingIndicator />
        <UserMenu person={person} onShowShortcuts={onShowShortcuts} />
      </div>
    </aside>
  );
}

function placesFor(role: Role, hasAssigned: boolean): readonly Place[] {
  return [
    home,
    ...(role === 'CANDIDATE' ? [] : desk),
    ...(hasAssigned ? [assigned] : []),
    ...own,
    ...(role === 'ADMIN' ? [people] : []),
    settings,
  ];
}

function PlaceLink({ to, label, keys, icon: Icon }: Place) {
  return (
    <NavLink to={to} end={to === '/'} className={classes.place} title={label}>
      <Icon size={18} stroke={1.7} aria-hidden />
      <span className={classes.label}>{label}</span>
      <Kbd size="xs" className={classes.keys} aria-hidden>
        {keys}
      </Kbd>
    </NavLink>
  );
}
