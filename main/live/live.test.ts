import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allAtOnce } from '../../tests/fixtures/all-at-once.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { addDeskInterview, startDesk } from '../../tests/fixtures/desk.ts';
import { addTake, type TestInterviews, type TestPerson } from '../../tests/fixtures/interviews.ts';

describe.each(testEngines)('live interviews on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let ada: TestPerson;
  let grace: TestPerson;
  let stranger: TestPerson;
  let candidate: TestPerson;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    app = await startDesk(database, engine);
    ada = await app.addPerson('INTERVIEWER');
    grace = await app.addPerson('INTERVIEWER');
    stranger = await app.addPerson('ADMIN');
    candidate = await app.addPerson();
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  const query = (statement: string, parameters: unknown[]) =>
    database.dataSource.query(statement, parameters);
  const planned = (definition = {}) =>
    addDeskInterview(
      database.dataSource,
      { candidateId: candidate.id, interviewerId: ada.id, panel: [grace.id] },
      definition,
    );
  /** Ada and Grace do the same at the same moment. */
  const atOnce = <T>(id: string, work: (person: TestPerson) => Promise<T>) =>
    allAtOnce(
      ...([database, engine] as const),
      { statement: 'SELECT FROM interviews WHERE id = $1 FOR UPDATE', parameters: [id] },
      [ada, grace].map((person) => () => work(person)),
    );
  const read = (id: string) => ada.value('desk.interview', { id });
  /** A running interview with two questions. */
  async function running(definition = {}) {
    const id = await planned(definition);
    await ada.value('live.start', { id });
    const { questions, consentText } = await read(id);
    const [first = '', second = ''] = questions.map((question) => question.id);
    return { id, first, second, consentTextId: consentText?.id ?? v7() };
  }

  test('it starts once, also when two of the panel press at once', async () => {
    const id = await planned();
    const results = await atOnce(id, (person) => person.result('live.start', { id }));
    expect(results.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    expect(await read(id)).toMatchObject({ status: 'IN_PROGRESS', startedAt: expect.any(String) });
  });

  test('nothing is asked, paused or ended before it has begun or once it has ended', async () => {
    const id = await planned();
    const { questions } = await read(id);
    const questionId = questions[0]?.id ?? '';
    const refuseAll = async (words: RegExp) => {
      for (const [name, input] of [
        ['live.ask', { questionId, seen: null }],
        ['live.passOver', { questionId }],
        ['live.pause', { id }],
        ['live.goOn', { id }],
        ['live.end', { id }],
      ] as const) {
        expect(await ada.error(name, input), name).toMatchObject({
          code: 'CONFLICT',
          message: expect.stringMatching(words),
        });
      }
    };
    await refuseAll(/not begun/);
    await ada.value('live.start', { id });
    await ada.value('live.end', { id });
    await refuseAll(/ended|completed/);
    expect((await ada.error('live.start', { id })).message).toMatch(/completed/);
  });

  test('a question goes before the candidate, is gone back to, and one is passed over', async () => {
    const { id, first, second } = await running();
    await ada.value('live.ask', { questionId: first, seen: null });
    expect((await ada.error('live.passOver', { questionId: first })).code).toBe('CONFLICT');
    await ada.value('live.passOver', { questionId: second });
    let interview = await read(id);
    expect(interview).toMatchObject({ currentQuestionId: first, currentSince: expect.any(String) });
    expect(interview.questions).toMatchObject([
      { state: 'ASKED', passedOver: false },
      { state: 'NOT_ASKED', passedOver: true },
    ]);
    await ada.value('live.ask', { questionId: second, seen: first });
    interview = await read(id);
    expect(interview.questions[1]).toMatchObject({ state: 'ASKED', passedOver: false });
    const asked = () => query('SELECT asked_at FROM questions WHERE id = $1', [first]);
    const before = await asked();
    await ada.value('live.ask', { questionId: first, seen: second });
    expect(await asked()).toEqual(before);
    expect((await read(id)).currentQuestionId).toBe(first);
  });

  test('of two who ask at once one does, and the other is told what is asked now', async () => {
    const { id, first, second } = await running();
    const asked = await allAtOnce(
      ...([database, engine] as const),
      { statement: 'SELECT FROM interviews WHERE id = $1 FOR UPDATE', parameters: [id] },
      [ada, grace].map(
        (person, index) => () =>
          person.result('live.ask', { questionId: index === 0 ? first : second, seen: null }),
      ),
    );
    const { currentQuestionId, questions } = await read(id);
    expect(questions.filter(({ state }) => state === 'ASKED').map((each) => each.id)).toEqual([
      currentQuestionId,
    ]);
    expect(asked.find(({ ok }) => !ok)).toMatchObject({
      error: { code: 'CONFLICT', details: { currentQuestionId } },
    });
    const other = currentQuestionId === first ? second : first;
    await grace.value('live.ask', { questionId: other, seen: currentQuestionId });
    // Whoever still has the one before on their screen does not skip one by asking the next again.
    expect((await ada.error('live.ask', { questionId: other, seen: currentQuestionId })).message).toMatch(
      /this question/,
    );
  });

  test('questions change places; whoever has seen another order is told, and nothing changes', async () => {
    const { id, first, second } = await running();
    const order = [second, first];
    await ada.value('live.reorder', { id, seen: [first, second], order });
    const late = await grace.error('live.reorder', { id, seen: [first, second], order: [first, second] });
    expect(late).toMatchObject({ code: 'CONFLICT', details: { order } });
    for (const wrong of [[second], [second, second], [second, v7()], [first, second, v7()]]) {
      expect((await ada.error('live.reorder', { id, seen: order, order: wrong })).code).toBe('INVALID_INPUT');
    }
    expect((await read(id)).questions.map((question) => question.id)).toEqual(order);
  });

  test('of two who move questions at once, one does and the other is told', async () => {
    const { id, first, second } = await running();
    const results = await atOnce(id, (person) =>
      person.result('live.reorder', { id, seen: [first, second], order: [second, first] }),
    );
    expect(results.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
  });

  test('a question of the library and one on the spot are added where they are wanted', async () => {
    const { id, first, second } = await running();
    const [{ id: libraryQuestionId }] = await query(
      `SELECT id FROM library_questions WHERE competency = 'testing' LIMIT 1`,
      [],
    );
    const library = { type: 'LIBRARY', libraryQuestionId } as const;
    const spot = {
      type: 'NEW',
      content: 'And why?',
      difficulty: 'EASY',
      competency: 'databases',
    } as const;
    const middle = await ada.value('live.addQuestion', { id, afterId: first, question: library });
    const last = await ada.value('live.addQuestion', { id, afterId: null, question: spot });
    const { questions } = await read(id);
    expect(questions.map((question) => question.id)).toEqual([
      ...[first, middle.questionId, second, last.questionId],
    ]);
    expect(questions[1]).toMatchObject({ libraryQuestionId, state: 'NOT_ASKED' });
    expect(questions[1]?.covers.length).toBeGreaterThan(0);
    expect(questions[3]).toMatchObject({
      ...{ content: 'And why?', libraryQuestionId: null, answerTimeMs: questions[0]?.answerTimeMs },
    });
    expect(questions[3]?.levels).toHaveLength(5);
  });

  test('a question without words, or one that is in no library, is refused in words', async () => {
    const { id } = await running();
    const add = (question: object) => ada.error('live.addQuestion', { id, afterId: null, question });
    const spot = { type: 'NEW', content: ' ', difficulty: 'EASY', competency: 'databases' };
    expect((await add(spot)).message).toMatch(/write the question/);
    expect((await add({ ...spot, content: 'x'.repeat(100_000) })).code).toBe('INVALID_INPUT');
    expect((await add({ ...spot, content: 'Why?', competency: '' })).message).toMatch(/competency/);
    expect((await add({ type: 'LIBRARY', libraryQuestionId: v7() })).code).toBe('NOT_FOUND');
    const [{ id: libraryQuestionId }] = await query(
      `UPDATE library_questions SET archived_at = now() WHERE id = (
         SELECT id FROM library_questions WHERE competency = 'security' LIMIT 1
       ) RETURNING id`,
      [],
    ).then(([rows]) => rows);
    expect((await add({ type: 'LIBRARY', libraryQuestionId })).message).toMatch(/archived/);
    expect((await read(id)).questions).toHaveLength(2);
  });

  test('a break stands the clocks still, and is harmless when repeated', async () => {
    const { id, first } = await running();
    await ada.value('live.ask', { questionId: first, seen: null });
    await ada.value('live.pause', { id });
    const { pausedAt, currentSince } = await read(id);
    await grace.value('live.pause', { id });
    expect((await read(id)).pausedAt).toBe(pausedAt);
    await query(`UPDATE interviews SET paused_at = paused_at - interval '10 minutes' WHERE id = $1`, [id]);
    await ada.value('live.goOn', { id });
    await grace.value('live.goOn', { id });
    const after = await read(id);
    expect(after.pausedAt).toBeNull();
    expect(after.pausedMs).toBeGreaterThanOrEqual(600_000);
    expect(after.pausedMs).toBeLessThan(660_000);
    expect(Date.parse(after.currentSince ?? '')).toBeGreaterThanOrEqual(
      Date.parse(currentSince ?? '') + 600_000,
    );
  });

  test('an interview that ends in a break has no break left open', async () => {
    const { id } = await running();
    await ada.value('live.pause', { id });
    await query(`UPDATE interviews SET paused_at = now() - interval '10 minutes' WHERE id = $1`, [id]);
    await ada.value('live.end', { id });
    const { pausedAt, pausedMs, status } = await read(id);
    expect({ status, pausedAt }).toEqual({ status: 'COMPLETED', pausedAt: null });
    expect(pausedMs).toBeGreaterThanOrEqual(600_000);
  });

  test('a question is recorded as often as it is taken up, and the end keeps what is being said', async () => {
    const { id, first, consentTextId } = await running();
    await ada.value('desk.recordConsent', { id, consentTextId, decision: 'AGREED', seen: null });
    for (let number = 1; number <= 3; number += 1) {
      await ada.value('live.ask', { questionId: first, seen: number === 1 ? null : first });
      const takeId = await ada.speak(first);
      if (number < 3) await ada.value('recordings.finish', { takeId });
    }
    await ada.value('live.end', { id });
    const interview = await read(id);
    expect(interview.status).toBe('COMPLETED');
    expect(interview.questions[0]?.answer?.takes.map(({ number, chosen }) => [number, chosen])).toEqual([
      ...[
        [1, false],
        [2, false],
        [3, true],
      ],
    ]);
  });

  test('the panel keeps, discards and brings back what was recovered', async () => {
    const { id, first } = await running();
    const takeId = await addTake(database.dataSource, first);
    expect((await ada.error('live.keepTake', { takeId })).message).toMatch(/recovered/);
    await query('UPDATE takes SET recovered = true WHERE id = $1', [takeId]);
    const take = async () => (await read(id)).questions[0]?.answer;
    expect((await take())?.takes).toMatchObject([{ offered: true }]);
    await ada.value('live.discardTake', { takeId });
    expect(await take()).toMatchObject({ takes: [], discarded: [{ id: takeId }] });
    await grace.value('live.restoreTake', { takeId });
    expect((await take())?.takes).toMatchObject([{ id: takeId, offered: false, chosen: true }]);
  });

  test('the candidate’s window is told the question and its time, and nothing else', async () => {
    const { id, first } = await running();
    const view = () => ada.value('live.candidateView', { id });
    expect(await view()).toEqual({ state: 'WAITING', question: null });
    await ada.value('live.ask', { questionId: first, seen: null });
    const { questions, currentSince } = await read(id);
    const question = {
      ...{ content: questions[0]?.content, since: currentSince, answerTimeMs: questions[0]?.answerTimeMs },
    };
    expect(await view()).toEqual({ state: 'QUESTION', question });
    await ada.value('live.pause', { id });
    expect(await view()).toMatchObject({ state: 'BREAK' });
    await ada.value('live.goOn', { id });
    await ada.value('live.end', { id });
    expect(await view()).toEqual({ state: 'ENDED', question: null });
    // This host has no windows.
    expect(await ada.value('live.openCandidateView', { id })).toEqual({ opened: false });
  });

  test('nobody but the panel holds it: it is not even there for others, whatever their role', async () => {
    const { id, first, second, consentTextId } = await running();
    const takeId = await addTake(database.dataSource, first);
    await query('UPDATE takes SET recovered = true WHERE id = $1', [takeId]);
    const before = await read(id);
    const attempts = [
      ['live.start', { id }],
      ['desk.recordConsent', { id, consentTextId, decision: 'AGREED', seen: null }],
      ['desk.eraseRecordings', { id }],
      ['live.ask', { questionId: first, seen: null }],
      ['live.passOver', { questionId: second }],
      ['live.reorder', { id, seen: [first, second], order: [second, first] }],
      [
        'live.addQuestion',
        { id, afterId: null, question: { type: 'NEW', content: 'x', difficulty: 'EASY', competency: 'x' } },
      ],
      ['live.pause', { id }],
      ['live.goOn', { id }],
      ['live.end', { id }],
      ['live.keepTake', { takeId }],
      ['live.discardTake', { takeId }],
      ['live.restoreTake', { takeId }],
      ['live.chooseTake', { takeId }],
      ['live.openCandidateView', { id }],
      ['live.candidateView', { id }],
    ] as const;
    for (const [name, input] of attempts) {
      expect((await stranger.error(name, input)).code, `${name} of a stranger`).toBe('NOT_FOUND');
      expect((await candidate.error(name, input)).code, `${name} of the candidate`).toBe('FORBIDDEN');
    }
    expect(await read(id)).toEqual(before);
  });

  test('a one-way interview is not held', async () => {
    const id = await addDeskInterview(database.dataSource, {
      ...{ kind: 'ONE_WAY', candidateId: candidate.id, interviewerId: ada.id },
    });
    const { questions } = await read(id);
    for (const [name, input] of [
      ['live.start', { id }],
      ['live.ask', { questionId: questions[0]?.id, seen: null }],
      ['live.pause', { id }],
      ['live.end', { id }],
      ['live.candidateView', { id }],
      ['live.reorder', { id, seen: [], order: [] }],
    ] as const) {
      expect((await ada.error(name, input)).code, name).toBe('CONFLICT');
    }
    expect((await read(id)).status).toBe('PENDING');
  });

  test('one that runs on the candidate’s side is not ended or changed from the console', async () => {
    const id = await addDeskInterview(database.dataSource, {
      ...{ kind: 'ONE_WAY', candidateId: candidate.id, interviewerId: ada.id },
    });
    const { questions, consentText } = await read(id);
    await query(`UPDATE interviews SET status = 'IN_PROGRESS', started_at = now() WHERE id = $1`, [id]);
    expect((await ada.error('live.end', { id })).code).toBe('CONFLICT');
    const decision = { id, consentTextId: consentText?.id, decision: 'AGREED', seen: null };
    expect((await ada.error('desk.recordConsent', decision)).code).toBe('CONFLICT');
    const takeId = await addTake(database.dataSource, questions[0]?.id ?? '');
    await query('UPDATE takes SET recovered = true WHERE id = $1', [takeId]);
    for (const name of [
      'live.keepTake',
      'live.discardTake',
      'live.restoreTake',
      'live.chooseTake',
    ] as const) {
      expect((await ada.error(name, { takeId })).code, name).toBe('NOT_FOUND');
    }
    expect(await read(id)).toMatchObject({ status: 'IN_PROGRESS', consent: null });
  });

  test('a deleted interview is not gone on with', async () => {
    const { id, first } = await running();
    await ada.value('desk.delete', { id });
    expect((await ada.error('live.ask', { questionId: first, seen: null })).message).toMatch(/Restore it/);
    expect(await ada.value('live.candidateView', { id })).toMatchObject({ state: 'ENDED' });
    await ada.value('desk.restore', { id });
    expect(await read(id)).toMatchObject({ status: 'ABANDONED', deletedAt: null });
    expect((await ada.error('live.ask', { questionId: first, seen: null })).message).toMatch(/ended/);
  });
});
