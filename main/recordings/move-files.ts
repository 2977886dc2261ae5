import { createHash } from 'node:crypto';
import { type FileHandle, open, readdir, readFile, rename, rm, rmdir, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { writeDurably } from '../config/durable-file.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { syncFolder } from './folder-sync.ts';
import { isDiskFull } from './open-take.ts';
import { markerName } from './recordings-place.ts';
import { makeFolder, sizeOf } from './take-files.ts';

const PIECE_BYTES = 1024 * 1024;

const journalShape = z.object({
  from: z.string(),
  to: z.string(),
  /** COPYING: the originals are what counts. REMOVING: the copies do, and the originals go one by one. */
  phase: z.enum(['COPYING', 'REMOVING']),
});
/** What a move that was cut off needs to go on. */
export type MoveJournal = z.infer<typeof journalShape>;

export interface MoveProgress {
  phase: MoveJournal['phase'];
  doneBytes: number;
  totalBytes: number;
}

/** @returns null when no move was cut off */
export async function readJournal(file: string): Promise<MoveJournal | null> {
  try {
    return journalShape.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Moves every file of one folder into another, which may be on another disk. At any moment, killed or without power,
 * each file is whole in at least one of the two, and calling this again with the journal goes on.
 *
 * 1. Each file is copied beside its final name, flushed, read back, compared by SHA-256, and named.
 * 2. `switchOver` makes the new folder the one that counts. It may be called again after a cut.
 * 3. Each original is compared with its copy once more, and only then removed.
 *
 * Nothing else may change either folder meanwhile. A file that is in both with different bytes ends the move.
 *
 * @param parts.signal ends it, between two pieces of a file; only copying can be ended
 * @returns files that were left in the old folder, since they are no ordinary files or changed under our hands
 * @throws OperationFailure CONFLICT, DISK_FULL; AbortError when ended
 */
export async function moveFiles(parts: {
  journalFile: string;
  journal: MoveJournal;
  switchOver: () => Promise<void>;
  onProgress: (progress: MoveProgress) => void;
  signal: AbortSignal;
}): Promise<string[]> {
  const { journalFile, journal, switchOver, onProgress, signal } = parts;
  const { from, to } = journal;
  const { files, others } = await listTree(from);
  if (journal.phase === 'COPYING') {
    await writeDurably(journalFile, JSON.stringify(journal));
    await copyAll(from, to, files, onProgress, signal);
    await switchOver();
    await writeDurably(journalFile, JSON.stringify({ ...journal, phase: 'REMOVING' }));
  }
  const changed = await removeAll(from, to, files, onProgress);
  await rm(journalFile, { force: true });
  await syncFolder(dirname(journalFile));
  return [...others, ...changed];
}

/** Takes back a move that has not got as far as switching: the copies go, the originals are as they were. */
export async function takeBackMove(journalFile: string, { from, to }: MoveJournal): Promise<void> {
  const { files } = await listTree(from);
  for (const { name } of files) {
    await rm(draftOf(join(to, name)), { force: true });
    // Never the only copy: a file goes where the original has the same bytes.
    if (await isSame(join(from, name), join(to, name))) await rm(join(to, name), { force: true });
  }
  await removeEmptyFolders(to);
  await rm(journalFile, { force: true });
  await syncFolder(dirname(journalFile));
}

interface FoundFile {
  /** Relative to the folder. */
  name: string;
  bytes: number;
}

/** Every ordinary file under a folder but its marker, and the names of what is neither file nor folder. */
export async function listTree(folder: string): Promise<{ files: FoundFile[]; others: string[] }> {
  const files: FoundFile[] = [];
  const others: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length).replace(/^[\\/]+/, '');
    if (name === markerName || entry.isDirectory()) continue;
    if (!entry.isFile()) others.push(name);
    else files.push({ name, bytes: (await sizeOf(path)) ?? 0 });
  }
  return { files, others };
}

async function copyAll(
  from: string,
  to: string,
  files: readonly FoundFile[],
  onProgress: (progress: MoveProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let doneBytes = 0;
  onProgress({ phase: 'COPYING', doneBytes, totalBytes });
  for (const { name, bytes } of files) {
    signal.throwIfAborted();
    const before = doneBytes;
    const onBytes = (copied: number) =>
      onProgress({ phase: 'COPYING', doneBytes: before + Math.min(copied, bytes), totalBytes });
    await copyVerified(join(from, name), join(to, name), { onBytes, signal });
    doneBytes += bytes;
    onProgress({ phase: 'COPYING', doneBytes, totalBytes });
  }
  for (const folder of new Set(files.map(({ name }) => dirname(join(to, name))))) await syncFolder(folder);
}

interface Watch {
  /** How many bytes of the file are copied. */
  onBytes: (copied: number) => void;
  signal: AbortSignal;
}

/** @throws OperationFailure CONFLICT when the file is there already with other bytes */
async function copyVerified(from: string, to: string, watch: Watch): Promise<void> {
  if ((await sizeOf(to)) !== null) {
    if (await isSame(from, to)) return await flush(to);
    throw new OperationFailure(
      'CONFLICT',
      `${to} is there already and is another recording. Nothing was removed; move that file away, then go on.`,
    );
  }
  const draft = draftOf(to);
  await makeFolder(dirname(to));
  try {
    const original = await stat(from);
    const copied = await copyAndFlush(from, draft, watch);
    if ((await hashOf(draft)) !== copied) throw new Error(`The copy ${draft} does not read back as written.`);
    // When the last chunk came is known by the file's time alone, until the take has been put in order.
    await utimes(draft, original.atime, original.mtime);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    if (isDiskFull(error)) {
      throw new OperationFailure(
        'DISK_FULL',
        'The new disk is full. Nothing was removed; free some space, then go on.',
      );
    }
    throw error;
  }
  await rename(draft, to);
}

/** @returns the SHA-256 of what was read */
async function copyAndFlush(from: string, to: string, { onBytes, signal }: Watch): Promise<string> {
  const hash = createHash('sha256');
  let copied = 0;
  const target = await open(to, 'w', 0o600);
  try {
    await eachPiece(from, async (piece) => {
      signal.throwIfAborted();
      hash.update(piece);
      await target.writeFile(piece);
      copied += piece.length;
      onBytes(copied);
    });
    await target.sync();
  } finally {
    await target.close();
  }
  return hash.digest('hex');
}

async function removeAll(
  from: string,
  to: string,
  files: readonly FoundFile[],
  onProgress: (progress: MoveProgress) => void,
): Promise<string[]> {
  const left: string[] = [];
  const totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let doneBytes = 0;
  for (const { name, bytes } of files) {
    onProgress({ phase: 'REMOVING', doneBytes, totalBytes });
    if (await isSame(join(from, name), join(to, name))) await rm(join(from, name));
    else left.push(name);
    doneBytes += bytes;
  }
  if (left.length === 0) await rm(join(from, markerName), { force: true });
  await removeEmptyFolders(from);
  return left;
}

/** Removes the folders inside a folder that hold nothing. */
async function removeEmptyFolders(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isDirectory()) continue;
    const inner = join(folder, entry.name);
    await removeEmptyFolders(inner);
    // One that holds something stays, and so does what the system made there (`lost+found`).
    await rmdir(inner).catch(() => undefined);
  }
}

const draftOf = (file: string) => `${file}.moving`;

async function isSame(one: string, other: string): Promise<boolean> {
  const [size, otherSize] = [await sizeOf(one), await sizeOf(other)];
  if (size === null || size !== otherSize) return false;
  return (await hashOf(one)) === (await hashOf(other));
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await eachPiece(file, async (piece) => void hash.update(piece));
  return hash.digest('hex');
}

async function eachPiece(file: string, take: (piece: Buffer) => Promise<void>): Promise<void> {
  const handle: FileHandle = await open(file, 'r');
  try {
    const piece = Buffer.alloc(PIECE_BYTES);
    for (;;) {
      const { bytesRead } = await handle.read(piece, 0, piece.length);
      if (bytesRead === 0) return;
      await take(piece.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
