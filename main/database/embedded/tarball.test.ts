import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packFolder, unpackFolder } from './tarball.ts';

let parent: string;
let from: string;
let to: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'parley-tarball-'));
  from = join(parent, 'from');
  to = join(parent, 'to');
  mkdirSync(join(from, 'deep', 'empty'), { recursive: true });
  mkdirSync(to);
  writeFileSync(join(from, 'deep', 'file'), Buffer.from([0, 1, 2, 255]));
  writeFileSync(join(from, 'nothing'), '');
  writeFileSync(join(from, 'block'), Buffer.alloc(512, 7));
});

afterEach(() => rmSync(parent, { recursive: true, force: true }));

describe('a packed folder', () => {
  it('unpacks to the same files and directories, for the user alone', () => {
    unpackFolder(packFolder(from), to);
    expect([...readFileSync(join(to, 'deep', 'file'))]).toEqual([0, 1, 2, 255]);
    expect(readFileSync(join(to, 'nothing')).length).toBe(0);
    expect(readFileSync(join(to, 'block')).equals(Buffer.alloc(512, 7))).toBe(true);
    expect(statSync(join(to, 'deep', 'empty')).mode & 0o777).toBe(0o700);
    expect(statSync(join(to, 'block')).mode & 0o777).toBe(0o600);
  });

  it('is refused when it is cut short or its size does not fit', () => {
    const packed = packFolder(from);
    expect(() => unpackFolder(packed.subarray(0, packed.length / 2), to)).toThrow();
    const tar = gunzipSync(packed);
    expect(() => unpackFolder(gzipSync(tar.subarray(0, 700)), to)).toThrow('not a whole tar file');
  });

  it.each(['../outside', '/outside', 'deep/../../outside'])('cannot write to %s', (name) => {
    const tar = gunzipSync(packFolder(from));
    tar.fill(0, 0, 100).write(name, 0);
    expect(() => unpackFolder(gzipSync(tar), to)).toThrow('unsafe name');
  });
});
