import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { type BrowserWindow, dialog, type OpenDialogOptions, shell } from 'electron';
import type { Desktop } from '../../recordings/storage.ts';

/** Folders on the desktop: shown in the file manager, chosen in a native dialog. No path comes from the page. */
export function desktop(window: () => BrowserWindow | undefined): Desktop {
  return {
    async openFolder(folder) {
      const failure = await shell.openPath(folder);
      if (failure) throw new Error(failure);
    },
    chooseFolder: (what) => choose({ ...folders[what], properties: ['openDirectory', 'createDirectory'] }),
    async chooseTarget(fileName) {
      const options = {
        title: 'Where to save it',
        defaultPath: fileName,
        filters: [{ name: 'Archives', extensions: ['zip'] }],
      };
      const parent = window();
      const { canceled, filePath } = await (parent
        ? dialog.showSaveDialog(parent, options)
        : dialog.showSaveDialog(options));
      return canceled || !filePath ? null : filePath;
    },
    async chooseCertificate() {
      const path = await choose({
        title: 'The authority’s certificate',
        buttonLabel: 'Use this certificate',
        properties: ['openFile'],
        filters: [
          { name: 'Certificates', extensions: ['pem', 'crt', 'cer'] },
          { name: 'All files', extensions: ['*'] },
        ],
      });
      return path === null ? null : { name: basename(path), pem: await readStart(path) };
    },
  };

  async function choose(options: OpenDialogOptions): Promise<string | null> {
    const parent = window();
    const { canceled, filePaths } = await (parent
      ? dialog.showOpenDialog(parent, options)
      : dialog.showOpenDialog(options));
    return canceled ? null : (filePaths[0] ?? null);
  }
}

const folders = {
  recordings: {
    title: 'Where recordings are kept',
    message: 'Choose an empty folder for the recordings.',
    buttonLabel: 'Move recordings here',
  },
  backups: {
    title: 'Where backups are kept',
    message: 'Choose an empty folder for the backups, or one that has backups of Parley.',
    buttonLabel: 'Keep backups here',
  },
} as const;

/** A certificate, or several, is short; whatever else was chosen is not read to its end. */
async function readStart(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(200_000), 0, 200_000, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
