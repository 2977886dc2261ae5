import { mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from './folder-sync.ts';

/** Where the files of one take are. Every one of these names is made of ids that the database gave. */
export interface TakeFiles {
  folder: string;
  /** The bytes as they came from the recorder. */
  raw: string;
  /** A finished file in the making; worth nothing until it has been verified and renamed. */
  draft: string;
  /** Seekable, with duration. */
  finished: string;
  /** Raw bytes that could not all be read; kept beside what was made of them. */
  damaged: string;
  /** What is drawn of the finished file (peaks.ts); can always be made again. */
  peaks: string;
}

export function takeFiles(recordings: string, interviewId: string, takeId: string): TakeFiles {
  const folder = join(recordings, interviewId);
  const finished = join(folder, `${takeId}.webm`);
  return {
    folder,
    raw: `${finished}.part`,
    draft: `${finished}.tmp`,
    finished,
    damaged: `${finished}.damaged`,
    peaks: join(folder, `${takeId}.peaks`),
  };
}

/** Makes a folder, and flushes its name into the folder above it. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (!first) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

/** @returns the size in bytes, or null where there is no such file */
export async function sizeOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** The names in a folder; none where there is no such folder. */
export async function listNames(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}
