import {
  chmodSync,
  type Dirent,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ENGINE_MAJOR, initialiseCluster } from './cluster.ts';
import { EngineDamagedError, EngineTemplateError, EngineVersionError } from './errors.ts';
import { isFile, unpackFolder } from './tarball.ts';

/** What preparing a folder has found and done. */
export interface PreparedFolder {
  firstStart: boolean;
  /** Whether the rest of an interrupted first start was removed. */
  leftoverRemoved: boolean;
}

/**
 * Makes the folder ready for opening: checks that it is a database of our version, or makes a new one.
 *
 * A new one is made in a folder beside it, flushed to disk with every file and directory, and only then
 * renamed into place: a kill or a power cut leaves either no database or a whole one. What is left of such a
 * cut is removed at the next start. The caller holds the lock, so nobody else is at work there.
 *
 * Blocks its thread; for the worker and scripts.
 *
 * @param template the tarball of writeTemplate; without it the database is made from scratch, which takes
 *   seconds longer.
 * @throws EngineVersionError, EngineDamagedError, EngineTemplateError; errors of the file system.
 */
export async function prepareFolder(folder: string, template: string | undefined): Promise<PreparedFolder> {
  const draft = `${folder}.first-start`;
  const leftoverRemoved = existsSync(draft);
  if (leftoverRemoved) rmSync(draft, { recursive: true, force: true });

  const firstStart = isAbsentOrEmpty(folder);
  if (firstStart) {
    mkdirSync(draft, { recursive: true, mode: 0o700 });
    if (template) unpackTemplate(template, draft);
    else await initialiseCluster(draft);
    await flushTree(draft);
    // Windows does not rename onto an empty folder.
    if (existsSync(folder)) rmdirSync(folder);
    renameSync(draft, folder);
    await flushDirectory(dirname(folder));
  } else {
    checkVersion(folder);
    // PostgreSQL's own lock. Ours has shown that nobody is there, and an empty one, left by a kill in the moment
    // of its making, would make PostgreSQL refuse the folder for ever.
    rmSync(join(folder, 'postmaster.pid'), { force: true });
  }
  chmodSync(folder, 0o700);
  return { firstStart, leftoverRemoved };
}

function isAbsentOrEmpty(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).length === 0;
}

function unpackTemplate(template: string, draft: string): void {
  let tarball: Buffer;
  try {
    tarball = readFileSync(template);
  } catch (error) {
    throw new EngineTemplateError(`The template of an empty database cannot be read: ${template}`, {
      cause: error,
    });
  }
  try {
    unpackFolder(tarball, draft);
  } catch (error) {
    // A full disk is no fault of the template.
    if (error instanceof Error && 'syscall' in error) throw error;
    throw new EngineTemplateError(`The template of an empty database is damaged: ${template}`, {
      cause: error,
    });
  }
  const version = readVersion(draft);
  if (version !== ENGINE_MAJOR || !isFile(join(draft, 'global', 'pg_control'))) {
    throw new EngineTemplateError(
      `The template of an empty database is of PostgreSQL ${version ?? '?'}, not ${ENGINE_MAJOR}: ${template}`,
    );
  }
}

function checkVersion(folder: string): void {
  const version = readVersion(folder);
  if (version === null || !isFile(join(folder, 'global', 'pg_control'))) {
    throw new EngineDamagedError(
      `${folder} is not a database that Parley can open: files are missing or damaged. Nothing was changed. ` +
        'Restore the folder from a backup, or move it away to start with an empty database.',
    );
  }
  if (version !== ENGINE_MAJOR) {
    throw new EngineVersionError(
      `The database in ${folder} was written by PostgreSQL ${version}; this version of Parley opens ` +
        `PostgreSQL ${ENGINE_MAJOR}. Nothing was changed. Use the version of Parley that wrote it, or dump it ` +
        'there and restore it here.',
    );
  }
}

function readVersion(folder: string): string | null {
  try {
    const text = readFileSync(join(folder, 'PG_VERSION'), 'latin1').trim();
    return /^\d{1,3}(\.\d)?$/.test(text) ? text : null;
  } catch {
    return null;
  }
}

/** How many flushes are under way at a time: the file system then brings several to disk with one write. */
const LANES = 8;

/** Flushes every file and directory of a tree to disk, the root included. */
async function flushTree(root: string): Promise<void> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const pathOf = (entry: Dirent): string => join(entry.parentPath, entry.name);
  const files = entries.filter((entry) => entry.isFile()).map(pathOf);
  const lanes = Array.from({ length: LANES }, async () => {
    // Windows flushes only what is open for writing.
    for (let file = files.pop(); file; file = files.pop()) await flush(file, 'r+');
  });
  await Promise.all(lanes);
  const directories = entries.filter((entry) => entry.isDirectory()).map(pathOf);
  for (const directory of [...directories, root]) await flushDirectory(directory);
}

async function flushDirectory(path: string): Promise<void> {
  // Windows neither can nor needs to.
  if (process.platform !== 'win32') await flush(path, 'r');
}

async function flush(path: string, flags: string): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
