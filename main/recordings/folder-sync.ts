import { open } from 'node:fs/promises';

/**
 * Flushes a folder's entries to disk, so that a file made, renamed or removed in it stays so after a power cut.
 * Windows has no such call and keeps its folders in a journal.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
