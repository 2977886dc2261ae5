import { useEffect } from 'react';
import { on } from '../../lib/client.ts';

/** Does what the native menu leaves to the screens; in a browser there is none. */
export function useMenuCommands({
  openSettings,
  showShortcuts,
}: {
  /** @param section the first, unless said otherwise */
  openSettings: (section?: string) => void;
  showShortcuts: () => void;
}) {
  useEffect(() =>
    on('app.menuChosen', (command) => {
      if (command === 'settings') openSettings();
      if (command === 'migrations' || command === 'backups') openSettings(command);
      if (command === 'shortcuts') showShortcuts();
    }),
  );
}
