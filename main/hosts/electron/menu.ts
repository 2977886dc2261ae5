import { type App, Menu, type MenuItemConstructorOptions } from 'electron';
import type { PayloadOf } from '../../../shared/contract/index.ts';

type Command = PayloadOf<'app.menuChosen'>;

/**
 * The native menu. What the screens do themselves is sent to them as a command; reloading and the developer tools are
 * there in development only, since they would end a recording.
 *
 * @param choose sends a command to the screens
 */
export function setMenu(app: App, choose: (command: Command) => void): void {
  const command = (label: string, name: Command, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => choose(name),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const mac = process.platform === 'darwin';
  const settings = command('Settings…', 'settings', 'CmdOrCtrl+,');
  // What they lead to is for admins; whoever is none comes to their own settings.
  const database = [command('Database migrations…', 'migrations'), command('Database backups…', 'backups')];
  app.setAboutPanelOptions({
    applicationName: 'Parley',
    applicationVersion: app.getVersion(),
    copyright: 'MIT licence',
  });

  const application: MenuItemConstructorOptions = {
    label: 'Parley',
    submenu: [
      { role: 'about' },
      separator,
      settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
  const file: MenuItemConstructorOptions = {
    label: '&File',
    submenu: mac
      ? [...database, separator, { role: 'close' }]
      : [settings, separator, ...database, separator, { role: 'quit' }],
  };
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      {
        label: 'Appearance',
        submenu: [
          command('As the system', 'appearance-system'),
          command('Light', 'appearance-light'),
          command('Dark', 'appearance-dark'),
        ],
      },
      separator,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      separator,
      { role: 'togglefullscreen' },
      ...(app.isPackaged
        ? []
        : [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
    ],
  };
  const help: MenuItemConstructorOptions = {
    role: 'help',
    submenu: [
      command('Keyboard shortcuts', 'shortcuts', 'F1'),
      ...(mac ? [] : [separator, { role: 'about' } as const]),
    ],
  };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(mac ? [application] : []),
      file,
      { role: 'editMenu' },
      view,
      { role: 'windowMenu' },
      help,
    ]),
  );
}
