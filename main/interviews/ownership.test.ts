import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import {
  addTake,
  beginPractice,
  startInterviews,
  type TestInterviews,
  type TestPerson,
} from '../../tests/fixtures/interviews.ts';

describe.each(testEngines)("somebody else's interview on %s", (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let owner: TestPerson;
  let id: string;
  let questionId: string;
  let takeId: string;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    app = await startInterviews(database, engine);
    owner = await app.addPerson();
    ({ id, first: questionId } = await beginPractice(owner));
    takeId = await addTake(database.dataSource, questionId);
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  const attempts = () =>
    [
      ['interviews.get', { id }],
      ['interviews.begin', { id }],
      ['interviews.complete', { id }],
      ['interviews.abandon', { id }],
      ['interviews.delete', { id }],
      ['interviews.restore', { id }],
      ['questions.ask', { questionId }],
      ['questions.skip', { questionId }],
      ['answers.chooseTake', { takeId }],
      ['answers.saveTranscript', { questionId, transcript: 'I was here.' }],
      ['answers.rate', { questionId, level: 1 }],
    ] as const;

  test.each(['CANDIDATE', 'INTERVIEWER', 'ADMIN'] as const)('does not exist for another %s', async (role) => {
    const other = await app.addPerson(role);
    const before = await owner.value('interviews.get', { id });
    for (const [name, input] of attempts()) {
      expect([name, (await other.error(name, input)).code]).toEqual([name, 'NOT_FOUND']);
    }
    expect(await owner.value('interviews.get', { id })).toEqual(before);
    expect((await other.value('interviews.list', {})).rows).toEqual([]);
    expect((await other.value('interviews.list', { deleted: true })).rows).toEqual([]);
    expect(await other.value('interviews.unfinished', undefined)).toBeNull();
  });

  test('is told in the same words as one that never was', async () => {
    const other = await app.addPerson();
    const nowhere = '0197aaaa-0000-7000-8000-000000000000';
    for (const [name, input] of attempts()) {
      const missing = Object.fromEntries(
        Object.entries(input).map(([key, value]) => [
          key,
          key.toLowerCase().endsWith('id') ? nowhere : value,
        ]),
      );
      expect(await other.error(name, input)).toEqual(await other.error(name, missing));
    }
  });

  test('is not reached by ids that are none', async () => {
    for (const [name, input] of attempts()) {
      for (const bad of ['', 'x', `${id}'--`, `${id}\0`, 7, null, { $ne: null }, [id]]) {
        const broken = Object.fromEntries(
          Object.entries(input).map(([key, value]) => [key, key.toLowerCase().endsWith('id') ? bad : value]),
        );
        expect((await owner.error(name, broken)).code).toBe('INVALID_INPUT');
      }
    }
  });
});
