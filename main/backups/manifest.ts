import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { backupReasons } from '../../shared/contract/backups.ts';

const manifest = z.object({
  format: z.literal(1),
  id: z.string(),
  reason: z.enum(backupReasons),
  madeAt: z.iso.datetime(),
  /** The version of Parley that made it. */
  parley: z.string(),
  /** Where the database was, for a person. */
  place: z.string(),
  /** Which migrations it had, oldest first. */
  migrations: z.array(z.string()),
  tables: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()),
      rows: z.int(),
      /** Of the lines of the file, uncompressed; the same as of the table on any engine. */
      sha256: z.string(),
      /** Compressed. */
      bytes: z.int(),
    }),
  ),
  /** Null where the folder of recordings was away. */
  recordings: z
    .array(z.object({ name: z.string(), sha256: z.string(), bytes: z.int(), modifiedMs: z.number() }))
    .nullable(),
  /** When it was last restored to see whether it can be; null before that. */
  verifiedAt: z.iso.datetime().nullable(),
});
export type Manifest = z.infer<typeof manifest>;

/** Written last: a folder without one is what is left of a backup that was cut off. */
export const manifestName = 'backup.json';

/** @returns null where there is none that can be read */
export async function readManifest(folder: string): Promise<Manifest | null> {
  try {
    return manifest.parse(JSON.parse(await readFile(join(folder, manifestName), 'utf8')));
  } catch {
    return null;
  }
}

/**
 * Every whole backup in a folder, the newest first; the names of what was cut off; and of those whose manifest is there
 * and cannot be read: another version of Parley has written it, or the disk has spoilt it. Those are not ours to remove.
 */
export async function listManifests(
  folder: string,
): Promise<{ whole: Manifest[]; cutOff: string[]; unreadable: string[] }> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const whole: Manifest[] = [];
  const cutOff: string[] = [];
  const unreadable: string[] = [];
  for (const entry of entries) {
    if (!entry.isDirectory() || !isBackupId(entry.name)) continue;
    const found = await readManifest(join(folder, entry.name));
    if (found?.id === entry.name) whole.push(found);
    else if (existsSync(join(folder, entry.name, manifestName))) unreadable.push(entry.name);
    else cutOff.push(entry.name);
  }
  whole.sort((one, other) => other.madeAt.localeCompare(one.madeAt));
  return { whole, cutOff, unreadable };
}

/** A name for a backup's folder: its moment, to the millisecond. */
export function newBackupId(now: Date): string {
  return now.toISOString().replaceAll(':', '-').replace('.', '-');
}

export function isBackupId(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z$/.test(text);
}
