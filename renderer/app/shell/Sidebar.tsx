import { Kbd } from '@mantine/core';
import {
  IconHistory,
  IconHome,
  IconMicrophone,
  IconSettings,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { NavLink } from 'react-router';
import type { Person } from '../../../shared/contract/accounts.ts';
import { Logo } from '../../components/Logo.tsx';
import { RecordingIndicator } from '../../features/practice/RecordingIndicator.tsx';
import classes from './Sidebar.module.css';
import { UserMenu } from './UserMenu.tsx';

interface Place {
  to: string;
  label: string;
  keys: string;
  icon: TablerIcon;
}

const places: readonly Place[] = [
  { to: '/', label: 'Home', keys: 'g h', icon: IconHome },
  { to: '/practice', label: 'Practice', keys: 'g p', icon: IconMicrophone },
  { to: '/interviews', label: 'History', keys: 'g i', icon: IconHistory },
];
const people: Place = { to: '/people', label: 'People', keys: 'g u', icon: IconUsers };
const settings: Place = { to: '/settings', label: 'Settings', keys: 'g s', icon: IconSettings };

export function Sidebar({ person, onShowShortcuts }: { person: Person; onShowShortcuts: () => void }) {
  return (
    <aside className={classes.sidebar} aria-label="Parley">
      <div className={classes.brand}>
        <Logo />
        <span className={classes.name}>Parley</span>
      </div>
      <nav aria-label="Main" className={classes.places}>
        {[...places, ...(person.role === 'ADMIN' ? [people] : []), settings].map((place) => (
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
