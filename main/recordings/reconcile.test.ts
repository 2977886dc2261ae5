import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { decodeRecording } from '../../tests/fixtures/audio.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import {
  longRecording,
  packetsOf,
  type Speaker,
  sha256,
  soundOf,
  speech,
  speechMs,
  startRecordings,
  type TestRecordings,
} from '../../tests/fixtures/recordings.ts';
import { Take } from '../database/entities/index.ts';
import { EventHub } from '../events.ts';
import { forkNode } from '../hosts/node-fork.ts';
import { Keeping } from './keeping.ts';
import { takeFiles } from './take-files.ts';

const recorder = fileURLToPath(new URL('../../tests/fixtures/recording/record.ts', import.meta.url));

describe.each(testEngines)('after a crash, on %s', (engine) => {
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

  async function left(row: Partial<Take> = {}) {
    const speaker = await recordings.speaker();
    const { id: interviewId, questions } = await recordings.interview(speaker);
    const [first = '', second = ''] = questions;
    const takeId = await recordings.leave(first, row);
    const files = takeFiles(recordings.folder, interviewId, takeId);
    await mkdir(files.folder, { recursive: true });
    return { speaker, interviewId, first, second, takeId, files };
  }

  const newKeeping = () =>
    new Keeping({
      database,
      events: new EventHub(),
      log: pino({ level: 'silent' }),
      fork: forkNode,
      folder: recordings.folder,
    });

  const closed = (take: { takeId: string; interviewId: string; speaker: Speaker }) => ({
    ...{ id: take.takeId, interviewId: take.interviewId, personId: take.speaker.id },
    ...{ stoppedAt: new Date(), recovered: false },
  });

  const stopped = { state: 'STOPPED', stoppedAt: new Date(), durationMs: speechMs } as const;

  async function expectFinished(
    takeId: string,
    files: { folder: string; finished: string },
    expected: Uint8Array,
  ) {
    const file = await readFile(files.finished);
    const names = (await readdir(files.folder)).filter((name) => name !== `${takeId}.peaks`);
    expect(names).toEqual([`${takeId}.webm`]);
    expect(await recordings.take(takeId)).toMatchObject({
      ...{ state: 'FINISHED', sizeBytes: file.length, sha256: sha256(file) },
    });
    expect(await soundOf(file)).toBe(await soundOf(expected));
    return file;
  }

  /** The last line of the log that reconciling ends with. */
  const summary = () => recordings.logged.findLast((line) => 'withoutFile' in line);

  describe('a take that was being recorded', () => {
    test('is kept up to its last whole block, chosen, and marked as recovered', async () => {
      const { speaker, interviewId, takeId, files } = await left();
      await writeFile(files.raw, speech.subarray(0, 9_000));
      const lastChunk = new Date('2026-11-20T10:00:00Z');
      await utimes(files.raw, lastChunk, lastChunk);
      await recordings.reconcile();
      const { packets } = await packetsOf(speech);
      const file = await readFile(files.finished);
      const kept = (await packetsOf(file)).packets;
      expect(kept.map(({ data }) => data)).toEqual(packets.slice(0, kept.length).map(({ data }) => data));
      const keptBytes = kept.reduce((sum, { data }) => sum + data.length, 0);
      expect(keptBytes).toBeGreaterThan(9_000 - 155 - kept.length * 8 - 400);
      expect(await recordings.take(takeId)).toMatchObject({
        ...{ state: 'FINISHED', recovered: true, chosen: true, stoppedAt: lastChunk },
        answer: { audioUrl: `media://takes/${takeId}` },
      });
      expect(recordings.changes).toContain(`${speaker.id} ${interviewId}`);
      expect((await decodeRecording(file)).samples.length).toBeGreaterThan(0);
    });

    test('does not take the place of a complete one', async () => {
      const { speaker, first, takeId, files } = await left({ ...stopped, chosen: true });
      await writeFile(files.raw, speech);
      const cutOff = await recordings.leave(first);
      await writeFile(files.raw.replace(takeId, cutOff), speech.subarray(0, 9_000));
      await recordings.reconcile();
      expect((await recordings.take(takeId)).chosen).toBe(true);
      expect(await recordings.take(cutOff)).toMatchObject({ chosen: false, recovered: true });
      expect((await speaker.media(cutOff)).status).toBe(200);
    });

    test('with nothing in it, is taken back', async () => {
      for (const bytes of [new Uint8Array(), speech.subarray(0, 20), speech.subarray(0, 200)]) {
        const { takeId, files } = await left();
        await writeFile(files.raw, bytes);
        await recordings.reconcile();
        expect(await database.dataSource.manager.existsBy(Take, { id: takeId })).toBe(false);
        expect(await readdir(files.folder)).toEqual([]);
      }
    });

    test('does not keep its person from recording on', async () => {
      const { speaker, first, takeId, files } = await left();
      await writeFile(files.raw, speech.subarray(0, 9_000));
      await recordings.reconcile();
      const next = await speaker.record(first);
      await speaker.value('recordings.finish', { takeId: next });
      expect(await recordings.take(next)).toMatchObject({ number: 2, chosen: true });
      expect((await recordings.take(takeId)).chosen).toBe(false);
    });
  });

  describe('cut off while it was being finished', () => {
    test.each<[string, (files: ReturnType<typeof takeFiles>) => Promise<void>]>([
      ['before anything was written', async (files) => writeFile(files.raw, speech)],
      [
        'in the middle of the draft',
        async (files) => {
          await writeFile(files.raw, speech);
          await writeFile(files.draft, speech.subarray(0, 5_000));
        },
      ],
      [
        'after the draft got its name, before the row was told',
        async (files) => {
          await writeFile(files.raw, speech);
          await writeFile(files.finished, speech.subarray(0, 5_000));
        },
      ],
      [
        'after the raw file went, with a database that is behind',
        async (files) => writeFile(files.finished, speech),
      ],
    ])('%s: finished as if nothing had been', async (_, leave) => {
      const { takeId, files } = await left(stopped);
      await leave(files);
      await recordings.reconcile();
      await expectFinished(takeId, files, speech);
      expect((await recordings.take(takeId)).recovered).toBe(false);
    });

    test('after the row was told, before the raw file went', async () => {
      const finished = { state: 'FINISHED', durationMs: speechMs, sizeBytes: speech.length } as const;
      const { takeId, files } = await left({ ...finished, sha256: sha256(speech) });
      await writeFile(files.finished, speech);
      await writeFile(files.raw, speech);
      await writeFile(files.draft, 'half');
      await recordings.reconcile();
      await expectFinished(takeId, files, speech);
    });

    test('a finished file that a failing disk has cut is made again while the raw one is there', async () => {
      const finished = { state: 'FINISHED', durationMs: speechMs, sizeBytes: speech.length } as const;
      const { takeId, files } = await left({ ...finished, sha256: sha256(speech) });
      await writeFile(files.finished, speech.subarray(0, 100));
      await writeFile(files.raw, speech);
      await recordings.reconcile();
      await expectFinished(takeId, files, speech);
    });

    test('the worker ended in the middle: it plays as it is, and the next start finishes it', async () => {
      const { speaker, interviewId, takeId, files } = await left();
      const recording = await longRecording(35);
      await writeFile(files.raw, recording);
      const keeping = newKeeping();
      const kept = await keeping.keep(closed({ takeId, interviewId, speaker }));
      await keeping.close(0);
      expect(await kept?.finished).toBe(false);
      expect((await recordings.take(takeId)).state).toBe('STOPPED');
      expect((await (await speaker.media(takeId)).bytes()).length).toBe(recording.length);
      await recordings.reconcile();
      await expectFinished(takeId, files, recording);
    });

    test('the raw file stays until the database has taken the finished one', async () => {
      const take = await left();
      await writeFile(take.files.raw, speech);
      const { manager } = database.dataSource;
      const update = vi.spyOn(manager, 'update').mockRejectedValueOnce(new Error('Connection terminated'));
      const kept = await newKeeping().keep(closed(take));
      expect(await kept?.finished).toBe(false);
      update.mockRestore();
      expect(await readFile(take.files.raw)).toEqual(speech);
      await recordings.reconcile();
      await expectFinished(take.takeId, take.files, speech);
    });

    test('a worker that fails takes no other take along', async () => {
      const lost = await left();
      const good = await left();
      await writeFile(good.files.raw, speech);
      const keeping = newKeeping();
      const [broken, kept] = await Promise.all([keeping.keep(closed(lost)), keeping.keep(closed(good))]);
      expect(await broken?.finished).toBe(false);
      expect(await kept?.finished).toBe(true);
      expect(await recordings.take(lost.takeId)).toMatchObject({ state: 'STOPPED', durationMs: null });
      await expectFinished(good.takeId, good.files, speech);
      await database.dataSource.query('DELETE FROM interviews WHERE id = $1', [lost.interviewId]);
      await recordings.deleteInterviewFiles(lost.interviewId);
    });
  });

  describe('what does not match', () => {
    test('is counted and said, and stays', async () => {
      const { interviewId, files } = await left(stopped);
      const stray = join(files.folder, '01890000-0000-7000-8000-000000000001.webm.part');
      await writeFile(stray, speech);
      await writeFile(join(recordings.folder, 'notes.txt'), 'mine');
      const changed = await left({
        state: 'FINISHED',
        durationMs: 1,
        sizeBytes: 100,
        sha256: 'a'.repeat(64),
      });
      await writeFile(changed.files.finished, speech);
      await recordings.reconcile();
      expect(summary()).toMatchObject({ level: 40, withoutFile: 1, withoutRow: 1, changed: 1 });
      expect(await readFile(stray)).toEqual(speech);
      expect(await readFile(changed.files.finished)).toEqual(speech);
      expect(await readFile(join(recordings.folder, 'notes.txt'), 'utf8')).toBe('mine');
      await recordings.deleteInterviewFiles(interviewId);
      await recordings.deleteInterviewFiles(changed.interviewId);
      const { manager } = database.dataSource;
      await manager.query('DELETE FROM interviews WHERE id = ANY($1)', [[interviewId, changed.interviewId]]);
    });

    test('a damaged recording is finished up to the damage, and its bytes are kept', async () => {
      const { takeId, files } = await left();
      const damaged = Buffer.from(speech);
      damaged.fill(0, 12_000, 12_600);
      await writeFile(files.raw, damaged);
      await recordings.reconcile();
      expect(await recordings.take(takeId)).toMatchObject({ state: 'FINISHED', recovered: true });
      expect((await packetsOf(await readFile(files.finished))).packets.length).toBeGreaterThan(40);
      expect(await readFile(files.damaged)).toEqual(damaged);
      await recordings.reconcile();
      const names = ['peaks', 'webm', 'webm.damaged'].map((kind) => `${takeId}.${kind}`);
      expect((await readdir(files.folder)).toSorted()).toEqual(names);
    });

    test('a damaged recording keeps its bytes also when the database fails in between', async () => {
      const take = await left();
      const damaged = Buffer.from(speech);
      damaged.fill(0, 12_000, 12_600);
      await writeFile(take.files.raw, damaged);
      const update = vi
        .spyOn(database.dataSource.manager, 'update')
        .mockRejectedValueOnce(new Error('Connection terminated'));
      const kept = await newKeeping().keep(closed(take));
      expect(await kept?.finished).toBe(false);
      update.mockRestore();
      await recordings.reconcile();
      await recordings.reconcile();
      expect((await recordings.take(take.takeId)).state).toBe('FINISHED');
      expect(await readFile(take.files.damaged)).toEqual(damaged);
    });

    test('one file that breaks the worker leaves the others their turn', async () => {
      const broken = await left(stopped);
      const rubbish = Buffer.concat([speech.subarray(0, 155), Buffer.alloc(3_000, 0x77)]);
      await writeFile(broken.files.raw, rubbish);
      const good = await left(stopped);
      await writeFile(good.files.raw, speech);
      await recordings.reconcile();
      await expectFinished(good.takeId, good.files, speech);
      expect((await recordings.take(broken.takeId)).state).toBe('STOPPED');
      expect(await readFile(broken.files.raw)).toEqual(rubbish);
      await recordings.deleteInterviewFiles(broken.interviewId);
    });
  });

  test('run again, it finds everything in order', async () => {
    const { takeId, files } = await left();
    await writeFile(files.raw, speech);
    await Promise.all([recordings.reconcile(), recordings.reconcile()]);
    const before = await expectFinished(takeId, files, speech);
    const row = await recordings.take(takeId);
    await recordings.reconcile();
    expect(await readFile(files.finished)).toEqual(before);
    expect(await recordings.take(takeId)).toEqual(row);
    expect(summary()).toMatchObject({ recovered: 0, finished: 0, failed: 0 });
  });

  test('what is being recorded right now is left alone', async () => {
    const speaker: Speaker = await recordings.speaker();
    const { questions } = await recordings.interview(speaker);
    const takeId = await speaker.record(questions[0] ?? '');
    await recordings.reconcile();
    expect((await recordings.take(takeId)).state).toBe('RECORDING');
    expect((await speaker.value('recordings.finish', { takeId })).durationMs).toBe(speechMs);
  });

  test('a process killed while recording, again and again: all that was called safe is there', async () => {
    const source = join(database.paths.folder, 'source.webm');
    const recording = Buffer.from(await longRecording(2));
    await writeFile(source, recording);
    for (let round = 0; round < 6; round += 1) {
      const { interviewId, takeId, files } = await left();
      const child = spawn(
        process.execPath,
        [recorder, recordings.folder, interviewId, takeId, source, '700'],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      let safeBytes = 0;
      let lines = 0;
      for await (const line of createInterface(child.stdout)) {
        safeBytes = Number(line);
        lines += 1;
        if (safeBytes > 0 && lines > 30 * (round + 1)) child.kill('SIGKILL');
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      expect(child.signalCode).toBe('SIGKILL');
      expect(safeBytes).toBeGreaterThan(0);
      // A power cut may take what was not flushed.
      if (round % 2 === 1) await truncate(files.raw, safeBytes);
      await recordings.reconcile();
      const kept = await decodeRecording(await readFile(files.finished));
      const { packets } = await packetsOf(recording);
      let at = 0;
      const safePackets = packets.filter(({ data }) => {
        at = recording.indexOf(data, at) + data.length;
        return at <= safeBytes;
      });
      expect(safePackets.length).toBeGreaterThan(0);
      expect(kept.samples.length / kept.rate).toBeGreaterThanOrEqual(safePackets.length * 0.06 - 0.001);
      expect((await recordings.take(takeId)).recovered).toBe(true);
    }
  });
});
