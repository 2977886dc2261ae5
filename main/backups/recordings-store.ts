import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, sep } from 'node:path';
import { syncFolder } from '../recordings/folder-sync.ts';
import { listTree } from '../recordings/move-files.ts';
import { makeFolder, sizeOf } from '../recordings/take-files.ts';
import type { Manifest } from './manifest.ts';
import { BackupDamagedError } from './row-files.ts';

type KeptFile = NonNullable<Manifest['recordings']>[number];

/** The files of all backups, each once, by the SHA-256 of its bytes. */
export class RecordingsStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Keeps every file of a folder. One that has the size and the time that it had at the last backup is not read again.
   *
   * @param known what the last backup had
   */
  async keep(
    from: string,
    known: readonly KeptFile[],
    { signal, onBytes }: { signal: AbortSignal; onBytes: (bytes: number, total: number) => void },
  ): Promise<KeptFile[]> {
    const { files } = await listTree(from);
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    const before = new Map(known.map((file) => [file.name, file]));
    const kept: KeptFile[] = [];
    for (const { name, bytes } of files) {
      signal.throwIfAborted();
      const file = await this.#keepFile(join(from, name), name, before.get(name));
      if (file) kept.push(file);
      onBytes(bytes, total);
    }
    return kept.sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /**
   * Brings kept files into a folder. A file that is there with other bytes is renamed, never written over; one that
   * is damaged in the backup holds up none of the others, and touches nothing.
   *
   * @returns the names of those that were renamed, and of those that could not be brought
   */
  async bringBack(
    files: readonly KeptFile[],
    to: string,
    { signal, onBytes, suffix }: { signal: AbortSignal; onBytes: (bytes: number) => void; suffix: string },
  ): Promise<{ renamed: string[]; damaged: string[] }> {
    const renamed: string[] = [];
    const damaged: string[] = [];
    for (const file of files) {
      signal.throwIfAborted();
      const target = join(to, safeName(file.name));
      const there = await sizeOf(target);
      if (there !== null) {
        if (there === file.bytes && (await hashOf(target)) === file.sha256) {
          onBytes(file.bytes);
          continue;
        }
      }
      const draft = await this.#draftOf(file, target);
      onBytes(file.bytes);
      if (!draft) {
        damaged.push(file.name);
        continue;
      }
      if (there !== null) {
        await rename(target, `${target}.${suffix}`);
        renamed.push(file.name);
      }
      await rename(draft, target);
      await syncFolder(dirname(target));
    }
    return { renamed, damaged };
  }

  /** @throws BackupDamagedError where a file is missing or has another size */
  async check(files: readonly KeptFile[]): Promise<void> {
    for (const { sha256, bytes, name } of files) {
      if ((await sizeOf(this.#place(sha256))) === bytes) continue;
      throw new BackupDamagedError(`The kept recording ${name} is missing or cut off.`);
    }
  }

  /** Removes what no backup has any more. */
  async removeAllBut(wanted: ReadonlySet<string>): Promise<void> {
    for (const part of await readdir(this.#folder).catch(() => [])) {
      for (const name of await readdir(join(this.#folder, part)).catch(() => [])) {
        if (!wanted.has(name)) await rm(join(this.#folder, part, name), { force: true });
      }
    }
  }

  async #keepFile(path: string, name: string, before: KeptFile | undefined): Promise<KeptFile | null> {
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
      // Deleted or finished in the meantime.
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (!found) return null;
    const { size, mtimeMs } = found;
    if (before && before.bytes === size && before.modifiedMs === mtimeMs) {
      if ((await sizeOf(this.#place(before.sha256))) === size) return before;
    }
    const draft = join(this.#folder, 'draft');
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await copyFile(path, draft, constants.COPYFILE_FICLONE);
    await closeToOthersAndFlush(draft);
    // Of the copy: a file that is being recorded may have grown meanwhile.
    const sha256 = await hashOf(draft);
    const bytes = (await stat(draft)).size;
    const place = this.#place(sha256);
    await makeFolder(dirname(place));
    await rename(draft, place);
    await syncFolder(dirname(place));
    return { name, sha256, bytes, modifiedMs: bytes === size ? mtimeMs : 0 };
  }

  /** Copies a kept file beside its place. @returns null where it is not as it was */
  async #draftOf({ sha256, modifiedMs }: KeptFile, target: string): Promise<string | null> {
    const draft = `${target}.restoring`;
    await makeFolder(dirname(target));
    try {
      if ((await sizeOf(this.#place(sha256))) === null) return null;
      await copyFile(this.#place(sha256), draft, constants.COPYFILE_FICLONE);
      await closeToOthersAndFlush(draft);
      if ((await hashOf(draft)) !== sha256) {
        await rm(draft);
        return null;
      }
      if (modifiedMs > 0) await utimes(draft, new Date(), new Date(modifiedMs));
      return draft;
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  #place(sha256: string): string {
    return join(this.#folder, sha256.slice(0, 2), sha256);
  }
}

/** A backup may come from somewhere else: no name in it leads out of the folder. */
function safeName(name: string): string {
  const path = normalize(name);
  if (isAbsolute(path) || path.split(sep).includes('..')) {
    throw new BackupDamagedError(`The backup names a file outside of its folder: ${name}`);
  }
  return path;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece);
  return hash.digest('hex');
}

/** What was said is for nobody else on this machine, whatever the rights of the file that it was copied from. */
async function closeToOthersAndFlush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    // Some disks know no rights.
    await handle.chmod(0o600).catch(() => undefined);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
