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
    app = await startInterviews(database.dataSource);
    person = await app.addPerson();
  });
  afterEach(async () => {
    app.close();
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
    expect(app.filesDeleted).toEqual([]);
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
    await addTake(database.dataSource, first, { state: 'RECORDING' });
    await person.value('interviews.delete', { id });
    expect(await person.value('interviews.unfinished', undefined)).toBeNull();
    await person.value('interviews.restore', { id });
    expect(await person.value('interviews.get', { id })).toMatchObject({
      ...{ status: 'ABANDONED', answeredCount: 1 },
      questions: [{ state: 'ANSWERED', answer: { takes: [{ state: 'STOPPED' }] } }, {}, {}],
    });
    await beginPractice(person);
  });

  test('go for good when their time has passed, rows and files, and not a moment earlier', async () => {
    const kept = await beginPractice(person);
    await addTake(database.dataSource, kept.first);
    await person.value('interviews.delete', { id: kept.id });
    const gone = await beginPractice(person);
    await addTake(database.dataSource, gone.first);
    await person.value('interviews.delete', { id: gone.id });
    const untouched = await beginPractice(person);
    await expiresIn(0.01, kept.id);
    await expiresIn(-0.01, gone.id);

    await app.interviews.purgeDeleted();

    expect(app.filesDeleted).toEqual([gone.id]);
    expect((await person.error('interviews.restore', { id: gone.id })).code).toBe('NOT_FOUND');
    const { manager } = database.dataSource;
    expect((await manager.find(Interview)).map(({ id }) => id).toSorted()).toEqual(
      [kept.id, untouched.id].toSorted(),
    );
    expect(await manager.countBy(Question, { interviewId: gone.id })).toBe(0);
    expect(await manager.count(Take)).toBe(1);
    expect(await manager.count(Answer)).toBe(1);
    expect(await manager.count(LibraryQuestion)).toBeGreaterThan(0);
    await person.value('interviews.restore', { id: kept.id });
  });

  test('go in batches, each once, also when two processes remove at the same time', async () => {
    const other = await startInterviews(database.dataSource);
    await database.dataSource.query(
      `INSERT INTO interviews (id, user_id, kind, title, difficulty, deleted_at)
       SELECT gen_random_uuid(), $1, 'PRACTICE', 'Old', 'MID', now() - interval '30 days'
       FROM generate_series(1, 250)`,
      [person.id],
    );
    await Promise.all([app.interviews.purgeDeleted(), other.interviews.purgeDeleted()]);
    other.close();
    const files = [...app.filesDeleted, ...other.filesDeleted];
    expect(files).toHaveLength(250);
    expect(new Set(files).size).toBe(250);
    expect(await database.dataSource.manager.count(Interview)).toBe(0);
  });

  test('whose files would not go are said in the log, and tried again', async () => {
    const ids = await Promise.all(
      [1, 2].map(() => person.value('practice.create', usualPractice).then(({ id }) => id)),
    );
    for (const id of ids) {
      await person.value('interviews.delete', { id });
      await expiresIn(-1, id);
    }
    app.diskFails = true;
    await app.interviews.purgeDeleted();
    expect(await database.dataSource.manager.count(Interview)).toBe(0);
    expect(app.filesDeleted).toEqual([]);
    for (const id of ids) expect(app.logged.join('')).toContain(id);

    app.diskFails = false;
    await app.interviews.purgeDeleted();
    expect(app.filesDeleted.toSorted()).toEqual(ids.toSorted());
    await app.interviews.purgeDeleted();
    expect(app.filesDeleted).toHaveLength(2);
  });
});
