import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { restorableDays } from '../../shared/model/limits.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import {
  addTake,
  beginPractice,
  startInterviews,
  type TestInterviews,
  type TestPerson,
  usualPractice,
} from '../../tests/fixtures/interviews.ts';
import { speechMs } from '../../tests/fixtures/recordings.ts';
import { Answer, Interview, LibraryQuestion, Question, Take } from '../database/entities/index.ts';

describe.each(testEngines)('deleted interviews on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let person: TestPerson;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    app = await startInterviews(database, engine);
    person = await app.addPerson();
  });
  afterEach(async () => {
    await app.close();
    await database.dataSource.getRepository(Interview).createQueryBuilder().delete().execute();
  });

  /** As if it had been deleted so many hours before the time to restore it runs out. */
  const expiresIn = (hours: number, id: string) =>
    database.dataSource
      .getRepository(Interview)
      .update({ id }, { deletedAt: new Date(Date.now() - (restorableDays * 24 - hours) * 3_600_000) });
  const rowsOf = (deleted: boolean) =>
    person.value('interviews.list', { deleted }).then(({ rows }) => rows.map(({ id }) => id));

  test('leave every list at once, refuse changes, and come back whole', async () => {
    const { id, first } = await beginPractice(person);
    const takeId = await addTake(database.dataSource, first);
    await person.value('interviews.complete', { id });
    const before = await person.value('interviews.get', { id });

    for (const _ of [1, 2]) await person.value('interviews.delete', { id });
    expect(await rowsOf(false)).toEqual([]);
    expect(await rowsOf(true)).toEqual([id]);
    const deleted = await person.value('interviews.get', { id });
    expect(deleted).toEqual({ ...before, deletedAt: expect.any(String) });
    for (const [name, input] of [
      ['interviews.abandon', { id }],
      ['questions.ask', { questionId: first }],
      ['answers.chooseTake', { takeId }],
      ['answers.saveTranscript', { questionId: first, transcript: 'Late.' }],
      ['answers.rate', { questionId: first, level: 3 }],
    ] as const) {
      expect(await person.error(name, input)).toMatchObject({
        ...{ code: 'CONFLICT', message: expect.stringMatching(/Restore it first/) },
      });
    }

    for (const _ of [1, 2]) await person.value('interviews.restore', { id });
    expect(await rowsOf(false)).toEqual([id]);
    expect(await rowsOf(true)).toEqual([]);
    expect(await person.value('interviews.get', { id })).toEqual(before);
  });

  test('keep when they were deleted, however often that is said', async () => {
    const { id } = await person.value('practice.create', usualPractice);
    await person.value('interviews.delete', { id });
    await expiresIn(1, id);
    const { deletedAt } = await person.value('interviews.get', { id });
    await person.value('interviews.delete', { id });
    expect((await person.value('interviews.get', { id })).deletedAt).toBe(deletedAt);
  });

  test('were ended first where they were in progress, with what was being recorded kept', async () => {
    const { id, first } = await beginPractice(person);
    await person.speak(first);
    await person.value('interviews.delete', { id });
    expect(await person.value('interviews.unfinished', undefined)).toBeNull();
    await person.value('interviews.restore', { id });
    expect(await person.value('interviews.get', { id })).toMatchObject({
      ...{ status: 'ABANDONED', answeredCount: 1 },
      questions: [{ state: 'ANSWERED', answer: { takes: [{ durationMs: speechMs }] } }, {}, {}],
    });
    await beginPractice(person);
  });

  /** A practice with one spoken answer, deleted so that its time to be restored ends in so many hours. */
  const deletedPractice = async (hours: number): Promise<string> => {
    const { id, first } = await beginPractice(person);
    const takeId = await person.speak(first);
    await person.value('interviews.delete', { id });
    await expect.poll(() => app.filesOf(id)).toEqual([`${takeId}.peaks`, `${takeId}.webm`]);
    await expiresIn(hours, id);
    return id;
  };

  test('go for good when their time has passed, rows and files, and not a moment earlier', async () => {
    const kept = await deletedPractice(0.01);
    const gone = await deletedPractice(-0.01);
    const untouched = await beginPractice(person);

    await app.interviews.purgeDeleted();

    expect(await app.filesOf(gone)).toEqual([]);
    expect((await person.error('interviews.restore', { id: gone })).code).toBe('NOT_FOUND');
    const { manager } = database.dataSource;
    expect((await manager.find(Interview)).map(({ id }) => id).toSorted()).toEqual(
      [kept, untouched.id].toSorted(),
    );
    expect(await manager.countBy(Question, { interviewId: gone })).toBe(0);
    expect(await manager.count(Take)).toBe(1);
    expect(await manager.count(Answer)).toBe(1);
    expect(await manager.count(LibraryQuestion)).toBeGreaterThan(0);
    expect(await app.filesOf(kept)).toHaveLength(2);
    await person.value('interviews.restore', { id: kept });
  });

  test('go in batches, also when two processes remove at the same time', async () => {
    const other = await startInterviews(database, engine, join(database.paths.folder, 'other'));
    await database.dataSource.query(
      `INSERT INTO interviews (id, user_id, kind, title, difficulty, deleted_at)
       SELECT gen_random_uuid(), $1, 'PRACTICE', 'Old', 'MID', now() - interval '30 days'
       FROM generate_series(1, 250)`,
      [person.id],
    );
    await Promise.all([app.interviews.purgeDeleted(), other.interviews.purgeDeleted()]);
    await other.close();
    expect(await database.dataSource.manager.count(Interview)).toBe(0);
    expect(app.logged.join('')).not.toContain('"err"');
  });

  test('whose files would not go are said in the log, and go at a later start', async () => {
    const ids = [await deletedPractice(-1), await deletedPractice(-1)];
    app.diskFails = true;
    await app.interviews.purgeDeleted();
    expect(await database.dataSource.manager.count(Interview)).toBe(0);
    for (const id of ids) {
      expect(await app.filesOf(id)).toHaveLength(2);
      expect(app.logged.filter((line) => line.includes(id) && line.includes('could not'))).toHaveLength(1);
    }
    await app.close();
    app = await startInterviews(database, engine);
    await app.interviews.purgeDeleted();
    for (const id of ids) expect(await app.filesOf(id)).toEqual([]);
  });

  test('take their files along on every machine of a team, and no other files', async () => {
    const elsewhere = join(database.paths.folder, 'elsewhere');
    const stray = '0197aaaa-0000-7000-8000-000000000000';
    const other = await startInterviews(database, engine, elsewhere);
    const id = await deletedPractice(-1);
    const kept = await deletedPractice(1);
    await app.close();
    await cp(database.paths.recordings, elsewhere, { recursive: true });
    await cp(join(elsewhere, id), join(elsewhere, stray), { recursive: true });

    await app.interviews.purgeDeleted();
    expect(await app.filesOf(id)).toEqual([]);
    expect(await other.filesOf(id)).toHaveLength(2);
    await other.interviews.purgeDeleted();
    expect(await other.filesOf(id)).toEqual([]);
    expect(await other.filesOf(kept)).toHaveLength(2);
    expect(await other.filesOf(stray)).toHaveLength(2);
    await other.close();
  });

  test('stay when they are restored at the very moment of their removal', async () => {
    const id = await deletedPractice(-1);
    let removal: Promise<void> | undefined;
    await database.dataSource.transaction(async (manager) => {
      await manager.update(Interview, { id }, { deletedAt: null });
      removal = app.interviews.purgeDeleted();
      // On a server the removal comes past before the restoring is committed.
      if (engine === 'server') await removal;
    });
    await removal;
    expect(await rowsOf(false)).toEqual([id]);
    expect(await app.filesOf(id)).toHaveLength(2);
  });
});
