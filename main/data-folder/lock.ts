import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { tryLock, unlock } from 'fs-native-extensions';
import { z } from 'zod';

/** Who asks for a data folder: the desktop app, the browser host, or one of the commands. */
export type HolderKind = 'app' | 'browser host' | 'command';

/** What the side file of a lock tells a second opener. `since` is an ISO 8601 instant. */
export interface LockHolder {
  pid: number;
  kind: HolderKind;
  name: string;
  since: string;
}

/** A lock that is held until `release()`, or until the operating system ends this process. */
export interface DataFolderLock {
  /** Absolute path of the locked folder. */
  readonly folder: string;
  /** Gives the folder free. A second call does nothing. */
  release(): void;
}

/**
 * Somebody else has the data folder. `holder` says who, or is null when the one who holds it has not (yet)
 * written its name.
 */
export class DataFolderHeldError extends Error {
  readonly code = 'DATA_FOLDER_HELD';
  readonly folder: string;
  readonly holder: LockHolder | null;

  constructor(folder: string, holder: LockHolder | null) {
    super(heldMessage(folder, holder));
    this.name = 'DataFolderHeldError';
    this.folder = folder;
    this.holder = holder;
  }
}

/** The file system under the data folder has no locks, so nothing would keep a second opener out. */
export class DataFolderUnlockableError extends Error {
  readonly code = 'DATA_FOLDER_UNLOCKABLE';

  constructor(folder: string, cause: unknown) {
    super(
      `The data folder ${folder} is on a file system that cannot lock files. Choose a folder on a local disk.`,
      { cause },
    );
    this.name = 'DataFolderUnlockableError';
  }
}

const LOCK_FILE = 'parley.lock';

const holderSchema = z.object({
  pid: z.int().positive(),
  kind: z.enum(['app', 'browser host', 'command']),
  name: z.string(),
  since: z.iso.datetime(),
});

/**
 * Takes the one lock of a data folder, creating the folder (0700) where it is missing.
 *
 * The lock is the operating system's, on an open file description: it goes when this process ends, however
 * it ends, and it refuses a second open within the same process as well. The lock file itself is never
 * unlinked: two processes that lock a file of the same name but of different inodes would both succeed.
 *
 * @throws DataFolderHeldError when it is taken; DataFolderUnlockableError where files cannot be locked.
 */
export function lockDataFolder(folder: string, holder: { kind: HolderKind; name: string }): DataFolderLock {
  const path = resolve(folder);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return lockPath(path, join(path, LOCK_FILE), holder);
}

/**
 * Takes a lock on any file, for a folder that cannot hold its own lock file because it is created by a
 * rename. `folder` is what the error and the lock speak of.
 *
 * @throws DataFolderHeldError when it is taken; DataFolderUnlockableError where files cannot be locked.
 */
export function lockPath(
  folder: string,
  lockFile: string,
  holder: { kind: HolderKind; name: string },
): DataFolderLock {
  const descriptor = openSync(lockFile, 'a+', 0o600);
  try {
    if (!tryToLock(folder, descriptor)) throw new DataFolderHeldError(folder, readHolder(lockFile));
    writeHolder(lockFile, { ...holder, pid: process.pid, since: new Date().toISOString() });
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  let held = true;
  return {
    folder,
    release() {
      if (!held) return;
      held = false;
      // The side file goes first: while the lock is held, nobody else writes it.
      rmSync(sideFile(lockFile), { force: true });
      unlock(descriptor);
      closeSync(descriptor);
    },
  };
}

function tryToLock(folder: string, descriptor: number): boolean {
  try {
    return tryLock(descriptor);
  } catch (error) {
    throw new DataFolderUnlockableError(folder, error);
  }
}

// The holder is not written into the lock file: Windows locks are mandatory, the second opener could not
// read it.
function sideFile(lockFile: string): string {
  return `${lockFile}.holder.json`;
}

function writeHolder(lockFile: string, holder: LockHolder): void {
  const target = sideFile(lockFile);
  const draft = `${target}.new`;
  writeFileSync(draft, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, target);
}

function readHolder(lockFile: string): LockHolder | null {
  let text: string;
  try {
    text = readFileSync(sideFile(lockFile), 'utf8');
  } catch {
    return null;
  }
  const parsed = holderSchema.safeParse(parseJson(text));
  // A side file left by a killed process may be read in the moment between a new lock and its own side file.
  return parsed.success && isRunning(parsed.data.pid) ? parsed.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const KIND_WORDS: Record<HolderKind, string> = {
  app: 'the Parley app',
  'browser host': 'Parley in the browser',
  command: 'a Parley command',
};

function heldMessage(folder: string, holder: LockHolder | null): string {
  if (!holder) {
    return `The data folder ${folder} is in use by another Parley. Close it, then try again.`;
  }
  const who = `${KIND_WORDS[holder.kind]} (${holder.name}, process ${holder.pid}, since ${holder.since})`;
  const what = holder.kind === 'command' ? 'Wait until it has ended' : 'Close it';
  return `The data folder ${folder} is in use by ${who}. ${what}, then try again.`;
}
