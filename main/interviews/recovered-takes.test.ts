import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { restorableDays } from '../../shared/model/limits.ts';
import { takeAddress } from '../../shared/model/recording.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import {
  addTake,
  beginPractice,
  startInterviews,
  type TestInterviews,
  type TestPerson,
} from '../../tests/fixtures/interviews.ts';
import { Interview, Take } from '../database/entities/index.ts';

describe.each(testEngines)('recovered takes on %s', (engine) => {
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

  /** A take as a crash and the start after it leave it. */
  async function recovered(questionId: string, number = 1): Promise<string> {
    const id = await addTake(database.dataSource, questionId, { number });
    await database.dataSource.manager.update(Take, { id }, { recovered: true });
    return id;
  }
  const answerTo = async (interviewId: string) => {
    const { questions } = await person.value('interviews.get', { id: interviewId });
    return questions[0]?.answer;
  };
  const discardedDaysAgo = (id: string, days: number) =>
    database.dataSource.manager.update(
      Take,
      { id },
      { discardedAt: new Date(Date.now() - days * 86_400_000) },
    );

  test('are offered until they are kept', async () => {
    const { id, first } = await beginPractice(person);
    const takeId = await recovered(first);
    expect((await answerTo(id))?.takes).toMatchObject([{ id: takeId, recovered: true, offered: true }]);
    for (const _ of [1, 2]) {
      const { answer } = await person.value('answers.keepTake', { takeId });
      expect(answer?.takes).toMatchObject([{ id: takeId, recovered: true, offered: false }]);
    }
    expect(app.changes).toContain(`${person.id} ${id}`);
  });

  test('are kept by being chosen', async () => {
    const { first } = await beginPractice(person);
    await addTake(database.dataSource, first);
    const takeId = await recovered(first, 2);
    const { answer } = await person.value('answers.chooseTake', { takeId });
    expect(answer?.takes[1]).toMatchObject({ chosen: true, offered: false });
  });

  test('that are discarded are no answer and no attempt, and come back whole', async () => {
    const { id, first } = await beginPractice(person, { takesAllowed: 1 });
    const takeId = await recovered(first);
    await person.value('answers.chooseTake', { takeId });
    for (const _ of [1, 2]) {
      const discarded = await person.value('answers.discardTake', { takeId });
      expect(discarded).toMatchObject({
        state: 'ASKED',
        answer: { audioUrl: null, takes: [], discarded: [{ id: takeId, discardedAt: expect.any(String) }] },
      });
    }
    expect(await person.error('answers.chooseTake', { takeId })).toMatchObject({ code: 'CONFLICT' });
    expect(await person.error('answers.keepTake', { takeId })).toMatchObject({ code: 'CONFLICT' });
    for (const _ of [1, 2]) {
      const restored = await person.value('answers.restoreTake', { takeId, chosen: true });
      expect(restored).toMatchObject({
        state: 'ANSWERED',
        answer: {
          audioUrl: takeAddress(takeId),
          takes: [{ id: takeId, chosen: true, offered: false }],
          discarded: [],
        },
      });
    }
    await person.value('answers.discardTake', { takeId });
    // The attempt is free again, and the next take has a number of its own.
    const again = await person.speak(first);
    await person.value('recordings.finish', { takeId: again });
    expect((await answerTo(id))?.takes).toMatchObject([{ id: again, number: 2, chosen: true }]);
    const both = await person.value('answers.restoreTake', { takeId });
    expect(both.answer?.takes.map((take) => take.chosen)).toEqual([false, true]);
  });

  test('that counted give way to the newest of the others, and take their place again', async () => {
    const { first } = await beginPractice(person);
    const others = [await addTake(database.dataSource, first), ''];
    others[1] = await addTake(database.dataSource, first, { number: 2 });
    await addTake(database.dataSource, first, { number: 3, state: 'RECORDING' });
    const takeId = await recovered(first, 4);
    await person.value('answers.chooseTake', { takeId });
    const { answer } = await person.value('answers.discardTake', { takeId });
    expect(answer?.audioUrl).toBe(takeAddress(others[1]));
    expect(answer?.takes.filter((take) => take.chosen).map((take) => take.id)).toEqual([others[1]]);
    const restored = await person.value('answers.restoreTake', { takeId, chosen: true });
    expect(restored.answer?.audioUrl).toBe(takeAddress(takeId));
    expect(restored.answer?.takes.filter((take) => take.chosen).map((take) => take.id)).toEqual([takeId]);
  });

  test.each(['answers.keepTake', 'answers.discardTake', 'answers.restoreTake'] as const)(
    'attack: %s of a take that is whole, or somebody else’s',
    async (name) => {
      const { first } = await beginPractice(person);
      const whole = await addTake(database.dataSource, first);
      expect(await person.error(name, { takeId: whole })).toMatchObject({ code: 'CONFLICT' });
      const takeId = await recovered(first, 2);
      const stranger = await app.addPerson('ADMIN');
      expect(await stranger.error(name, { takeId })).toMatchObject({ code: 'NOT_FOUND' });
    },
  );

  test('that are discarded lose their file when their time has passed, and nothing else does', async () => {
    const { id, first } = await beginPractice(person);
    const takes = [await person.speak(first), await person.speak(first)];
    const [gone = '', stays = ''] = takes;
    for (const takeId of takes) {
      await person.value('recordings.finish', { takeId });
      await expect
        .poll(async () => (await app.filesOf(id)).filter((name) => name.startsWith(takeId)))
        .toEqual([`${takeId}.peaks`, `${takeId}.webm`]);
      await database.dataSource.manager.update(Take, { id: takeId }, { recovered: true });
      await person.value('answers.discardTake', { takeId });
    }
    await discardedDaysAgo(gone, restorableDays + 0.9);
    await app.interviews.purgeDeleted();
    expect(await app.filesOf(id)).toHaveLength(4);
    expect(await person.error('answers.restoreTake', { takeId: gone })).toMatchObject({ code: 'NOT_FOUND' });
    expect((await answerTo(id))?.discarded.map((take) => take.id)).toEqual([stays]);

    await discardedDaysAgo(gone, restorableDays + 1.1);
    await discardedDaysAgo(stays, restorableDays - 0.1);
    await app.interviews.purgeDeleted();
    expect(await app.filesOf(id)).toEqual([`${stays}.peaks`, `${stays}.webm`]);
    await person.value('answers.restoreTake', { takeId: stays });
    await app.interviews.purgeDeleted();
    expect(await app.filesOf(id)).toEqual([`${stays}.peaks`, `${stays}.webm`]);
  });
});
