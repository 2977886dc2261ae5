import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../recordings/folder-sync.ts';

/**
 * Writes a small file so that, whatever happens, it holds either what it held before or all of this: into a draft,
 * flushed, renamed, and the name flushed too.
 */
export async function writeDurably(file: string, text: string): Promise<void> {
  const draft = `${file}.tmp`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  await syncFolder(dirname(file));
}
