import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Level } from '../../shared/model/rating.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { addDeskInterview, startDesk } from '../../tests/fixtures/desk.ts';
import type { TestInterviews, TestPerson } from '../../tests/fixtures/interviews.ts';

describe.each(testEngines)('scorecards on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let ada: TestPerson;
  let bob: TestPerson;
  let candidate: TestPerson;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    app = await startDesk(database, engine);
    [ada, bob, candidate] = await Promise.all([
      app.addPerson('INTERVIEWER'),
      app.addPerson('INTERVIEWER'),
      app.addPerson(),
    ]);
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  /** A running interview with Ada and Bob on its panel: the first question on databases, the second on testing. */
  async function interview() {
    const id = await addDeskInterview(
      database.dataSource,
      { candidateId: candidate.id, interviewerId: ada.id, panel: [bob.id] },
      {
        items: ['databases', 'testing'].map((competency) => ({
          ...{ type: 'DRAW' as const, count: 1, competencies: [competency], difficulties: [] },
          neverAsked: false,
        })),
      },
    );
    await ada.value('live.start', { id });
    const { questions } = await ada.value('desk.interview', { id });
    return { id, questions: questions.map((question) => question.id) };
  }

  /** Rates both competencies and answers, and submits. */
  async function judge(person: TestPerson, interviewId: string, questions: string[], given: [Level, Level]) {
    for (const [index, level] of given.entries()) {
      const questionId = questions[index] ?? '';
      await person.value('scorecards.rate', { interviewId, subject: { questionId }, seen: null, level });
      const competency = ['databases', 'testing'][index] ?? '';
      await person.value('scorecards.rate', {
        interviewId,
        subject: { competency },
        seen: null,
        level,
        evidence: 'Said so.',
      });
    }
    const { updatedAt } = await person.value('scorecards.mine', { interviewId });
    const written = await person.value('scorecards.write', {
      ...{ interviewId, seen: updatedAt, recommendation: 'YES', takeaways: 'Clear.', sharedNotes: 'Good.' },
      privateNotes: 'For me alone.',
    });
    return person.value('scorecards.submit', { interviewId, seen: written.updatedAt });
  }

  test('what another window of one’s own has rated is not written over unseen', async () => {
    const { id: interviewId, questions } = await interview();
    const subject = { questionId: questions[0] ?? '' };
    const rate = (input: object) => ada.result('scorecards.rate', { interviewId, subject, ...input });
    expect((await rate({ seen: null, level: 3, evidence: 'A' })).ok).toBe(true);
    const theirs = { level: 3, evidence: 'A' } as const;
    // A window that has seen none of it: the same again is harmless, another level or other words are not.
    expect((await rate({ seen: null, level: 3 })).ok).toBe(true);
    for (const wish of [{ level: 5 }, { level: null }, { level: 3, evidence: 'B' }]) {
      expect(await rate({ seen: null, ...wish })).toMatchObject({
        ...{ ok: false },
        error: { code: 'CONFLICT', details: { current: { ratings: [{ ...subject, ...theirs }] } } },
      });
    }
    expect((await ada.value('scorecards.mine', { interviewId })).ratings).toMatchObject([theirs]);
    // Whoever has seen it chooses; a level and words that others changed do not hinder one another.
    expect((await rate({ seen: theirs, level: 5 })).ok).toBe(true);
    expect((await rate({ seen: { level: 5, evidence: '' }, level: 4 })).ok).toBe(true);
    expect((await rate({ seen: { level: 4, evidence: 'A' }, level: null })).ok).toBe(true);
    expect((await ada.value('scorecards.mine', { interviewId })).ratings).toEqual([]);
  });

  test('what is missing is said by name, and submitting locks', async () => {
    const { id: interviewId, questions } = await interview();
    const missing = await ada.error('scorecards.submit', { interviewId, seen: null });
    expect(missing).toMatchObject({
      code: 'INVALID_INPUT',
      message:
        'Before you submit, please give a recommendation, a rating of Data and databases and a rating of Testing and debugging.',
    });
    const submitted = await judge(ada, interviewId, questions, [4, 2]);
    expect(submitted).toMatchObject({ state: 'SUBMITTED', events: [{ act: 'SUBMITTED' }] });
    const seen = submitted.updatedAt;
    for (const [name, input] of [
      ['scorecards.rate', { interviewId, subject: { competency: 'testing' }, seen: null, level: 5 }],
      ['scorecards.write', { interviewId, seen, takeaways: 'Other.' }],
      ['scorecards.submit', { interviewId, seen }],
    ] as const) {
      expect([name, (await ada.error(name, input)).code]).toEqual([name, 'CONFLICT']);
    }
    expect((await ada.value('scorecards.mine', { interviewId })).takeaways).toBe('Clear.');
  });

  test('an answer’s score is the mean of its ratings, the interview’s is weighted by the kit', async () => {
    const { id: interviewId, questions } = await interview();
    await judge(ada, interviewId, questions, [5, 1]);
    // databases weighs 2, testing 1: (2 × 100 + 1 × 0) / 3.
    expect(await ada.value('desk.interview', { id: interviewId })).toMatchObject({
      score: 66.67,
      questions: [{ answer: { score: 100 } }, { answer: { score: 0 } }],
    });
    await judge(bob, interviewId, questions, [2, 3]);
    // (100 + 25) / 2 and (0 + 50) / 2; (2 × 62.5 + 25) / 3.
    expect(await ada.value('desk.interview', { id: interviewId })).toMatchObject({
      score: 50,
      questions: [{ answer: { score: 62.5 } }, { answer: { score: 25 } }],
    });
    await bob.value('scorecards.reopen', { interviewId, reason: 'I mixed two candidates up.' });
    expect((await ada.value('desk.interview', { id: interviewId })).score).toBe(66.67);
  });

  test('nobody sees another’s before their own, by no operation', async () => {
    const { id: interviewId, questions } = await interview();
    await judge(bob, interviewId, questions, [5, 5]);
    await bob.value('notes.add', {
      ...{ id: '0197aaaa-0000-7000-8000-0000000000aa', interviewId, questionId: null, atMs: null },
      ...{ notedAt: new Date().toISOString(), body: 'Hire!' },
    });
    const seenByAda = async () =>
      JSON.stringify([
        await ada.value('desk.interview', { id: interviewId }),
        (await ada.value('desk.list', {})).rows.filter(({ id }) => id === interviewId),
        await ada.value('scorecards.mine', { interviewId }),
        await ada.value('notes.list', { interviewId }),
      ]);
    const before = await seenByAda();
    expect(before).not.toMatch(/"score":\d|Hire!|Clear\.|For me alone/);
    expect((await ada.error('scorecards.debrief', { interviewId })).code).toBe('FORBIDDEN');
    await judge(ada, interviewId, questions, [1, 1]);
    expect(await seenByAda()).toMatch(/"score":50.*Hire!/s);
    const debrief = await ada.value('scorecards.debrief', { interviewId });
    expect(debrief.scorecards).toMatchObject([
      { interviewer: { id: ada.id }, state: 'SUBMITTED' },
      { interviewer: { id: bob.id }, submitted: { recommendation: 'YES', takeaways: 'Clear.' } },
    ]);
    expect(JSON.stringify(debrief)).not.toContain('For me alone');
    expect(debrief.spreads).toContainEqual({
      ...{ questionId: questions[0], competency: null, mean: 3, lowest: 1, highest: 5, deviation: 2 },
    });
    // Reopened, one's own is a draft: the others' are hidden again, and that it was leaves a trace for them.
    await ada.value('scorecards.reopen', { interviewId, reason: 'Too harsh.' });
    expect((await ada.error('scorecards.debrief', { interviewId })).code).toBe('FORBIDDEN');
    expect((await bob.value('scorecards.debrief', { interviewId })).scorecards[0]).toMatchObject({
      ...{ state: 'DRAFT', submitted: null },
      events: [{ act: 'SUBMITTED' }, { act: 'REOPENED', reason: 'Too harsh.' }],
    });
  });

  test('of two windows the second is told, with what the first has written', async () => {
    const { id: interviewId } = await interview();
    const { updatedAt } = await ada.value('scorecards.write', {
      interviewId,
      seen: null,
      takeaways: 'First.',
    });
    await ada.value('scorecards.write', { interviewId, seen: updatedAt, takeaways: 'Second.' });
    const error = await ada.error('scorecards.write', { interviewId, seen: updatedAt, takeaways: 'Third.' });
    expect(error).toMatchObject({ code: 'CONFLICT', details: { current: { takeaways: 'Second.' } } });
    expect((await ada.value('scorecards.mine', { interviewId })).takeaways).toBe('Second.');
  });

  test('is for the panel only, once the interview has begun', async () => {
    const { id: interviewId } = await interview();
    const other = await app.addPerson('ADMIN');
    const write = { interviewId, seen: null, takeaways: 'x' };
    const rate = { interviewId, subject: { competency: 'testing' }, seen: null, level: 3 };
    for (const [name, input] of [
      ['scorecards.mine', { interviewId }],
      ['scorecards.rate', rate],
      ['scorecards.write', write],
      ['scorecards.submit', { interviewId, seen: null }],
      ['scorecards.reopen', { interviewId, reason: 'x' }],
      ['scorecards.debrief', { interviewId }],
    ] as const) {
      expect([name, (await other.error(name, input)).code]).toEqual([name, 'NOT_FOUND']);
      expect([name, (await candidate.error(name, input)).code]).toEqual([name, 'FORBIDDEN']);
    }
    const pending = await addDeskInterview(database.dataSource, {
      ...{ candidateId: candidate.id, interviewerId: ada.id },
    });
    expect((await ada.error('scorecards.write', { ...write, interviewId: pending })).message).toMatch(
      /not begun/,
    );
  });
});
