import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { longRecording, packetsOf, speech } from '../../tests/fixtures/recordings.ts';
import { findWholeBlocks } from './whole-blocks.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-blocks-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function walk(bytes: Uint8Array) {
  const file = join(folder, 'take.webm');
  await writeFile(file, bytes);
  return findWholeBlocks(file);
}

test('a whole recording of a recorder is whole', async () => {
  expect(await walk(speech)).toEqual({
    ...{ end: speech.length, blocks: 100, size: speech.length, damagedAt: null },
    streams: [{ start: 0, end: speech.length }],
  });
});

test('a recording whose sizes are written otherwise, and of many clusters', async () => {
  const bytes = await longRecording(2);
  expect(await walk(bytes)).toMatchObject({ blocks: 2000, damagedAt: null });
});

test('cut anywhere: what is left is exactly the packets whose last byte is there', async () => {
  const { packets } = await packetsOf(speech);
  // Each packet's bytes stand in the file as they are, so where it ends can be found without reading WebM.
  let from = 0;
  const ends = packets.map(({ data }) => {
    from = speech.indexOf(data, from) + data.length;
    return from;
  });
  const until = ends[5] ?? 0;
  for (let length = 0; length <= until + 3; length += 1) {
    const whole = ends.filter((end) => end <= length);
    expect(await walk(speech.subarray(0, length)), `${length} bytes`).toMatchObject({
      ...{ end: whole.at(-1) ?? 0, blocks: whole.length, size: length, damagedAt: null },
    });
  }
  for (let index = 0; index < ends.length; index += 9) {
    const end = ends[index] ?? 0;
    const trimmed = speech.subarray(0, (await walk(speech.subarray(0, end + 1))).end);
    const read = await packetsOf(trimmed);
    expect(read.packets.map(({ data }) => data)).toEqual(packets.slice(0, index + 1).map(({ data }) => data));
  }
});

test('a tail of zeros, as a power cut may leave, is no part of the recording', async () => {
  const torn = Buffer.concat([speech.subarray(0, 9_000), Buffer.alloc(4096)]);
  const clean = await walk(speech.subarray(0, 9_000));
  const found = await walk(torn);
  // The block that was cut has a size, and takes the zeros for its bytes; the next one has no name.
  expect(found.blocks).toBe(clean.blocks + 1);
  expect(found.damagedAt).toBe(found.end);
});

test('what is not WebM has no blocks, and says where it stops making sense', async () => {
  expect(await walk(Buffer.from('RIFF....WAVEfmt '))).toMatchObject({ blocks: 0, end: 0, damagedAt: 0 });
  expect(await walk(Buffer.alloc(1000))).toMatchObject({ blocks: 0, damagedAt: 0 });
  expect(await walk(Buffer.alloc(0))).toMatchObject({ blocks: 0, size: 0, damagedAt: null });
  // A size far beyond any block's: the block's id and two bytes of size stand before its four bytes of header.
  const { packets } = await packetsOf(speech);
  const at = speech.indexOf(packets[3]?.data ?? '') - 7;
  expect(speech[at]).toBe(0xa3);
  const inflated = Buffer.from(speech);
  inflated.set([0x08, 0xff, 0xff, 0xff, 0xff], at + 1);
  expect(await walk(inflated)).toMatchObject({ blocks: 3, end: at, damagedAt: at });
});

test('bytes changed at random never break the walk, nor take it beyond the file', async () => {
  let seed = 20_261_123;
  const random = (below: number) => {
    // Numerical Recipes' linear congruential generator: the same changes in every run.
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  for (let round = 0; round < 500; round += 1) {
    const bytes = Buffer.from(speech.subarray(0, 4_000));
    for (let change = 0; change <= random(8); change += 1) bytes[random(bytes.length)] = random(256);
    const { end, blocks, size } = await walk(bytes);
    expect(end).toBeLessThanOrEqual(size);
    expect(blocks > 0).toBe(end > 0);
  }
});
