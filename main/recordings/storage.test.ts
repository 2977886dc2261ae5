import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OutputOf } from '../../shared/contract/index.ts';
import { recordingFormat } from '../../shared/model/recording.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import {
  type Speaker,
  speechChunks,
  startRecordings,
  type TestRecordings,
} from '../../tests/fixtures/recordings.ts';
import type { DataPaths } from '../config/data-paths.ts';
import { Interview } from '../database/entities/index.ts';
import { EventHub } from '../events.ts';
import type { Handler } from '../operations/handlers.ts';
import { RecordingsPlace } from './recordings-place.ts';
import { createStorage, type Storage } from './storage.ts';

type StorageOperation = keyof Storage['handlers'];

describe.each(testEngines)('where recordings are, on %s', (engine) => {
  let database: TestDatabase;
  let paths: DataPaths;
  let disk: string;
  let place: RecordingsPlace;
  let recordings: TestRecordings;
  let storage: Storage;
  let ada: Speaker;
  let chosen: string | null;
  let opened: string[];
  let told: number;

  /** As the app starts, on what is there. */
  async function start(known?: Speaker): Promise<void> {
    place = new RecordingsPlace(paths);
    recordings = startRecordings(database, engine, { place });
    const events = new EventHub();
    events.subscribe(() => {
      told += 1;
    });
    storage = createStorage({
      ...{ place, recordings, events, paths },
      log: pino({ level: 'silent' }),
      desktop: {
        openFolder: async (folder) => void opened.push(folder),
        chooseFolder: async () => chosen,
        chooseTarget: async () => null,
        chooseCertificate: async () => null,
      },
    });
    ada = await recordings.speaker(known);
    await storage.resume();
  }
  async function stop(): Promise<void> {
    await storage.close();
    await recordings.close();
  }

  beforeEach(async () => {
    database = await openTestDatabase(engine);
    disk = await mkdtemp(join(tmpdir(), 'parley-disk-'));
    const folder = await mkdtemp(join(tmpdir(), 'parley-data-'));
    paths = {
      ...database.paths,
      ...{ folder, recordings: join(folder, 'recordings'), settings: join(folder, 'settings.json') },
    };
    chosen = disk;
    opened = [];
    told = 0;
    await start();
  });
  afterEach(async () => {
    await stop();
    await database.dataSource.getRepository(Interview).createQueryBuilder().delete().execute();
    await database.close();
    for (const folder of [disk, paths.folder]) await rm(folder, { recursive: true, force: true });
  });

  /** Calls an operation as the gate would. */
  async function call<N extends StorageOperation>(name: N): Promise<OutputOf<N>> {
    const handler = storage.handlers[name] as unknown as Handler<'storage.status'>;
    const value = await handler({ input: undefined, person: ada, client: { id: 'client', label: 'test' } });
    return value as unknown as OutputOf<N>;
  }
  const moved = () => expect.poll(async () => (await call('storage.status')).move).toBeNull();
  const answered = async () => {
    const { id, questions } = await recordings.interview(ada);
    const takeId = await ada.record(questions[0] ?? '');
    await ada.value('recordings.finish', { takeId });
    await expect.poll(async () => (await recordings.take(takeId)).state).toBe('FINISHED');
    return { id, takeId, next: questions[1] ?? '' };
  };

  /** The finished recordings of an interview in a folder; what is drawn of them lies beside. */
  const finishedIn = async (folder: string, id: string) =>
    (await readdir(join(folder, id))).filter((name) => name.endsWith('.webm')).sort();

  test('is said, measured and opened', async () => {
    await answered();
    expect(await call('storage.status')).toMatchObject({
      ...{ folder: paths.recordings, usual: true, there: true, move: null, waiting: null, canChoose: true },
      freeBytes: expect.any(Number),
    });
    // The recording, and what is drawn of it.
    await expect.poll(() => call('storage.measure')).toEqual({ files: 2, sizeBytes: expect.any(Number) });
    await call('storage.open');
    expect(opened).toEqual([paths.recordings]);
  });

  test('moves, plays from the new place at once and after a start, and moves back', async () => {
    const { id, takeId, next } = await answered();
    expect(await call('storage.move')).toEqual({ begun: true });
    await moved();
    expect(told).toBeGreaterThan(1);
    expect(await finishedIn(disk, id)).toEqual([`${takeId}.webm`]);
    expect(await readdir(paths.recordings)).toEqual([]);
    expect((await ada.media(takeId)).status).toBe(200);
    const second = await ada.record(next);
    await ada.value('recordings.finish', { takeId: second });
    await expect.poll(() => finishedIn(disk, id)).toEqual([`${takeId}.webm`, `${second}.webm`].sort());

    await stop();
    await start(ada);
    expect(await call('storage.status')).toMatchObject({ folder: disk, usual: false, there: true });
    expect((await ada.media(takeId)).status).toBe(200);
    await call('storage.moveBack');
    await moved();
    expect(await finishedIn(paths.recordings, id)).toEqual([`${takeId}.webm`, `${second}.webm`].sort());
    expect(await call('storage.status')).toMatchObject({ folder: paths.recordings, usual: true });
    expect((await ada.media(second)).status).toBe(200);
  });

  test('stays when the dialog is cancelled, or the folder will not do', async () => {
    await answered();
    chosen = null;
    expect(await call('storage.move')).toEqual({ begun: false });
    chosen = disk;
    await writeFile(join(disk, 'thesis.txt'), '');
    await expect(call('storage.move')).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await call('storage.status')).toMatchObject({ folder: paths.recordings, move: null });
  });

  test('does not move while an answer is recorded, and nothing is recorded while it moves', async () => {
    const { questions } = await recordings.interview(ada);
    const takeId = await ada.record(questions[0] ?? '', speechChunks.slice(0, 2));
    await expect(call('storage.move')).rejects.toMatchObject({
      message: expect.stringMatching(/being recorded/),
    });
    await ada.value('recordings.finish', { takeId });
    const { mimeType } = recordingFormat;
    await recordings.whileStill(async () => {
      expect(await ada.error('recordings.begin', { questionId: questions[1] ?? '', mimeType })).toMatchObject(
        {
          message: expect.stringMatching(/being moved/),
        },
      );
    });
    await ada.value('recordings.begin', { questionId: questions[1] ?? '', mimeType });
  });

  test('is asked for when its disk is away: nothing is lost, and what was recorded meanwhile is joined', async () => {
    const { id, takeId, next } = await answered();
    await call('storage.move');
    await moved();
    await stop();
    const away = `${disk}-away`;
    await rename(disk, away);
    await mkdir(disk);

    await start(ada);
    await recordings.reconcile();
    expect(await recordings.take(takeId)).toMatchObject({ state: 'FINISHED' });
    expect(await call('storage.status')).toMatchObject({ folder: disk, there: false });
    const { mimeType } = recordingFormat;
    const refused = await ada.error('recordings.begin', { questionId: next, mimeType });
    expect(refused).toMatchObject({ code: 'CONFLICT', details: { folderAway: true } });
    expect(await readdir(disk)).toEqual([]);
    await expect(call('storage.gather')).resolves.toBeUndefined();
    await call('storage.giveUp');
    const second = await ada.record(next);
    await ada.value('recordings.finish', { takeId: second });
    await expect.poll(async () => (await recordings.take(second)).state).toBe('FINISHED');
    await expect(call('storage.gather')).rejects.toMatchObject({ code: 'CONFLICT' });

    await rm(disk, { recursive: true });
    await rename(away, disk);
    expect(await call('storage.status')).toMatchObject({ waiting: { folder: disk, there: true } });
    await call('storage.gather');
    await moved();
    expect(await call('storage.status')).toMatchObject({ folder: paths.recordings, waiting: null });
    expect(await finishedIn(paths.recordings, id)).toEqual([`${takeId}.webm`, `${second}.webm`].sort());
    expect((await ada.media(takeId)).status).toBe(200);
  });

  test('a move that was cut off is offered, gone on with, or taken back', async () => {
    const { takeId } = await answered();
    const journal = JSON.stringify({ from: paths.recordings, to: disk, phase: 'COPYING' });
    const cutOff = async () => {
      await stop();
      await writeFile(join(paths.folder, 'recordings-move.json'), journal);
      await start(ada);
      expect(await call('storage.status')).toMatchObject({ move: { state: 'interrupted', to: disk } });
    };
    await cutOff();
    await expect(call('storage.move')).rejects.toMatchObject({ message: expect.stringMatching(/cut off/) });
    await call('storage.cancelMove');
    expect(await call('storage.status')).toMatchObject({ folder: paths.recordings, move: null });
    await cutOff();
    await call('storage.resumeMove');
    await moved();
    expect(await call('storage.status')).toMatchObject({ folder: disk });
    expect((await ada.media(takeId)).status).toBe(200);
  });

  test('files without a row and rows without a file are counted, and left', async () => {
    const { id, takeId, next } = await answered();
    expect(await call('storage.findStrays')).toMatchObject({
      files: { count: 0, rows: [] },
      takes: { count: 0, rows: [] },
      elsewhere: 0,
    });
    const [stray, stranger] = [`${v7()}.webm`, v7()];
    await writeFile(join(paths.recordings, id, stray), 'stray');
    await mkdir(join(paths.recordings, stranger));
    await writeFile(join(paths.recordings, stranger, stray), 'stranger');
    await rm(join(paths.recordings, id, `${takeId}.webm`));
    const gone = { chosen: false, discardedAt: new Date() };
    await recordings.leave(next, gone);
    for (const _ of [1, 2]) {
      const strays = await call('storage.findStrays');
      expect(strays.files).toMatchObject({ count: 2, sizeBytes: 13 });
      expect(strays.files.rows.map(({ name }) => name).sort()).toEqual(
        [`${id}/${stray}`, `${stranger}/${stray}`].sort(),
      );
      expect(strays.takes).toMatchObject({ count: 1, rows: [{ takeId, interviewId: id }] });
    }
    // Where a whole folder has gone: here the rows are lost, on a team's server they are elsewhere.
    await rm(join(paths.recordings, id), { recursive: true });
    const { takes, elsewhere } = await call('storage.findStrays');
    expect([takes.count, elsewhere]).toEqual(engine === 'embedded' ? [1, 0] : [0, 1]);
  });
});
