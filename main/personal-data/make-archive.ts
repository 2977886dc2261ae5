import { rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { OperationFailure } from '../operations/operation-failure.ts';
import { syncFolder } from '../recordings/folder-sync.ts';
import { openNewestFile } from '../recordings/newest-file.ts';
import { checkArchive } from './check-archive.ts';
import { type ArchiveHead, dataFile } from './data-file.ts';
import { type Drafts, draftExtension } from './drafts.ts';
import { lackingWords, pageFile } from './page-file.ts';
import { type PlannedRecording, planRecordings } from './plan-recordings.ts';
import { readPersonalRows } from './read-rows.ts';
import { writeArchive } from './write-archive.ts';

/** What is left free on the disk beside the archive. */
const RESERVE_BYTES = 32 * 1024 * 1024;

export interface Progress {
  readonly signal: AbortSignal;
  begin(state: 'WRITING' | 'CHECKING', totalBytes: number): void;
  advance(bytes: number): void;
}

/**
 * Writes one person's data into one file: under a name that nobody takes for it, read back and compared, and only then
 * renamed. Cut off at any moment, there is either the whole file or none.
 *
 * @param parts.folder where the recordings are
 * @throws OperationFailure DISK_FULL, NOT_FOUND when the person was erased meanwhile
 */
export async function makeArchive(
  target: string,
  head: ArchiveHead,
  parts: { dataSource: DataSource; folder: () => string; drafts: Drafts },
  progress: Progress,
): Promise<{ sizeBytes: number; recordings: number; lacking: string[] }> {
  const { dataSource, folder, drafts } = parts;
  const { signal } = progress;
  const rows = await dataSource.transaction('REPEATABLE READ', (manager) =>
    readPersonalRows(manager, head.person.id, head.isSelf),
  );
  const planned = planRecordings(rows);
  const bytes = await sizeOfAll(planned, folder, signal);
  await requireRoom(dirname(target), bytes);
  // Another window, or another Parley, may be writing to the same name.
  const draft = `${target}.${v7()}${draftExtension}`;
  await drafts.note(draft);
  try {
    progress.begin('WRITING', bytes);
    const { kept, entries } = await writeArchive(draft, planned, {
      ...{ folder, signal, onBytes: progress.advance },
      texts: (recordings) => [
        ['data.json', dataFile(head, rows, recordings)],
        ['index.html', pageFile(head, rows, recordings)],
      ],
    });
    progress.begin(
      'CHECKING',
      [...entries.values()].reduce((sum, entry) => sum + entry.bytes, 0),
    );
    await checkArchive(draft, entries, { signal, onBytes: progress.advance });
    await requireStillThere(dataSource, head);
    signal.throwIfAborted();
    const sizeBytes = (await stat(draft)).size;
    await rename(draft, target);
    await syncFolder(dirname(target));
    const there = kept.filter(({ file }) => file !== null).length;
    return { sizeBytes, recordings: there, lacking: lackingWords(kept) };
  } finally {
    await rm(draft, { force: true });
    await drafts.forget(draft);
  }
}

async function sizeOfAll(
  planned: readonly PlannedRecording[],
  folder: () => string,
  signal: AbortSignal,
): Promise<number> {
  let bytes = 0;
  for (const { takeId, interviewId, state } of planned) {
    signal.throwIfAborted();
    const found = await openNewestFile(folder(), { id: takeId, interviewId, state });
    bytes += found?.size ?? 0;
    await found?.handle.close();
  }
  return bytes;
}

async function requireRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes + RESERVE_BYTES) return;
  throw new OperationFailure(
    'DISK_FULL',
    'There is too little room on that disk. Choose another, or free some space.',
  );
}

/** Whoever is erased is in no file that is made afterwards. */
async function requireStillThere(dataSource: DataSource, { person }: ArchiveHead): Promise<void> {
  const there = await dataSource.query<unknown[]>('SELECT id FROM users WHERE id = $1', [person.id]);
  if (there.length > 0) return;
  throw new OperationFailure('NOT_FOUND', `${person.name} was erased meanwhile, so there is no file.`);
}
