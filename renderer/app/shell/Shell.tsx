import { useDisclosure } from '@mantine/hooks';
import { Outlet, useNavigate } from 'react-router';
import { usePerson } from '../../features/accounts/signed-in.ts';
import { DatabaseNotice } from '../../features/database/DatabaseNotice.tsx';
import { Palette } from '../../features/find/Palette.tsx';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { appShortcuts } from './app-shortcuts.ts';
import { useMenuCommands } from './menu-commands.ts';
import classes from './Shell.module.css';
import { ShortcutList } from './ShortcutList.tsx';
import { Sidebar } from './Sidebar.tsx';

/** What surrounds every screen once somebody is signed in. */
export function Shell() {
  const person = usePerson();
  const navigate = useNavigate();
  const [listOpened, list] = useDisclosure(false);
  const shortcuts = appShortcuts({ person, go: (to) => void navigate(to), showList: list.open });
  useShortcuts(shortcuts);
  useMenuCommands({
    openSettings: (section) => void navigate(section ? `/settings/${section}` : '/settings'),
    showShortcuts: list.open,
  });
  return (
    <div className={classes.shell}>
      <button type="button" className={classes.skip} onClick={() => document.getElementById('main')?.focus()}>
        Skip to the content
      </button>
      <Sidebar person={person} onShowShortcuts={list.open} />
      <div className={classes.content}>
        <DatabaseNotice />
        <main id="main" tabIndex={-1} className={classes.main}>
          <Outlet />
        </main>
      </div>
      <Palette person={person} shortcuts={shortcuts} />
      <ShortcutList opened={listOpened} onClose={list.close} />
    </div>
  );
}
