import { type FileHandle, open } from 'node:fs/promises';
import type { TakeState } from '../../shared/model/recording.ts';
import { takeFiles } from './take-files.ts';

/** The file of a take, open for reading. */
export interface NewestFile {
  handle: FileHandle;
  size: number;
  isFinished: boolean;
}

/**
 * Opens the finished file of a take; the raw one while that is being made, or where it could not be.
 *
 * @returns null where neither is on this machine
 */
export async function openNewestFile(
  folder: string,
  take: { id: string; interviewId: string; state: TakeState },
): Promise<NewestFile | null> {
  const files = takeFiles(folder, take.interviewId, take.id);
  const choices = take.state === 'FINISHED' ? [files.finished, files.raw] : [files.raw, files.finished];
  // Once more at the end: between the two attempts the one may have become the other.
  for (const name of [...choices, files.finished]) {
    const handle = await openIfThere(name);
    if (!handle) continue;
    const { size } = await handle.stat();
    return { handle, size, isFinished: name === files.finished };
  }
  return null;
}

/** @returns null where there is no such file */
export async function openIfThere(file: string): Promise<FileHandle | null> {
  try {
    return await open(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
