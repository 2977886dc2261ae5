import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { addDeskInterview, addKit, startDesk } from '../../tests/fixtures/desk.ts';
import type { TestInterviews, TestPerson } from '../../tests/fixtures/interviews.ts';

describe.each(testEngines)('comparing answers on %s', (engine) => {
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

  /** Begun interviews of one kit, that asks one question of the library, a candidate each. */
  async function interviews(amount: number, { blind = false, panel = [bob.id] } = {}) {
    const [drawn] = await database.dataSource.query<{ id: string }[]>(
      `SELECT id FROM library_questions WHERE competency = 'databases' ORDER BY id LIMIT 1`,
    );
    const kitId = await addKit(database.dataSource, {
      items: [{ type: 'QUESTION', libraryQuestionId: drawn?.id ?? '' }],
      competencies: [{ key: 'databases', weight: 1, levels: ['1', '2', '3', '4', '5'] }],
      blind,
    });
    const held: { id: string; questionId: string; candidate: TestPerson }[] = [];
    for (let number = 0; number < amount; number += 1) {
      const person = await app.addPerson();
      const id = await addDeskInterview(database.dataSource, {
        ...{ candidateId: person.id, interviewerId: ada.id, panel, kitId },
      });
      await ada.value('live.start', { id });
      const { questions } = await ada.value('desk.interview', { id });
      const questionId = questions[0]?.id ?? '';
      await database.dataSource.query('UPDATE questions SET asked_at = now() WHERE id = $1', [questionId]);
      held.push({ id, questionId, candidate: person });
    }
    return { kitId, held };
  }

  async function judge(person: TestPerson, interviewId: string, questionId: string, level: 1 | 5) {
    for (const subject of [{ questionId }, { competency: 'databases' }]) {
      await person.value('scorecards.rate', { interviewId, subject, seen: null, level });
    }
    const { updatedAt } = await person.value('scorecards.mine', { interviewId });
    const written = await person.value('scorecards.write', {
      ...{ interviewId, seen: updatedAt, recommendation: 'YES' },
    });
    await person.value('scorecards.submit', { interviewId, seen: written.updatedAt });
  }

  test('every candidate’s answer to the same question, newest first, page by page', async () => {
    const { held } = await interviews(3);
    const questionId = held[0]?.questionId ?? '';
    const first = await ada.value('review.compare', { questionId, limit: 2 });
    const second = await ada.value('review.compare', {
      questionId,
      limit: 2,
      after: first.next ?? undefined,
    });
    expect([...first.rows, ...second.rows].slice(0, 3).map((row) => row.interviewId)).toEqual(
      held.map(({ id }) => id).toReversed(),
    );
    expect(first.rows[0]?.candidate.id).toBe(held[2]?.candidate.id);
  });

  test('blind, there is neither name nor date, each answer comes once, in an order that stays', async () => {
    const { held } = await interviews(5);
    const questionId = held[0]?.questionId ?? '';
    const all = await ada.value('review.compare', { questionId, blind: true, limit: 50 });
    const paged: string[] = [];
    let after: string | undefined;
    do {
      const page = await ada.value('review.compare', { questionId, blind: true, limit: 2, after });
      paged.push(...page.rows.map((row) => row.interviewId));
      after = page.next ?? undefined;
    } while (after);
    expect(paged).toEqual(all.rows.map((row) => row.interviewId));
    expect(new Set(paged).size).toBe(paged.length);
    expect(paged).toEqual(expect.arrayContaining(held.map(({ id }) => id)));
    expect(all.rows.every((row) => row.candidate.id === null && row.askedAt === null)).toBe(true);
    const text = JSON.stringify(all);
    for (const { candidate: person } of held) expect(text).not.toContain(person.id);
  });

  test('no score and no blind candidate before one’s own scorecard, neither compared nor in the grid', async () => {
    const { kitId, held } = await interviews(1, { blind: true });
    const [{ id, questionId, candidate: person } = { id: '', questionId: '', candidate }] = held;
    await judge(bob, id, questionId, 5);
    const seenByAda = async () =>
      JSON.stringify([
        (await ada.value('review.compare', { questionId, limit: 50 })).rows.filter(
          (row) => row.interviewId === id,
        ),
        (await ada.value('review.grid', { kitId })).rows,
      ]);
    const before = await seenByAda();
    expect(before).toContain(id);
    expect(before).not.toMatch(/"score":\d/);
    expect(before).not.toContain(person.id);
    await judge(ada, id, questionId, 1);
    const after = await seenByAda();
    expect(after.match(/"score":50/g)).toHaveLength(3);
    expect(after).toContain(person.id);
    await ada.value('scorecards.reopen', { interviewId: id, reason: 'A slip.' });
    expect(await seenByAda()).not.toMatch(/"score":\d/);
  });

  test('the grid has the interviews of the kit that have begun, page by page', async () => {
    const { kitId, held } = await interviews(3);
    await addDeskInterview(database.dataSource, {
      ...{ candidateId: candidate.id, interviewerId: ada.id, kitId },
    });
    const first = await ada.value('review.grid', { kitId, limit: 2 });
    const second = await ada.value('review.grid', { kitId, limit: 2, after: first.next ?? undefined });
    const rows = [...first.rows, ...second.rows];
    expect(rows.map((row) => row.interviewId)).toEqual(held.map(({ id }) => id).toReversed());
    expect(second.next).toBeNull();
    expect(new Set(rows.flatMap(({ cells }) => cells.map(({ same }) => same))).size).toBe(1);
    expect((await ada.error('review.grid', { after: 'nonsense' })).code).toBe('INVALID_INPUT');
  });

  test('by kit, time, competency and tag; a library question leads to its answers as well', async () => {
    const { kitId, held } = await interviews(2);
    const other = await interviews(1);
    const [first, second] = held;
    const { questions } = await ada.value('desk.interview', { id: first?.id ?? '' });
    const libraryQuestionId = questions[0]?.libraryQuestionId ?? '';
    await database.dataSource.query(
      `UPDATE interviews SET started_at = '2020-05-05T12:00:00Z' WHERE id = $1`,
      [first?.id],
    );
    const compared = async (filter: object, person = ada) =>
      (
        await person.value('review.compare', { questionId: libraryQuestionId, limit: 50, ...filter })
      ).rows.map(({ interviewId }) => interviewId);
    const until = '2020-05-06T00:00:00Z';
    expect(await compared({})).toEqual(expect.arrayContaining([first?.id, second?.id, other.held[0]?.id]));
    expect((await compared({ kitId })).toSorted()).toEqual([first?.id, second?.id].toSorted());
    expect(await compared({ kitId, until })).toEqual([first?.id]);
    expect(await compared({ kitId, from: until })).toEqual([second?.id]);
    expect(await compared({}, await app.addPerson('INTERVIEWER'))).toEqual([]);

    const grid = async (filter: object) =>
      (await ada.value('review.grid', { kitId, ...filter })).rows.map(({ interviewId, cells }) => [
        ...[interviewId, cells.length],
      ]);
    await ada.value('live.addQuestion', {
      ...{ id: second?.id ?? '', afterId: null },
      question: { type: 'NEW', content: 'And why?', difficulty: 'EASY', competency: 'our own' },
    });
    expect(await grid({})).toEqual([
      [second?.id, 2],
      [first?.id, 1],
    ]);
    expect(await grid({ competency: 'our own' })).toEqual([[second?.id, 1]]);
    expect(await grid({ until })).toEqual([[first?.id, 1]]);
    await database.dataSource.query(`UPDATE library_questions SET tags = '{ours}' WHERE id = $1`, [
      libraryQuestionId,
    ]);
    expect(await grid({ tag: 'ours' })).toEqual([
      [second?.id, 1],
      [first?.id, 1],
    ]);
    expect(await grid({ tag: 'ours', competency: 'our own' })).toEqual([]);
  });

  test('a question without a library is the same where its text is', async () => {
    const { held } = await interviews(2);
    for (const { id } of held) {
      await database.dataSource.query(
        `UPDATE questions SET library_question_id = NULL, content = $2 WHERE interview_id = $1`,
        [id, `On the spot ${held[0]?.id}`],
      );
    }
    const { rows } = await ada.value('review.compare', { questionId: held[1]?.questionId ?? '' });
    expect(rows.map((row) => row.interviewId)).toEqual(held.map(({ id }) => id).toReversed());
  });

  test('is for the panel only', async () => {
    const { kitId, held } = await interviews(1, { panel: [] });
    const [{ id, questionId, candidate: person } = { id: '', questionId: '', candidate }] = held;
    const admin = await app.addPerson('ADMIN');
    for (const stranger of [bob, admin]) {
      expect((await stranger.error('review.compare', { questionId })).code).toBe('NOT_FOUND');
      expect((await stranger.value('review.grid', { kitId })).rows).toEqual([]);
    }
    // From a question of their own they see no other panel’s answers.
    const shared = await interviews(1);
    const seen = await bob.value('review.compare', {
      ...{ questionId: shared.held[0]?.questionId ?? '', limit: 50 },
    });
    expect(seen.rows.map((row) => row.interviewId)).not.toContain(id);
    for (const name of ['review.compare', 'review.grid'] as const) {
      expect([name, (await person.error(name, { questionId })).code]).toEqual([name, 'FORBIDDEN']);
    }
  });
});
