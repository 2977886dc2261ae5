import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { writeDurably } from '../../config/durable-file.ts';
import { syncFolder } from '../../recordings/folder-sync.ts';

const journalShape = z.object({ made: z.string(), kept: z.string() });

const journalOf = (folder: string) => `${folder}.replacing.json`;

/**
 * Puts another database in the place of the embedded one, which must be closed, and keeps the one before beside it.
 * Between the two renames there is no database: what a kill leaves there is put right by finishReplacing, before
 * anything could make an empty one. The same with the two names changed over takes it back.
 *
 * @param made the name of the folder, beside the other, with the new one
 * @param kept the name that the one before gets
 */
export async function replaceFolder(folder: string, made: string, kept: string): Promise<void> {
  const parent = dirname(folder);
  await writeDurably(journalOf(folder), JSON.stringify({ made, kept }));
  if (existsSync(folder)) await rename(folder, join(parent, kept));
  await rename(join(parent, made), folder);
  await syncFolder(parent);
  await rm(journalOf(folder), { force: true });
}

/** Finishes a replacement that was cut off. Before the folder is opened. */
export function finishReplacing(folder: string): void {
  const journal = journalOf(folder);
  if (!existsSync(journal)) return;
  const { made, kept } = journalShape.parse(JSON.parse(readFileSync(journal, 'utf8')));
  const parent = dirname(folder);
  const madePath = join(parent, basename(made));
  if (existsSync(madePath)) {
    if (existsSync(folder)) renameSync(folder, join(parent, basename(kept)));
    renameSync(madePath, folder);
  }
  rmSync(journal, { force: true });
}
