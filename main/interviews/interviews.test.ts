import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { difficultyMix, questionDifficulties } from '../../shared/model/difficulty.ts';
import { takeAddress } from '../../shared/model/recording.ts';
import { allAtOnce } from '../../tests/fixtures/all-at-once.ts';
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
import { LibraryQuestion, Question } from '../database/entities/index.ts';

describe.each(testEngines)('interviews on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let person: TestPerson;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    app = await startInterviews(database, engine);
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });
  beforeEach(async () => {
    person = await app.addPerson();
  });

  describe('making a practice', () => {
    test('draws the mix from the chosen competencies, and snapshots questions with their limits', async () => {
      const made = await person.value('practice.create', {
        ...{ difficulty: 'SENIOR', questionCount: 6, competencies: ['databases', 'testing', 'databases'] },
        ...{ thinkTimeMs: 0, answerTimeMs: 61_500, takesAllowed: 2 },
      });
      expect(made).toMatchObject({
        ...{ kind: 'PRACTICE', status: 'PENDING', difficulty: 'SENIOR', questionCount: 6, answeredCount: 0 },
        ...{ title: 'Senior practice: databases, testing', startedAt: null, endedAt: null, score: null },
      });
      const mix = difficultyMix('SENIOR', 6);
      for (const difficulty of questionDifficulties) {
        expect(made.questions.filter((each) => each.difficulty === difficulty)).toHaveLength(mix[difficulty]);
      }
      for (const [position, question] of made.questions.entries()) {
        expect(question).toMatchObject({
          ...{
            position,
            state: 'NOT_ASKED',
            answer: null,
            thinkTimeMs: 0,
            answerTimeMs: 61_500,
            takesAllowed: 2,
          },
        });
        expect(['databases', 'testing']).toContain(question.competency);
        expect(question.covers.length).toBeGreaterThan(0);
      }
      expect(made.questions.filter(({ competency }) => competency === 'testing')).toHaveLength(3);
      expect(await person.value('interviews.get', { id: made.id })).toEqual(made);

      await database.dataSource
        .getRepository(LibraryQuestion)
        .update({ content: made.questions[0]?.content }, { content: 'Reworded?' });
      expect(await person.value('interviews.get', { id: made.id })).toEqual(made);
    });

    test('does not ask again what was asked lately, until everything has been asked', async () => {
      const asked: string[] = [];
      for (const _ of [1, 2, 3, 4]) {
        const { id, questions } = await person.value('practice.create', {
          ...{ ...usualPractice, competencies: ['concurrency'], questionCount: 2 },
        });
        await person.value('interviews.begin', { id });
        for (const question of questions) {
          await person.value('questions.ask', { questionId: question.id });
          asked.push(question.content);
        }
        await person.value('interviews.complete', { id });
      }
      // The starter library has eight on each competency.
      expect(new Set(asked).size).toBe(8);
      const again = await person.value('practice.create', {
        ...{ ...usualPractice, competencies: ['concurrency'], questionCount: 8 },
      });
      expect(again.questions.map(({ content }) => content).toSorted()).toEqual(asked.toSorted());
    });

    test('refuses more questions than there are, unknown competencies and settings out of bounds', async () => {
      const refused = async (settings: object) =>
        expect(await person.error('practice.create', { ...usualPractice, ...settings })).toMatchObject({
          code: 'INVALID_INPUT',
        });
      await refused({ competencies: ['databases'], questionCount: 20 });
      await refused({ competencies: ['cooking'] });
      await refused({ competencies: [] });
      await refused({ competencies: ['databases\0'.repeat(30)] });
      await refused({ competencies: ["databases'; DROP TABLE users; --"] });
      await refused({ questionCount: 0 });
      await refused({ questionCount: 2.5 });
      await refused({ thinkTimeMs: -1 });
      await refused({ answerTimeMs: 1e12 });
      await refused({ takesAllowed: Number.NaN });
      await refused({ difficulty: 'mid' });
      expect((await person.value('interviews.list', {})).rows).toEqual([]);
    });
  });

  describe('from begin to end', () => {
    test('goes through a practice, question by question', async () => {
      const { id, questions } = await person.value('practice.create', usualPractice);
      expect(await person.value('interviews.unfinished', undefined)).toBeNull();
      const begun = await person.value('interviews.begin', { id });
      expect(begun).toMatchObject({ status: 'IN_PROGRESS', endedAt: null });
      expect(Date.parse(begun.startedAt ?? '')).not.toBeNaN();
      expect(await person.value('interviews.unfinished', undefined)).toMatchObject({ id });

      const [spoken, typed, skipped] = questions.map((question) => question.id) as [string, string, string];
      for (const questionId of [spoken, typed, skipped]) {
        expect(await person.value('questions.ask', { questionId })).toMatchObject({ state: 'ASKED' });
      }
      const takeId = await person.speak(spoken);
      await person.value('recordings.finish', { takeId });
      await person.value('answers.saveTranscript', { questionId: typed, transcript: ' I would measure 🙂 ' });
      expect(await person.value('questions.skip', { questionId: skipped })).toMatchObject({
        state: 'SKIPPED',
      });

      const done = await person.value('interviews.complete', { id });
      expect(done).toMatchObject({ status: 'COMPLETED', answeredCount: 2, questionCount: 3 });
      expect(Date.parse(done.endedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(done.startedAt ?? ''));
      expect(done.questions).toMatchObject([
        { state: 'ANSWERED', answer: { takes: [{ id: takeId, audioUrl: takeAddress(takeId), number: 1 }] } },
        { state: 'ANSWERED', answer: { transcript: ' I would measure 🙂 ', takes: [] } },
        { state: 'SKIPPED', answer: null },
      ]);
      expect(await person.value('interviews.unfinished', undefined)).toBeNull();
      expect(app.changes).toContain(`${person.id} ${id}`);
    });

    test('refuses every move that is not allowed, and says why', async () => {
      const { id } = await person.value('practice.create', usualPractice);
      const refusal = async (name: 'interviews.begin' | 'interviews.complete' | 'interviews.abandon') => {
        const { code, message } = await person.error(name, { id });
        expect(code).toBe('CONFLICT');
        return message;
      };
      expect(await refusal('interviews.complete')).toMatch(/not begun/);
      await person.value('interviews.begin', { id });
      expect(await refusal('interviews.begin')).toMatch(/begun already/);
      await person.value('interviews.complete', { id });
      for (const name of ['interviews.begin', 'interviews.complete', 'interviews.abandon'] as const) {
        expect(await refusal(name)).toMatch(/completed/);
      }
      const other = await person.value('practice.create', usualPractice);
      expect(await person.value('interviews.abandon', { id: other.id })).toMatchObject({
        ...{ status: 'ABANDONED', startedAt: null },
      });
      expect((await person.error('interviews.begin', { id: other.id })).message).toMatch(/ended early/);
      expect((await person.error('interviews.complete', { id: other.id })).message).toMatch(/ended early/);
    });

    test('abandons with every answer kept, and stops what is being recorded first', async () => {
      const { id, first } = await beginPractice(person);
      const takeId = await person.speak(first);
      const ended = await person.value('interviews.abandon', { id });
      expect(ended).toMatchObject({ status: 'ABANDONED', answeredCount: 1 });
      expect(ended.questions[0]).toMatchObject({
        ...{
          state: 'ANSWERED',
          answer: {
            audioUrl: takeAddress(takeId),
            takes: [{ id: takeId, chosen: true, durationMs: speechMs }],
          },
        },
      });
    });

    test('has one practice in progress at a time', async () => {
      const { id } = await beginPractice(person);
      const next = await person.value('practice.create', usualPractice);
      const refused = await person.error('interviews.begin', { id: next.id });
      expect(refused).toMatchObject({
        code: 'CONFLICT',
        message: expect.stringMatching(/Resume it or end it/),
      });
      await person.value('interviews.abandon', { id });
      expect(await person.value('interviews.begin', { id: next.id })).toMatchObject({
        status: 'IN_PROGRESS',
      });
    });

    test('lets exactly one of several begin, complete or abandon at the same time', async () => {
      const all = await Promise.all([1, 2, 3, 4].map(() => person.value('practice.create', usualPractice)));
      const locked = {
        statement: 'SELECT FROM interviews WHERE user_id = $1 FOR UPDATE',
        parameters: [person.id],
      };
      const outcomes = await allAtOnce(
        database,
        engine,
        locked,
        all.flatMap(({ id }) => [1, 2].map(() => () => person.result('interviews.begin', { id }))),
      );
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
      for (const outcome of outcomes) if (!outcome.ok) expect(outcome.error.code).toBe('CONFLICT');

      const running = await person.value('interviews.unfinished', undefined);
      const id = running?.id ?? '';
      const endings = await allAtOnce(database, engine, locked, [
        () => person.result('interviews.complete', { id }),
        () => person.result('interviews.abandon', { id }),
        () => person.result('interviews.complete', { id }),
      ]);
      expect(endings.filter(({ ok }) => ok)).toHaveLength(1);
      for (const ending of endings) if (!ending.ok) expect(ending.error.code).toBe('CONFLICT');
      const { status } = await person.value('interviews.get', { id });
      expect(status).toBe(endings[1]?.ok ? 'ABANDONED' : 'COMPLETED');
    });
  });

  describe('questions', () => {
    test('keep when they were first asked', async () => {
      const { first } = await beginPractice(person);
      const askedAt = async () =>
        (await database.dataSource.getRepository(Question).findOneByOrFail({ id: first })).askedAt;
      const before = await askedAt();
      expect(before).toBeInstanceOf(Date);
      await person.value('questions.skip', { questionId: first });
      expect(await person.value('questions.ask', { questionId: first })).toMatchObject({ state: 'ASKED' });
      expect(await askedAt()).toEqual(before);
    });

    test('are skipped only once asked, not while recorded, and not once answered', async () => {
      const { questions, first } = await beginPractice(person);
      const skip = async (questionId: string) =>
        (await person.error('questions.skip', { questionId })).message;
      expect(await skip(questions[1]?.id ?? '')).toMatch(/not been asked/);
      const takeId = await person.speak(first);
      expect(await skip(first)).toMatch(/being recorded/);
      await person.value('recordings.finish', { takeId });
      expect(await skip(first)).toMatch(/is answered/);
      const second = questions[1]?.id ?? '';
      await person.value('questions.ask', { questionId: second });
      for (const _ of [1, 2]) {
        expect(await person.value('questions.skip', { questionId: second })).toMatchObject({
          state: 'SKIPPED',
        });
      }
    });

    test('are asked and skipped only while the interview is in progress', async () => {
      const { id, questions } = await person.value('practice.create', usualPractice);
      const questionId = questions[0]?.id ?? '';
      const messages = async () =>
        Promise.all(
          (['questions.ask', 'questions.skip'] as const).map(async (name) => {
            const { code, message } = await person.error(name, { questionId });
            return `${code}: ${message}`;
          }),
        );
      expect(new Set(await messages())).toEqual(new Set(['CONFLICT: This interview has not begun yet.']));
      await person.value('interviews.begin', { id });
      await person.value('interviews.abandon', { id });
      expect(new Set(await messages())).toEqual(new Set(['CONFLICT: This interview has ended.']));
    });
  });

  describe('answers', () => {
    test('take the audio of the chosen take, and keep the others', async () => {
      const { first } = await beginPractice(person);
      const takes = [
        await addTake(database.dataSource, first, { number: 1 }),
        await addTake(database.dataSource, first, { number: 2, state: 'STOPPED' }),
      ] as const;
      for (const chosen of [takes[1], takes[0], takes[0], takes[1]]) {
        const { answer } = await person.value('answers.chooseTake', { takeId: chosen });
        expect(answer?.audioUrl).toBe(takeAddress(chosen));
        expect(answer?.takes.map((take) => take.chosen)).toEqual(takes.map((id) => id === chosen));
      }
      const recording = await addTake(database.dataSource, first, { number: 3, state: 'RECORDING' });
      expect(await person.error('answers.chooseTake', { takeId: recording })).toMatchObject({
        ...{ code: 'CONFLICT', message: expect.stringMatching(/still being recorded/) },
      });
    });

    test('stay with one chosen take when two are chosen at once', async () => {
      const { id, first } = await beginPractice(person);
      const takes = [
        await addTake(database.dataSource, first, { number: 1 }),
        await addTake(database.dataSource, first, { number: 2 }),
      ];
      await Promise.all(takes.map((takeId) => person.value('answers.chooseTake', { takeId })));
      const { questions } = await person.value('interviews.get', { id });
      const chosen = questions[0]?.answer?.takes.filter((take) => take.chosen) ?? [];
      expect(chosen).toHaveLength(1);
      expect(questions[0]?.answer?.audioUrl).toBe(chosen[0]?.audioUrl);
    });

    test('keep a typed transcript during and after the interview, the last one written', async () => {
      const { id, first } = await beginPractice(person);
      const transcript = async () =>
        (await person.value('interviews.get', { id })).questions[0]?.answer?.transcript;
      await person.value('answers.saveTranscript', { questionId: first, transcript: 'First.' });
      expect(await transcript()).toBe('First.');
      await person.value('interviews.complete', { id });
      await person.value('answers.saveTranscript', {
        questionId: first,
        transcript: "It's “better”;\n--\u0000\ud83d",
      });
      expect(await transcript()).toBe("It's “better”;\n--\ufffd");
      const long = 'é'.repeat(500_000);
      await person.value('answers.saveTranscript', { questionId: first, transcript: long });
      expect(await transcript()).toBe(long);
      expect(
        await person.error('answers.saveTranscript', { questionId: first, transcript: `${long}.` }),
      ).toMatchObject({ code: 'INVALID_INPUT' });
      expect(await transcript()).toBe(long);
    });

    test('are none while the transcript is blank', async () => {
      const { id, first } = await beginPractice(person);
      await person.value('answers.saveTranscript', { questionId: first, transcript: 'Oops' });
      await person.value('answers.saveTranscript', { questionId: first, transcript: ' \n ' });
      expect(await person.value('interviews.get', { id })).toMatchObject({
        ...{ answeredCount: 0, questions: [{ state: 'ASKED' }, {}, {}] },
      });
      expect(await person.value('questions.skip', { questionId: first })).toMatchObject({ state: 'SKIPPED' });
    });

    test('are rated by level, and the interview has the mean', async () => {
      const { id, questions } = await beginPractice(person);
      const [first, second, third] = questions.map((question) => question.id) as [string, string, string];
      for (const questionId of [second, third]) await person.value('questions.ask', { questionId });
      const score = async () => (await person.value('interviews.get', { id })).score;
      const rate = (questionId: string, level: 1 | 2 | 3 | 4 | 5 | null) =>
        person.value('answers.rate', { questionId, level });

      expect(await rate(first, 5)).toMatchObject({ answer: { level: 5, score: 100 } });
      expect(await score()).toBe(100);
      expect(await rate(second, 1)).toMatchObject({ answer: { level: 1, score: 0 } });
      expect(await rate(third, 2)).toMatchObject({ answer: { level: 2, score: 25 } });
      expect(await score()).toBe(41.67);
      await person.value('interviews.complete', { id });
      expect(await rate(second, null)).toMatchObject({ answer: { level: null, score: null } });
      expect(await score()).toBe(62.5);
      await rate(first, null);
      await rate(third, null);
      expect(await score()).toBeNull();
    });

    test('rated at the same time leave the right mean', async () => {
      const { id, questions } = await beginPractice(person, { questionCount: 6 });
      for (const { id: questionId } of questions) await person.value('questions.ask', { questionId });
      await allAtOnce(
        database,
        engine,
        { statement: 'SELECT FROM interviews WHERE id = $1 FOR UPDATE', parameters: [id] },
        questions.map(
          ({ id: questionId }, index) =>
            () =>
              person.value('answers.rate', { questionId, level: index < 3 ? 5 : 3 }),
        ),
      );
      expect((await person.value('interviews.get', { id })).score).toBe(75);
    });

    test('are neither rated nor transcribed before they were asked, nor rated where skipped', async () => {
      const { questions, first } = await beginPractice(person);
      const notAsked = questions[1]?.id ?? '';
      expect(await person.error('answers.rate', { questionId: notAsked, level: 3 })).toMatchObject({
        ...{ code: 'CONFLICT', message: expect.stringMatching(/not been asked/) },
      });
      expect(
        await person.error('answers.saveTranscript', { questionId: notAsked, transcript: 'Early.' }),
      ).toMatchObject({ code: 'CONFLICT' });
      await person.value('questions.skip', { questionId: first });
      expect((await person.error('answers.rate', { questionId: first, level: 3 })).message).toMatch(
        /skipped/,
      );
      expect(await person.value('answers.rate', { questionId: first, level: null })).toMatchObject({
        answer: null,
      });
      for (const level of [0, 6, 2.5, '3', undefined]) {
        expect(await person.error('answers.rate', { questionId: first, level })).toMatchObject({
          code: 'INVALID_INPUT',
        });
      }
    });
  });

  test('an interview is read in the same number of queries, however many questions it has', async () => {
    const count = async (questionCount: number) => {
      const { id, questions } = await person.value('practice.create', { ...usualPractice, questionCount });
      await person.value('interviews.begin', { id });
      for (const question of questions) {
        await addTake(database.dataSource, question.id);
        await addTake(database.dataSource, question.id, { number: 2 });
      }
      await person.value('interviews.complete', { id });
      return queriesDuring(database, () => person.value('interviews.get', { id }));
    };
    expect(await count(1)).toBe(2);
    expect(await count(12)).toBe(2);
  });
});

/** How many statements a piece of work sends. */
async function queriesDuring({ dataSource }: TestDatabase, work: () => Promise<unknown>): Promise<number> {
  const { logger } = dataSource;
  let queries = 0;
  const counting = Object.assign(Object.create(logger), { logQuery: () => (queries += 1) });
  dataSource.logger = counting;
  try {
    await work();
  } finally {
    dataSource.logger = logger;
  }
  return queries;
}
