import { open, readdir, realpath, rm, stat, statfs } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { OperationFailure } from '../operations/operation-failure.ts';
import { markerName } from './recordings-place.ts';
import { makeFolder } from './take-files.ts';

/** What the disk must have left beside the recordings. */
const RESERVE_BYTES = 64 * 1024 * 1024;
/** What operating systems put into the root of a disk; a folder with nothing else in it is empty to a person. */
export const systemNames =
  /^(?:lost\+found|System Volume Information|\$RECYCLE\.BIN|\.Trash.*|\.Trashes|\.fseventsd|\.Spotlight-V100|\.DS_Store|desktop\.ini|Thumbs\.db)$/i;

/**
 * Checks that a folder can take the recordings.
 *
 * @param parts.usualFolder the one place inside the data folder that may be chosen; made when it is not there
 * @param parts.bytes how much there is to move
 * @returns the folder's real path
 * @throws OperationFailure CONFLICT or DISK_FULL, with what to do
 */
export async function checkTarget(parts: {
  to: string;
  from: string;
  usualFolder: string;
  dataFolder: string;
  bytes: number;
}): Promise<string> {
  if (parts.to === parts.usualFolder) await makeFolder(parts.usualFolder);
  const to = await realpath(parts.to).catch(() => null);
  if (!to || !(await stat(to)).isDirectory()) throw refusal('This folder is not there any more.');
  const from = await realpath(parts.from);
  if (to === from) throw refusal('The recordings are in this folder already.');
  if (isInside(to, from)) throw refusal('This folder is inside the one the recordings are in.');
  if (isInside(from, to)) throw refusal('The recordings are in a folder inside this one.');
  const isUsual = to === (await realpath(parts.usualFolder).catch(() => parts.usualFolder));
  const dataFolder = await realpath(parts.dataFolder);
  if (!isUsual && (to === dataFolder || isInside(to, dataFolder))) {
    throw refusal('This folder holds other data of Parley.');
  }
  const names = (await readdir(to)).filter((name) => !systemNames.test(name) && name !== markerName);
  if (names.length > 0) {
    throw refusal('This folder is not empty. Choose an empty one, or make a new one in it.');
  }
  await requireWritable(to);
  const { bavail, bsize } = await statfs(to);
  if (bavail * bsize < parts.bytes + RESERVE_BYTES) {
    throw new OperationFailure(
      'DISK_FULL',
      'That disk has too little room for the recordings. Free some space there, or choose another disk.',
    );
  }
  return isUsual ? parts.usualFolder : to;
}

async function requireWritable(folder: string): Promise<void> {
  const probe = join(folder, '.parley-can-write');
  try {
    const handle = await open(probe, 'w', 0o600);
    try {
      await handle.writeFile('yes');
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    throw refusal('Parley may not write into this folder. Choose another one.');
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}

function isInside(inner: string, outer: string): boolean {
  return inner.startsWith(outer.endsWith(sep) ? outer : `${outer}${sep}`);
}

function refusal(message: string): OperationFailure {
  return new OperationFailure('CONFLICT', message);
}
