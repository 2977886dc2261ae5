import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { recordingFormat } from '../../shared/model/recording.ts';
import { decodeRecording } from '../../tests/fixtures/audio.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import {
  type Chunk,
  chunksOf,
  longRecording,
  packetsOf,
  type Speaker,
  sha256,
  speech,
  speechChunks,
  speechMs,
  startRecordings,
  type TestRecordings,
} from '../../tests/fixtures/recordings.ts';
import { Answer, Interview, Question, Take } from '../database/entities/index.ts';

const { mimeType } = recordingFormat;

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

  /** Somebody with an interview that is IN_PROGRESS. */
  async function speakerInInterview(options: { takesAllowed?: number } = {}) {
    const speaker = await recordings.speaker();
    const { id, questions } = await recordings.interview(speaker, options);
    const [first = '', second = ''] = questions;
    return { speaker, interviewId: id, first, second };
  }

  const finished = (takeId: string) =>
    expect.poll(async () => (await recordings.take(takeId)).state).toBe('FINISHED');

  const takeStates = async (interviewId: string) => {
    const takes = await database.dataSource.manager.find(Take, {
      where: { answer: { question: { interviewId } } },
      order: { number: 'ASC' },
    });
    return takes.map(({ number, state, chosen }) => `${number} ${state}${chosen ? ' chosen' : ''}`);
  };

  describe('from the first chunk to the finished file', () => {
    test('a take plays as soon as it is stopped, and is finished behind', async () => {
      const { speaker, interviewId, first } = await speakerInInterview();
      const takeId = await speaker.record(first);
      const stopped = await speaker.value('recordings.finish', { takeId });
      expect(stopped).toEqual({ takeId, durationMs: speechMs, audioUrl: `media://takes/${takeId}` });
      const playing = await speaker.media(takeId);
      expect(playing.status).toBe(200);
      await playing.bytes();

      await finished(takeId);
      await expect.poll(() => recordings.changes).toContain(`${speaker.id} ${interviewId}`);
      await expect
        .poll(() => readdir(join(recordings.folder, interviewId)))
        .toEqual([`${takeId}.peaks`, `${takeId}.webm`]);
      const file = await recordings.file(interviewId, `${takeId}.webm`);
      expect(await recordings.take(takeId)).toMatchObject({
        ...{ number: 1, chosen: true, recovered: false, mimeType },
        ...{ durationMs: speechMs, sizeBytes: file.length, sha256: sha256(file) },
        answer: { audioUrl: `media://takes/${takeId}` },
      });
      expect(sha256(await (await speaker.media(takeId)).bytes())).toBe(sha256(file));
    });

    test('the finished file sounds the same to the sample, and can be sought in', async () => {
      const { speaker, interviewId, first } = await speakerInInterview();
      const takeId = await speaker.record(first);
      await speaker.value('recordings.finish', { takeId });
      await finished(takeId);
      const file = await recordings.file(interviewId, `${takeId}.webm`);
      const [before, after] = [await decodeRecording(speech), await decodeRecording(file)];
      expect(after.samples.length).toBe(before.samples.length);
      expect(Buffer.from(after.samples.buffer).equals(Buffer.from(before.samples.buffer))).toBe(true);
      expect(await packetsOf(speech)).toMatchObject({ durationMs: 0, hasCues: false });
      expect(await packetsOf(file)).toMatchObject({ durationMs: speechMs, hasCues: true });
    });

    test('half an hour: whole, timed from its packets, finished behind', async () => {
      const { speaker, interviewId, first } = await speakerInInterview();
      const recording = await longRecording(35);
      const takeId = await speaker.record(first, chunksOf(recording, recordingFormat.maxChunkBytes));
      const { durationMs } = await speaker.value('recordings.finish', { takeId });
      expect(durationMs).toBe(35 * 60_000);
      await finished(takeId);
      const file = await recordings.file(interviewId, `${takeId}.webm`);
      const { packets, ...found } = await packetsOf(file);
      expect(found).toMatchObject({ durationMs, hasCues: true });
      expect(packets.length).toBe(35_000);
      expect((await recordings.take(takeId)).sha256).toBe(sha256(file));
    });
  });

  describe('beginning', () => {
    test('takes of a question are counted; what nobody spoke into does not count', async () => {
      const { speaker, interviewId, first } = await speakerInInterview({ takesAllowed: 2 });
      await speaker.record(first, []);
      await speaker.record(first, []);
      await speaker.record(first);
      await speaker.record(first, []);
      await speaker.record(first);
      expect(await speaker.error('recordings.begin', { questionId: first, mimeType })).toMatchObject({
        ...{ code: 'CONFLICT', message: 'All 2 attempts at this question are used.' },
      });
      const states = await takeStates(interviewId);
      expect(states.map((state) => state.replace('FINISHED', 'STOPPED'))).toEqual([
        ...['1 STOPPED', '2 STOPPED chosen'],
      ]);
      const kept = (await readdir(join(recordings.folder, interviewId))).map((name) => name.slice(0, 36));
      expect(new Set(kept).size).toBe(2);
    });

    test('one take of a person at a time: a new one ends the one before, and keeps it', async () => {
      const { speaker, interviewId, first, second } = await speakerInInterview();
      const before = await speaker.record(first, speechChunks.slice(0, 8));
      const after = await speaker.record(second, speechChunks.slice(0, 4));
      expect(
        await speaker.error('recordings.append', {
          takeId: before,
          sequence: 8,
          bytes: speechChunks[8] as Chunk,
        }),
      ).toMatchObject({ code: 'CONFLICT', details: { ended: true } });
      await finished(before);
      expect((await recordings.take(before)).durationMs).toBeGreaterThan(1_500);
      await speaker.value('recordings.finish', { takeId: after });
      expect((await takeStates(interviewId)).length).toBe(2);
    });

    test('begun many times at once, one is open in the end', async () => {
      const { speaker, interviewId, first } = await speakerInInterview();
      const begun = await Promise.all(
        [1, 2, 3, 4, 5].map(() => speaker.value('recordings.begin', { questionId: first, mimeType })),
      );
      const [last] = begun.slice(-1);
      expect(await takeStates(interviewId)).toEqual(['1 RECORDING']);
      await speaker.value('recordings.append', {
        ...{ takeId: last?.takeId ?? '', sequence: 0, bytes: speechChunks[0] as Chunk },
      });
      await speaker.value('recordings.finish', { takeId: last?.takeId ?? '' });
    });

    test('refused for a question of somebody else, of a deleted interview, and one that is not there', async () => {
      const { first, interviewId, speaker } = await speakerInInterview();
      const other = await recordings.speaker();
      expect((await other.error('recordings.begin', { questionId: first, mimeType })).code).toBe('NOT_FOUND');
      expect((await other.error('recordings.begin', { questionId: interviewId, mimeType })).code).toBe(
        'NOT_FOUND',
      );
      await database.dataSource.manager.update(Interview, { id: interviewId }, { deletedAt: new Date() });
      expect((await speaker.error('recordings.begin', { questionId: first, mimeType })).code).toBe(
        'NOT_FOUND',
      );
    });

    test('refused when the interview is over', async () => {
      const { speaker, interviewId, first } = await speakerInInterview();
      await database.dataSource.manager.update(
        Interview,
        { id: interviewId },
        { status: 'COMPLETED', endedAt: new Date() },
      );
      expect((await speaker.error('recordings.begin', { questionId: first, mimeType })).code).toBe(
        'CONFLICT',
      );
      expect(await database.dataSource.manager.countBy(Answer, { questionId: first })).toBe(0);
    });

    test('refused for another format', async () => {
      const { speaker, first } = await speakerInInterview();
      for (const other of ['audio/mp4', 'video/webm;codecs=vp9', '', '../../etc']) {
        expect(await speaker.error('recordings.begin', { questionId: first, mimeType: other })).toMatchObject(
          {
            code: 'INVALID_INPUT',
          },
        );
      }
      await speaker.value('recordings.begin', { questionId: first, mimeType: 'Audio/WebM; codecs=opus' });
    });

    test('a file that cannot be made leaves no row', async () => {
      const { speaker, interviewId, first } = await speakerInInterview();
      const create = vi
        .spyOn(await import('./open-take.ts').then(({ OpenTake }) => OpenTake), 'create')
        .mockRejectedValueOnce(Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' }));
      expect(await speaker.error('recordings.begin', { questionId: first, mimeType })).toMatchObject({
        code: 'DISK_FULL',
      });
      create.mockRestore();
      expect(await takeStates(interviewId)).toEqual([]);
      await speaker.record(first);
    });
  });

  describe('appending', () => {
    test('a gap, a repeat, another chunk under the same number', async () => {
      const { speaker, first } = await speakerInInterview();
      const takeId = await speaker.record(first, speechChunks.slice(0, 2));
      const append = (sequence: number, bytes = speechChunks[sequence] as Chunk) => ({
        takeId,
        sequence,
        bytes,
      });
      expect(await speaker.error('recordings.append', append(4))).toMatchObject({
        ...{ code: 'CONFLICT', details: { expectedSequence: 2 } },
      });
      await speaker.value('recordings.append', append(1));
      expect((await speaker.error('recordings.append', append(0, speechChunks[1] as Chunk))).code).toBe(
        'CONFLICT',
      );
      await speaker.value('recordings.append', append(2));
    });

    test('too large, empty and malformed chunks are refused, and nothing is written', async () => {
      const { speaker, interviewId, first } = await speakerInInterview();
      const takeId = await speaker.record(first, speechChunks.slice(0, 1));
      for (const chunk of [
        { sequence: 1, bytes: new Uint8Array(recordingFormat.maxChunkBytes + 1) },
        { sequence: 1, bytes: new Uint8Array(0) },
        { sequence: -1, bytes: new Uint8Array(4) },
        { sequence: 1.5, bytes: new Uint8Array(4) },
        { sequence: 1, bytes: 'text' as unknown as Chunk },
      ]) {
        expect((await speaker.error('recordings.append', { takeId, ...chunk })).code).toBe('INVALID_INPUT');
      }
      expect((await stat(join(recordings.folder, interviewId, `${takeId}.webm.part`))).size).toBe(
        speechChunks[0]?.length,
      );
    });

    test("nobody can add to, or end, somebody else's take", async () => {
      const { speaker, first } = await speakerInInterview();
      const takeId = await speaker.record(first, speechChunks.slice(0, 2));
      const other = await recordings.speaker();
      const chunk = { takeId, sequence: 2, bytes: speechChunks[2] as Chunk };
      expect((await other.error('recordings.append', chunk)).code).toBe('NOT_FOUND');
      expect((await other.error('recordings.finish', { takeId })).code).toBe('NOT_FOUND');
      await speaker.value('recordings.append', chunk);
    });

    test('after the end nothing is added', async () => {
      const { speaker, first } = await speakerInInterview();
      const takeId = await speaker.record(first);
      await speaker.value('recordings.finish', { takeId });
      const late = { takeId, sequence: speechChunks.length, bytes: new Uint8Array(10) };
      expect(await speaker.error('recordings.append', late)).toMatchObject({
        ...{ code: 'CONFLICT', details: { ended: true } },
      });
    });

    test('a disk that fills up: the take is kept up to there, the person is told, and goes on elsewhere', async () => {
      const { speaker, interviewId, first, second } = await speakerInInterview();
      const takeId = await speaker.record(first, speechChunks.slice(0, 8));
      const { OpenTake, TakeDiskError } = await import('./open-take.ts');
      const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      const append = vi.spyOn(OpenTake.prototype, 'append').mockRejectedValueOnce(new TakeDiskError(full));
      const refused = await speaker.error('recordings.append', {
        ...{ takeId, sequence: 8, bytes: speechChunks[8] as Chunk },
      });
      append.mockRestore();
      expect(refused).toMatchObject({ code: 'DISK_FULL', details: { ended: true } });
      expect(refused.message).toMatch(
        /^The disk is full\. What was said up to 0:0[12] is kept\. Free some space/,
      );
      await finished(takeId);
      expect(await recordings.file(interviewId, `${takeId}.webm`)).not.toHaveLength(0);
      const { durationMs } = await speaker.value('recordings.finish', { takeId });
      expect(durationMs).toBeGreaterThan(1_500);
      await speaker.record(second);
    });

    test('what the disk has ended is no attempt: where one is allowed, the answer can still be saved whole', async () => {
      const speaker = await recordings.speaker();
      const { questions } = await recordings.interview(speaker, { takesAllowed: 1 });
      const [first = ''] = questions;
      const takeId = await speaker.record(first, speechChunks.slice(0, 8));
      const { OpenTake, TakeDiskError } = await import('./open-take.ts');
      const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      const append = vi.spyOn(OpenTake.prototype, 'append').mockRejectedValueOnce(new TakeDiskError(full));
      const transaction = vi.spyOn(database.dataSource, 'transaction');
      // The database is on the same disk.
      transaction.mockRejectedValueOnce(full);
      const eighth = { takeId, sequence: 8, bytes: speechChunks[8] as Chunk };
      const refused = await speaker.error('recordings.append', eighth);
      append.mockRestore();
      transaction.mockRestore();
      expect(refused.message).toMatch(/^The disk is full\. What was said until then is kept\./);
      const whole = await speaker.record(first);
      await speaker.value('recordings.finish', { takeId: whole });
      await finished(takeId);
      await finished(whole);
      expect(await recordings.take(whole)).toMatchObject({ number: 2, chosen: true, durationMs: speechMs });
      expect((await speaker.error('recordings.begin', { questionId: first, mimeType })).message).toMatch(
        'allows one attempt',
      );
    });
  });

  describe('finishing', () => {
    test('asked again, it answers the same', async () => {
      const { speaker, first } = await speakerInInterview();
      const takeId = await speaker.record(first);
      const answers = await Promise.all([1, 2, 3].map(() => speaker.value('recordings.finish', { takeId })));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      await finished(takeId);
      expect(await speaker.value('recordings.finish', { takeId })).toEqual(answers[0]);
    });

    test('without its database for a moment: nothing is lost, and it is asked again', async () => {
      const { speaker, first } = await speakerInInterview();
      const takeId = await speaker.record(first);
      const transaction = vi.spyOn(database.dataSource, 'transaction');
      transaction.mockRejectedValueOnce(new Error('Connection terminated'));
      expect((await speaker.error('recordings.finish', { takeId })).code).toBe('INTERNAL');
      transaction.mockRestore();
      expect((await recordings.take(takeId)).state).toBe('RECORDING');
      expect(await speaker.value('recordings.finish', { takeId })).toMatchObject({ durationMs: speechMs });
      await finished(takeId);
    });

    test('a take in which nothing was recorded is said to be so, and leaves no trace', async () => {
      const { speaker, interviewId, first } = await speakerInInterview();
      const header = new Uint8Array(speech.subarray(0, 155));
      for (const chunks of [[], [header]]) {
        const takeId = await speaker.record(first, chunks);
        expect(await speaker.error('recordings.finish', { takeId })).toMatchObject({
          ...{ code: 'CONFLICT', message: 'Nothing was recorded, so this attempt does not count.' },
          details: { empty: true },
        });
        expect((await speaker.error('recordings.finish', { takeId })).code).toBe('NOT_FOUND');
      }
      expect(await takeStates(interviewId)).toEqual([]);
      expect(await database.dataSource.manager.countBy(Answer, { questionId: first })).toBe(0);
      expect(await readdir(join(recordings.folder, interviewId))).toEqual([]);
    });

    test('an empty attempt leaves a written answer alone', async () => {
      const { speaker, first } = await speakerInInterview();
      await database.dataSource.manager.insert(Answer, {
        ...{ id: '01890000-0000-7000-8000-00000000000a', questionId: first, transcript: 'By hand.' },
      });
      const takeId = await speaker.record(first, []);
      await speaker.error('recordings.finish', { takeId });
      expect(await database.dataSource.manager.findOneBy(Answer, { questionId: first })).toMatchObject({
        ...{ transcript: 'By hand.', audioUrl: null },
      });
      await database.dataSource.manager.delete(Answer, { questionId: first });
    });

    test('the newest take is the chosen one, and a question that was skipped is not so any more', async () => {
      const { speaker, interviewId, first } = await speakerInInterview();
      const { manager } = database.dataSource;
      await manager.update(Question, { id: first }, { askedAt: new Date(), skippedAt: new Date() });
      for (const number of [1, 2, 3]) {
        const takeId = await speaker.record(first);
        await speaker.value('recordings.finish', { takeId });
        expect(await recordings.take(takeId)).toMatchObject({
          ...{ number, chosen: true, answer: { audioUrl: `media://takes/${takeId}` } },
        });
        await finished(takeId);
      }
      expect(await takeStates(interviewId)).toEqual(['1 FINISHED', '2 FINISHED', '3 FINISHED chosen']);
      expect((await manager.findOneByOrFail(Question, { id: first })).skippedAt).toBeNull();
    });

    test('a take that cannot be read is kept as it is, said in the log, and harms no other', async () => {
      const { speaker, interviewId, first, second } = await speakerInInterview();
      const rubbish = new Uint8Array(5_000).fill(0x55);
      rubbish.set(speech.subarray(0, 155));
      const broken = await speaker.record(first, [rubbish]);
      await speaker.value('recordings.finish', { takeId: broken });
      const takeId = await speaker.record(second);
      await speaker.value('recordings.finish', { takeId });
      await finished(takeId);
      expect(await recordings.take(broken)).toMatchObject({ state: 'STOPPED', durationMs: null });
      expect(Buffer.from(rubbish).equals(await recordings.file(interviewId, `${broken}.webm.part`))).toBe(
        true,
      );
      expect(recordings.logged.some(({ msg }) => msg.startsWith('a recording could not be finished'))).toBe(
        true,
      );
      expect((await speaker.media(broken)).status).toBe(200);
    });
  });

  describe('around an interview', () => {
    test('its recordings end with it, all kept', async () => {
      const { speaker, interviewId, first } = await speakerInInterview();
      const takeId = await speaker.record(first);
      await recordings.stopTakesOf(interviewId);
      expect((await recordings.take(takeId)).state).not.toBe('RECORDING');
      await recordings.stopTakesOf(interviewId);
      await finished(takeId);
    });

    test('its files are removed with it, a recording that runs included', async () => {
      const { speaker, interviewId, first, second } = await speakerInInterview();
      const kept = await speakerInInterview();
      const other = await kept.speaker.record(kept.first);
      await kept.speaker.value('recordings.finish', { takeId: other });
      await speaker.value('recordings.finish', { takeId: await speaker.record(first) });
      await speaker.record(second);
      await recordings.deleteInterviewFiles(interviewId);
      await recordings.deleteInterviewFiles(interviewId);
      expect(await readdir(recordings.folder)).not.toContain(interviewId);
      await finished(other);
      await expect(recordings.deleteInterviewFiles('../..')).rejects.toThrow('not the id');
      expect(await readdir(recordings.folder)).toContain(kept.interviewId);
    });
  });

  describe('closing', () => {
    async function restarted(
      work: (first: TestRecordings, speaker: Speaker, question: string) => Promise<string>,
    ) {
      const before = startRecordings(database, engine, { folder: join(database.paths.folder, 'restarted') });
      const speaker = await before.speaker();
      const { questions } = await before.interview(speaker);
      const takeId = await work(before, speaker, questions[0] ?? '');
      return { takeId, speaker, folder: before.folder };
    }

    test('a recording that runs is kept, and none is begun any more', async () => {
      const { takeId, folder } = await restarted(async (before, speaker, questionId) => {
        const id = await speaker.record(questionId);
        await before.close();
        expect((await speaker.error('recordings.begin', { questionId, mimeType })).message).toContain(
          'closing',
        );
        return id;
      });
      const take = await recordings.take(takeId);
      expect(take).toMatchObject({ durationMs: speechMs, recovered: false, chosen: true });
      expect(take.state).not.toBe('RECORDING');
      await rm(folder, { recursive: true });
    });
  });
});
