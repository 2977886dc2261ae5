import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../tests/fixtures/databases.ts';
import {
  packetsOf,
  speech,
  speechMs,
  startRecordings,
  type TestRecordings,
} from '../../tests/fixtures/recordings.ts';
import { bucketMs, decodePeaks } from './peaks.ts';
import { listen } from './remux.ts';
import { takeFiles } from './take-files.ts';

let database: TestDatabase;
let recordings: TestRecordings;

beforeAll(async () => {
  database = await openTestDatabase('embedded');
  recordings = startRecordings(database, 'embedded');
});
afterAll(async () => {
  await recordings?.close();
  await database?.close();
});

/** Somebody with a take that is finished and put away. */
async function finishedTake() {
  const speaker = await recordings.speaker();
  const { id: interviewId, questions } = await recordings.interview(speaker);
  const takeId = await speaker.record(questions[0] ?? '');
  await speaker.value('recordings.finish', { takeId });
  const files = takeFiles(recordings.folder, interviewId, takeId);
  await expect
    .poll(async () => (await readdir(files.folder)).toSorted())
    .toEqual([`${takeId}.peaks`, `${takeId}.webm`]);
  return { speaker, interviewId, takeId, files, question: questions[0] ?? '' };
}

test('the waveform is made with the finished file, and is that of its sound', async () => {
  const { speaker, takeId, files } = await finishedTake();
  const { peaks } = await listen(files.finished);
  expect(decodePeaks(await readFile(files.peaks))).toEqual(peaks);
  expect(await speaker.value('recordings.peaks', { takeId })).toEqual({
    ...{ durationMs: speechMs, bucketMs, peaks: peaks.values },
  });
});

test('is read from its file, and made again where that is damaged or gone', async () => {
  const { speaker, takeId, files } = await finishedTake();
  const before = await speaker.value('recordings.peaks', { takeId });
  const kept = await readFile(files.peaks);
  const other = Buffer.from(kept);
  other.fill(0xff, 20, 30);
  for (const bytes of [other, kept.subarray(0, 50), Buffer.alloc(0), Buffer.from('rubbish'), null]) {
    if (bytes) await writeFile(files.peaks, bytes);
    else await rm(files.peaks);
    const asked = [1, 2, 3].map(() => speaker.value('recordings.peaks', { takeId }));
    expect(await Promise.all(asked)).toEqual([before, before, before]);
    expect(await readFile(files.peaks)).toEqual(kept);
  }
});

test('is for the person who spoke, and of a take that is there', async () => {
  const { interviewId, takeId } = await finishedTake();
  const other = await recordings.speaker();
  const refused = await other.error('recordings.peaks', { takeId });
  expect(refused).toEqual(await other.error('recordings.peaks', { takeId: interviewId }));
  expect(refused).toMatchObject({ code: 'NOT_FOUND', message: 'There is no such recording.' });
});

test('there is none while a take is recorded', async () => {
  const speaker = await recordings.speaker();
  const { questions } = await recordings.interview(speaker);
  const takeId = await speaker.record(questions[0] ?? '');
  expect(await speaker.value('recordings.peaks', { takeId })).toBeNull();
});

test('is drawn of a raw file that could not be finished, and not kept', async () => {
  const { speaker, interviewId, question } = await finishedTake();
  const takeId = await recordings.leave(question, { state: 'STOPPED', stoppedAt: new Date() });
  const files = takeFiles(recordings.folder, interviewId, takeId);
  await writeFile(files.raw, speech);
  expect((await speaker.value('recordings.peaks', { takeId }))?.durationMs).toBe(speechMs);
  expect(await readdir(files.folder)).not.toContain(`${takeId}.peaks`);
});

test('says that a recording is missing, even where its waveform is left', async () => {
  const { speaker, takeId, files } = await finishedTake();
  await rm(files.finished);
  expect(await speaker.error('recordings.peaks', { takeId })).toMatchObject({
    ...{ code: 'NOT_FOUND', message: 'The file of this recording is missing on this machine.' },
  });
});

test('says that a recording is damaged: cut off, or full of something else', async () => {
  const { speaker, takeId, files } = await finishedTake();
  const { length } = await readFile(files.finished);
  const damaged = { code: 'CONFLICT', message: 'The file of this recording is damaged.' };
  await truncate(files.finished, 9_000);
  expect(await speaker.error('recordings.peaks', { takeId })).toMatchObject(damaged);
  await rm(files.peaks);
  await writeFile(files.finished, Buffer.alloc(length, 7));
  expect(await speaker.error('recordings.peaks', { takeId })).toMatchObject(damaged);
});

test('a take whose sound cannot all be decoded is finished, and its bytes are kept', async () => {
  const speaker = await recordings.speaker();
  const { id: interviewId, questions } = await recordings.interview(speaker);
  // The container is whole; in it one packet is rubbish that no decoder takes.
  const broken = Buffer.from(speech);
  const packet = (await packetsOf(speech)).packets[20]?.data ?? new Uint8Array();
  broken.fill(0xff, broken.indexOf(packet), broken.indexOf(packet) + packet.length);
  const takeId = await speaker.record(questions[0] ?? '', [new Uint8Array(broken)]);
  await speaker.value('recordings.finish', { takeId });
  const names = [`${takeId}.peaks`, `${takeId}.webm`, `${takeId}.webm.damaged`];
  const files = takeFiles(recordings.folder, interviewId, takeId);
  await expect.poll(async () => (await readdir(files.folder)).toSorted()).toEqual(names);
  expect(await readFile(files.damaged)).toEqual(broken);
  expect((await speaker.value('recordings.peaks', { takeId }))?.durationMs).toBe(speechMs);
});

test('goes with the interview, also while it is being made', async () => {
  const { speaker, interviewId, takeId, files } = await finishedTake();
  await rm(files.peaks);
  const asked = speaker.error('recordings.peaks', { takeId });
  await recordings.deleteInterviewFiles(interviewId);
  await asked.catch(() => undefined);
  expect(await readdir(recordings.folder)).not.toContain(interviewId);
});

test('is no recording: alone, it is not counted as one that belongs to no answer', async () => {
  const { interviewId, files } = await finishedTake();
  await writeFile(files.peaks.replace(/[^/\\]+$/, '01890000-0000-7000-8000-000000000009.peaks'), 'left');
  await recordings.reconcile();
  expect(recordings.logged.findLast((line) => 'withoutRow' in line)).toMatchObject({ withoutRow: 0 });
  expect((await recordings.findStrays()).files.count).toBe(0);
  await recordings.deleteInterviewFiles(interviewId);
});
