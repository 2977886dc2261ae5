import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeRecording } from '../../tests/fixtures/audio.ts';
import { openTestDatabase, type TestDatabase } from '../../tests/fixtures/databases.ts';
import {
  packetsOf,
  speech,
  speechChunks,
  speechMs,
  startRecordings,
  type TestRecordings,
} from '../../tests/fixtures/recordings.ts';
import { measure, remux } from './remux.ts';
import { findWholeBlocks } from './whole-blocks.ts';

// An answer that went on with another microphone: its file holds a WebM stream of each, one after the other.

let folder: string;
let database: TestDatabase;
let recordings: TestRecordings;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-joined-'));
  database = await openTestDatabase('embedded');
  recordings = startRecordings(database, 'embedded');
});
afterAll(async () => {
  await recordings?.close();
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

async function joined(bytes: Uint8Array) {
  const raw = join(folder, 'take.webm.part');
  const draft = join(folder, 'take.webm.tmp');
  await writeFile(raw, bytes);
  await rm(draft, { force: true });
  const measured = await measure(raw);
  return { measured, remuxed: await remux(raw, draft, measured), file: await readFile(draft) };
}

test('one answer, one timeline: both are heard in order, in one file that can be sought in', async () => {
  const speaker = await recordings.speaker();
  const { id: interviewId, questions } = await recordings.interview(speaker);
  const takeId = await speaker.record(questions[0] ?? '', [...speechChunks, ...speechChunks]);
  const stopped = await speaker.value('recordings.finish', { takeId });
  expect(stopped.durationMs).toBe(2 * speechMs);
  // It is finished by now: of a raw file a player would hear the first stream only.
  expect((await recordings.take(takeId)).state).toBe('FINISHED');
  const file = await recordings.file(interviewId, `${takeId}.webm`);
  const once = await packetsOf(speech);
  const { packets, ...found } = await packetsOf(file);
  expect(found).toMatchObject({ durationMs: 2 * speechMs, hasCues: true });
  expect(packets.map(({ data }) => data)).toEqual([...once.packets, ...once.packets].map(({ data }) => data));
  const gaps = packets.slice(1).map(({ timestamp }, index) => timestamp - (packets[index]?.timestamp ?? 0));
  expect(Math.max(...gaps)).toBeLessThan(0.1);
  expect(Math.min(...gaps)).toBeGreaterThan(0);
  const { samples, rate } = await decodeRecording(file);
  expect(samples.length / rate).toBeCloseTo((2 * speechMs) / 1000, 1);
});

test('killed at any moment, all whole packets of both are there', async () => {
  const whole = speech.length;
  const { packets } = await packetsOf(speech);
  const both = Buffer.concat([speech, speech]);
  for (let length = whole; length <= both.length; length += 997) {
    const second = await blocksOf(speech.subarray(0, length - whole));
    const { measured, remuxed, file } = await joined(both.subarray(0, length));
    expect(measured).toMatchObject({ packets: packets.length + second, damagedAt: null });
    expect(measured.streams).toHaveLength(second > 0 ? 2 : 1);
    expect(remuxed.durationMs).toBe(measured.durationMs);
    expect((await packetsOf(file)).packets).toHaveLength(packets.length + second);
  }
});

test('three of them, the first two short', async () => {
  const cut = (await findBlocks(speech.subarray(0, 9_000))).end;
  const short = speech.subarray(0, cut);
  const { measured, remuxed } = await joined(Buffer.concat([short, short, speech]));
  expect(measured.streams).toEqual([
    { start: 0, end: cut },
    { start: cut, end: 2 * cut },
    { start: 2 * cut, end: 2 * cut + speech.length },
  ]);
  expect(remuxed).toMatchObject({ durationMs: measured.durationMs, undecodable: 0 });
});

async function findBlocks(bytes: Uint8Array) {
  const file = join(folder, 'walked.webm');
  await writeFile(file, bytes);
  return findWholeBlocks(file);
}

async function blocksOf(bytes: Uint8Array): Promise<number> {
  return (await findBlocks(bytes)).blocks;
}
