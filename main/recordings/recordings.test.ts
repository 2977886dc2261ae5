import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import {
  type Chunk,
  packetsOf,
  sha256,
  speech,
  speechChunks,
  speechMs,
  startRecordings,
  type TestRecordings,
} from '../../tests/fixtures/recordings.ts';

describe.each(testEngines)('recordings on %s', (engine) => {
  let database: TestDatabase;
  let recordings: TestRecordings;

  beforeAll(async () => {
    database = await openTestDatabase(engine);
    recordings = startRecordings(database, engine);
  });
  afterAll(async () => {
    await recordings?.close();
    await database?.close();
  });

  test('a take is kept, plays at once, and is finished behind', async () => {
    const ada = await recordings.speaker();
    const { id, questions } = await recordings.interview(ada);
    const takeId = await ada.record(questions[0] ?? '');
    const stopped = await ada.value('recordings.finish', { takeId });
    expect(stopped).toEqual({ takeId, durationMs: speechMs, audioUrl: `media://takes/${takeId}` });

    const raw = await ada.media(takeId);
    expect(raw.status).toBe(200);
    expect((await raw.bytes()).length).toBeGreaterThanOrEqual(speech.length);

    await expect.poll(async () => (await recordings.take(takeId)).state).toBe('FINISHED');
    const finished = await recordings.file(id, `${takeId}.webm`);
    await expect.poll(() => readdir(join(recordings.folder, id))).toEqual([`${takeId}.webm`]);
    const take = await recordings.take(takeId);
    expect(take).toMatchObject({
      ...{ chosen: true, recovered: false, durationMs: speechMs, sizeBytes: finished.length },
      ...{ sha256: sha256(finished), answer: { audioUrl: `media://takes/${takeId}` } },
    });
    const [before, after] = [await packetsOf(speech), await packetsOf(finished)];
    expect(after.packets.map((packet) => packet.data)).toEqual(before.packets.map((packet) => packet.data));
    expect(after).toMatchObject({ durationMs: speechMs, hasCues: true });
    await expect.poll(() => recordings.changes).toContain(`${ada.id} ${id}`);
    expect(sha256(await (await ada.media(takeId)).bytes())).toBe(take.sha256);
  });

  test('chunks: a gap is refused, a repeat is harmless', async () => {
    const ada = await recordings.speaker();
    const { questions } = await recordings.interview(ada);
    const takeId = await ada.record(questions[0] ?? '', speechChunks.slice(0, 2));
    const [first, , third] = speechChunks as [Chunk, Chunk, Chunk];
    expect(await ada.error('recordings.append', { takeId, sequence: 3, bytes: third })).toMatchObject({
      ...{ code: 'CONFLICT', details: { expectedSequence: 2 } },
    });
    await ada.value('recordings.append', { takeId, sequence: 0, bytes: first });
  });
});
