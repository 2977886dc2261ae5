import { type BrowserWindow, dialog, shell } from 'electron';
import type { Desktop } from '../../recordings/storage.ts';

/** Folders on the desktop: shown in the file manager, chosen in a native dialog. No path comes from the page. */
export function desktop(window: () => BrowserWindow | undefined): Desktop {
  return {
    async openFolder(folder) {
      const failure = await shell.openPath(folder);
      if (failure) throw new Error(failure);
    },
    async chooseFolder() {
      const options = {
        title: 'Where recordings are kept',
        message: 'Choose an empty folder for the recordings.',
        buttonLabel: 'Move recordings here',
        properties: ['openDirectory' as const, 'createDirectory' as const],
      };
      const parent = window();
      const { canceled, filePaths } = await (parent
        ? dialog.showOpenDialog(parent, options)
        : dialog.showOpenDialog(options));
      return canceled ? null : (filePaths[0] ?? null);
    },
  };
}
