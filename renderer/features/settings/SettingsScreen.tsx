import type { ComponentType } from 'react';
import { Navigate, NavLink, useParams } from 'react-router';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { usePerson } from '../accounts/signed-in.ts';
import { AuditSection } from '../audit/AuditSection.tsx';
import { HealthSection } from '../health/HealthSection.tsx';
import { PoliciesSection } from '../policies/PoliciesSection.tsx';
import { AboutSection } from './AboutSection.tsx';
import { AccountSection } from './AccountSection.tsx';
import { AppearanceSection } from './AppearanceSection.tsx';
import { BackupsSection } from './BackupsSection.tsx';
import { DatabaseSection } from './DatabaseSection.tsx';
import { KeyboardSection } from './KeyboardSection.tsx';
import { MigrationsSection } from './MigrationsSection.tsx';
import { RecordingsSection } from './RecordingsSection.tsx';
import classes from './SettingsScreen.module.css';

interface Section {
  path: string;
  label: string;
  content: ComponentType;
  adminOnly?: boolean;
}

const sections: readonly Section[] = [
  { path: 'account', label: 'Account', content: AccountSection },
  { path: 'appearance', label: 'Appearance', content: AppearanceSection },
  { path: 'keyboard', label: 'Keyboard', content: KeyboardSection },
  { path: 'recordings', label: 'Recordings', content: RecordingsSection },
  { path: 'database', label: 'Database', content: DatabaseSection, adminOnly: true },
  { path: 'migrations', label: 'Migrations', content: MigrationsSection, adminOnly: true },
  { path: 'backups', label: 'Backups', content: BackupsSection, adminOnly: true },
  { path: 'policies', label: 'Policies', content: PoliciesSection, adminOnly: true },
  { path: 'health', label: 'Health', content: HealthSection, adminOnly: true },
  { path: 'audit', label: 'Audit log', content: AuditSection, adminOnly: true },
  { path: 'about', label: 'About', content: AboutSection },
];

export function SettingsScreen() {
  const { section: path } = useParams();
  const person = usePerson();
  const mine = sections.filter(({ adminOnly }) => !adminOnly || person.role === 'ADMIN');
  const section = mine.find((candidate) => candidate.path === path);
  if (!section) return <Navigate to="/settings/account" replace />;
  const Content = section.content;
  return (
    <Page>
      {/* Another section is another screen: the heading takes the focus again. */}
      <PageHeader key={section.path} title="Settings" documentTitle={`${section.label} settings`} />
      <div className={classes.columns}>
        <nav aria-label="Settings" className={classes.sections}>
          {mine.map(({ path: to, label }) => (
            <NavLink key={to} to={`/settings/${to}`} className={classes.link}>
              {label}
            </NavLink>
          ))}
        </nav>
        <div className={classes.content}>
          <Content />
        </div>
      </div>
    </Page>
  );
}
