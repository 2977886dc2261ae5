import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { run } from '../../tests/durability/mounts.ts';
import { type Chunk, chunksOf, speech, speechChunks } from '../../tests/fixtures/recordings.ts';
import { OpenTake, TakeDiskError } from './open-take.ts';
import { type TakeFiles, takeFiles } from './take-files.ts';

let folder: string;
let files: TakeFiles;
let take: OpenTake;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-take-'));
  files = takeFiles(folder, 'interview', 'take');
  take = await OpenTake.create('take', files);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await take.close();
  await rm(folder, { recursive: true, force: true });
});

/** What every file handle does for `name`, so that a test can make the disk slow or refuse. */
async function fileHandles() {
  const handle = await open(files.raw, 'r');
  await handle.close();
  return Object.getPrototypeOf(handle) as typeof handle;
}

async function appendAll(chunks: readonly Chunk[], from = 0) {
  for (const [index, bytes] of chunks.entries()) await take.append(from + index, bytes);
}

const systemError = (code: string) => Object.assign(new Error(`${code}: write`), { code });

test('writes chunks in order, and flushes the rest when it is closed', async () => {
  await appendAll(speechChunks);
  await take.close();
  expect(await readFile(files.raw)).toEqual(speech);
});

test('calls safe only what has been flushed, without being asked, and never less than before', async () => {
  const synced: number[] = [];
  const handles = await fileHandles();
  const datasync = handles.datasync;
  vi.spyOn(handles, 'datasync').mockImplementation(async function (this: typeof handles) {
    const { size } = await stat(files.raw);
    await datasync.call(this);
    synced.push(size);
  });
  let before = 0;
  for (const [sequence, bytes] of speechChunks.entries()) {
    const safe = await take.append(sequence, bytes);
    expect(safe.safeBytes).toBeGreaterThanOrEqual(before);
    expect(safe.safeBytes).toBeLessThanOrEqual(Math.max(0, ...synced));
    before = safe.safeBytes;
  }
  // A chunk sent again is how a sender asks what has become safe since.
  const [first] = speechChunks as [Chunk];
  await expect
    .poll(() => take.append(0, first))
    .toEqual({ safeSequence: speechChunks.length, safeBytes: speech.length });
  expect(synced.length).toBeLessThan(speechChunks.length);
});

test('a slow flush holds back what is called safe, and no chunk', async () => {
  const handles = await fileHandles();
  const released = new AbortController();
  const slow = once(released.signal, 'abort').then(() => undefined);
  const datasync = vi.spyOn(handles, 'datasync').mockReturnValue(slow);
  await appendAll(speechChunks.slice(0, 5));
  await expect.poll(() => datasync.mock.calls.length).toBe(1);
  const [, , , , , ...rest] = speechChunks;
  await appendAll(rest, 5);
  expect((await stat(files.raw)).size).toBe(speech.length);
  expect((await take.append(0, speechChunks[0] as Chunk)).safeBytes).toBe(0);
  released.abort();
  await expect
    .poll(async () => (await take.append(0, speechChunks[0] as Chunk)).safeBytes)
    .toBe(speech.length);
});

test('chunks sent all at once are written one after the other', async () => {
  const chunks = chunksOf(new Uint8Array(speech), 100);
  await Promise.all(chunks.map((bytes, sequence) => take.append(sequence, bytes)));
  await take.close();
  expect(await readFile(files.raw)).toEqual(speech);
});

test('chunks that are on their way when it is closed are kept, later ones refused', async () => {
  const sent = speechChunks.map((bytes, sequence) => take.append(sequence, bytes));
  const closing = take.close();
  await expect(take.append(speechChunks.length, new Uint8Array([1]))).rejects.toMatchObject({
    ...{ code: 'CONFLICT', details: { ended: true } },
  });
  await Promise.all([...sent, closing]);
  expect(await readFile(files.raw)).toEqual(speech);
});

test('a chunk sent twice is written once; another under its number is refused', async () => {
  await appendAll(speechChunks.slice(0, 3));
  await take.append(1, speechChunks[1] as Chunk);
  await expect(take.append(1, speechChunks[2] as Chunk)).rejects.toMatchObject({
    ...{ code: 'CONFLICT', details: { expectedSequence: 3 } },
  });
  await take.close();
  expect((await readFile(files.raw)).equals(speech.subarray(0, 1084 + 1185 + 1301))).toBe(true);
});

test('a gap is refused by the number that is expected', async () => {
  await appendAll(speechChunks.slice(0, 2));
  await expect(take.append(5, speechChunks[5] as Chunk)).rejects.toMatchObject({
    ...{ code: 'CONFLICT', details: { expectedSequence: 2 } },
  });
  await appendAll(speechChunks.slice(2), 2);
});

test('the first chunks may be single bytes, as a busy recorder gives them', async () => {
  await appendAll(chunksOf(new Uint8Array(speech.subarray(0, 6)), 1));
  await expect(take.append(6, new Uint8Array(speech.subarray(6)))).resolves.toBeDefined();
  await take.close();
  expect(await readFile(files.raw)).toEqual(speech);
});

test('what is not WebM from its second byte on is refused with that', async () => {
  await take.append(0, new Uint8Array([0x1a]));
  await expect(take.append(1, new Uint8Array([0x46]))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

test('what does not begin as WebM does is refused, and nothing is written', async () => {
  await expect(take.append(0, new TextEncoder().encode('RIFF'))).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  });
  expect((await stat(files.raw)).size).toBe(0);
  await appendAll(speechChunks);
});

test('a page gone wild is stopped, with what it has sent kept', async () => {
  const megabyte = new Uint8Array(1024 * 1024);
  megabyte.set(speech.subarray(0, 4));
  for (let sequence = 0; sequence < 64; sequence += 1) await take.append(sequence, megabyte);
  await expect(take.append(64, new Uint8Array([1]))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await take.close();
  expect((await stat(files.raw)).size).toBe(64 * 1024 * 1024);
});

test('never writes into a file that is there already', async () => {
  await take.close();
  await writeFile(files.raw, 'something');
  await expect(OpenTake.create('take', files)).rejects.toMatchObject({ code: 'EEXIST' });
  expect(await readFile(files.raw, 'utf8')).toBe('something');
});

test('a disk that refuses a chunk ends the take; what it took stays', async () => {
  await appendAll(speechChunks.slice(0, 8));
  vi.spyOn(await fileHandles(), 'write').mockRejectedValue(systemError('ENOSPC'));
  await expect(take.append(8, speechChunks[8] as Chunk)).rejects.toMatchObject({ full: true });
  vi.restoreAllMocks();
  await expect(take.append(8, speechChunks[8] as Chunk)).rejects.toBeInstanceOf(TakeDiskError);
  await take.close();
  const kept = await readFile(files.raw);
  expect(kept.equals(speech.subarray(0, kept.length))).toBe(true);
  expect(kept.length).toBe(speechChunks.slice(0, 8).reduce((sum, { length }) => sum + length, 0));
});

test('a flush that fails is not tried until it seems to succeed: the take ends', async () => {
  const datasync = vi.spyOn(await fileHandles(), 'datasync').mockRejectedValue(systemError('EIO'));
  await take.append(0, speechChunks[0] as Chunk);
  await expect.poll(() => take.failure).toMatchObject({ full: false });
  await expect(take.append(1, speechChunks[1] as Chunk)).rejects.toBeInstanceOf(TakeDiskError);
  expect(datasync).toHaveBeenCalledTimes(1);
});

test('on a disk that is really full, what was called safe is there to be read', async () => {
  const small = join(folder, 'small');
  const mounted = mountTmpfs(small, 256);
  if (!mounted) {
    // The faults above stand in for it.
    process.stderr.write('A full disk was only simulated: no test may mount a tmpfs on this machine.\n');
    return;
  }
  try {
    const there = takeFiles(small, 'interview', 'take');
    const full = await OpenTake.create('take', there);
    let safeBytes = 0;
    const fill = async () => {
      for (const [sequence, bytes] of speechChunks.entries()) await full.append(sequence, bytes);
      for (let sequence = speechChunks.length; ; sequence += 1) {
        safeBytes = (await full.append(sequence, new Uint8Array(speech.subarray(0, 1000)))).safeBytes;
      }
    };
    await expect(fill()).rejects.toMatchObject({ full: true });
    await full.close();
    const kept = await readFile(there.raw);
    expect(kept.length).toBeGreaterThanOrEqual(Math.max(safeBytes, 200 * 1024));
    expect(kept.subarray(0, speech.length)).toEqual(speech);
  } finally {
    run('umount', small);
  }
});

/** @returns false where this machine does not allow it */
function mountTmpfs(at: string, kilobytes: number): boolean {
  try {
    mkdirSync(at);
    run('mount', '-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', at);
    return true;
  } catch {
    return false;
  }
}
