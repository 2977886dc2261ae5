import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

// A folder as one gzipped tar file, with no more of the format than a database folder needs: directories and
// regular files with names of up to 100 bytes (POSIX.1-1988 ustar).

const BLOCK = 512;
const FILE = '0';
const DIRECTORY = '5';

/** Packs the directories and files below `folder`. Blocks the thread; for scripts and workers. */
export function packFolder(folder: string): Buffer {
  const blocks: Buffer[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }).sort(byPath)) {
    const path = join(entry.parentPath, entry.name);
    const name = path
      .slice(folder.length + 1)
      .split(sep)
      .join('/');
    if (entry.isDirectory()) blocks.push(header(`${name}/`, DIRECTORY, 0));
    if (!entry.isFile()) continue;
    const content = readFileSync(path);
    blocks.push(header(name, FILE, content.length), content, Buffer.alloc(padding(content.length)));
  }
  blocks.push(Buffer.alloc(2 * BLOCK));
  return gzipSync(Buffer.concat(blocks), { level: 9 });
}

/**
 * Unpacks what packFolder has packed into an existing folder, directories 0700 and files 0600.
 *
 * @throws Error when the bytes are not such a tarball, or a name in it leads out of the folder.
 */
export function unpackFolder(tarball: Uint8Array, folder: string): void {
  const tar = gunzipSync(tarball);
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const field = (start: number, length: number): string =>
      tar.toString('latin1', at + start, at + start + length).replace(/\0.*$/s, '');
    const name = field(0, 100);
    const size = Number.parseInt(field(124, 12), 8);
    const type = field(156, 1);
    if (field(257, 5) !== 'ustar' || !Number.isInteger(size) || at + BLOCK + size > tar.length) {
      throw new Error('not a whole tar file');
    }
    if (name.split('/').includes('..') || name.startsWith('/')) throw new Error(`unsafe name ${name}`);
    const path = join(folder, name);
    if (type === DIRECTORY) mkdirSync(path, { mode: 0o700, recursive: true });
    else if (type === FILE) writeFileSync(path, tar.subarray(at + BLOCK, at + BLOCK + size), { mode: 0o600 });
    else throw new Error(`unknown entry type ${type}`);
    at += BLOCK + size + padding(size);
  }
}

/** Whether there is a regular, non-empty file. */
export function isFile(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size > 0;
}

function byPath(a: { parentPath: string; name: string }, b: { parentPath: string; name: string }): number {
  return join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1;
}

function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

function header(name: string, type: string, size: number): Buffer {
  if (Buffer.byteLength(name) > 100) throw new Error(`name too long for a tar header: ${name}`);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, start: number, length: number): void => {
    block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, start, 'latin1');
  };
  block.write(name, 0, 'utf8');
  octal(type === DIRECTORY ? 0o700 : 0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  block.fill(' ', 148, 156);
  block.write(type, 156, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}
