import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { addDeskInterview, startDesk } from '../../tests/fixtures/desk.ts';
import { addTake, type TestInterviews, type TestPerson } from '../../tests/fixtures/interviews.ts';
import { insertRow } from '../../tests/fixtures/rows.ts';

const opus = 'audio/webm;codecs=opus';

describe.each(testEngines)('a one-way interview on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let ada: TestPerson;
  let candidate: TestPerson;
  let id: string;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    app = await startDesk(database, engine);
    ada = await app.addPerson('INTERVIEWER');
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });
  beforeEach(async () => {
    candidate = await app.addPerson();
    id = await assign();
  });

  const assign = (definition = {}, wish = {}) =>
    addDeskInterview(
      database.dataSource,
      { candidateId: candidate.id, interviewerId: ada.id, kind: 'ONE_WAY', ...wish },
      definition,
    );
  const begin = async (decision: 'AGREED' | 'DECLINED' = 'AGREED') => {
    const { consentText } = await candidate.value('oneWay.get', { id });
    const consent = consentText && { consentTextId: consentText.id, decision };
    const { questions } = await candidate.value('oneWay.begin', { id, consent });
    return questions.map((question) => question.id) as [string, string];
  };
  const speak = async (questionId: string) => {
    const takeId = await candidate.speak(questionId);
    await candidate.value('recordings.finish', { takeId });
    return takeId;
  };

  test('is listed for its candidate, the open ones apart from those that have ended', async () => {
    const dueAt = new Date('2026-12-01T12:00:00Z');
    const second = await assign({}, { dueAt });
    const { rows, next } = await candidate.value('oneWay.mine', { limit: 1 });
    expect(rows).toMatchObject([
      {
        ...{ id: second, title: 'Backend', status: 'PENDING', from: 'Test', dueAt: dueAt.toISOString() },
        ...{ questionCount: 2, answeredCount: 0, plannedMs: 2 * 210_000 },
      },
    ]);
    const rest = await candidate.value('oneWay.mine', { limit: 1, after: next ?? '' });
    expect([rest.rows.map((row) => row.id), rest.next]).toEqual([[id], null]);
    await ada.value('desk.cancel', { id });
    expect((await candidate.value('oneWay.mine', { ended: true })).rows).toMatchObject([
      { id, status: 'ABANDONED' },
    ]);
    await ada.value('desk.delete', { id });
    expect((await candidate.value('oneWay.mine', { ended: true })).rows).toEqual([]);
    expect((await candidate.error('oneWay.get', { id })).code).toBe('NOT_FOUND');
  });

  test('is answered question by question, and submitted', async () => {
    expect(await candidate.value('oneWay.get', { id })).toMatchObject({
      ...{ welcome: 'Hello.', status: 'PENDING', consentText: { version: 1 }, consent: null },
      questions: [{ content: '' }, { content: '' }],
    });
    expect((await candidate.error('oneWay.begin', { id, consent: null })).message).toMatch(/agree/);
    const [first, second] = await begin();
    const asked = await candidate.value('oneWay.ask', { questionId: first });
    expect(asked).toMatchObject({
      ...{ status: 'IN_PROGRESS', currentQuestionId: first, consent: { decision: 'AGREED' } },
      questions: [{ state: 'ASKED' }, { content: '', state: 'NOT_ASKED' }],
    });
    expect(asked.questions[0]?.content).not.toBe('');
    await speak(first);
    const again = await speak(first);
    expect(
      (await candidate.error('recordings.begin', { questionId: first, mimeType: opus })).message,
    ).toMatch(/All 2 attempts/);
    const { questions } = await candidate.value('oneWay.get', { id });
    const [earlier] = questions[0]?.answer?.takes ?? [];
    await candidate.value('oneWay.chooseTake', { takeId: earlier?.id ?? '' });
    await candidate.value('oneWay.saveAnswer', { questionId: first, transcript: 'In short: a hash.' });
    expect((await candidate.error('oneWay.submit', { id })).message).toMatch(/One question is still open/);
    await candidate.value('oneWay.ask', { questionId: second });
    await candidate.value('oneWay.skip', { questionId: second });
    const submitted = await candidate.value('oneWay.submit', { id });
    expect(submitted).toMatchObject({
      ...{ status: 'COMPLETED', answeredCount: 1 },
      questions: [{ state: 'ANSWERED', answer: { transcript: 'In short: a hash.' } }, { state: 'SKIPPED' }],
    });
    const seen = await ada.value('desk.interview', { id });
    expect(seen.questions[0]?.answer?.takes.map(({ chosen }) => chosen)).toEqual([true, false]);
    // Both hear it still.
    for (const person of [candidate, ada]) {
      expect((await person.result('recordings.peaks', { takeId: again })).ok).toBe(true);
    }
  });

  test('no question is seen in advance, and none comes back', async () => {
    const [first, second] = await begin();
    expect((await candidate.error('oneWay.ask', { questionId: second })).message).toMatch(
      /one after the other/,
    );
    const notYet = await candidate.error('recordings.begin', { questionId: first, mimeType: opus });
    expect(notYet.message).toMatch(/not been asked/);
    await candidate.value('oneWay.ask', { questionId: first });
    expect((await candidate.error('oneWay.ask', { questionId: second })).code).toBe('CONFLICT');
    const takeId = await candidate.speak(first);
    expect((await candidate.error('oneWay.ask', { questionId: second })).code).toBe('CONFLICT');
    expect((await candidate.error('oneWay.skip', { questionId: first })).message).toMatch(/being recorded/);
    await candidate.value('recordings.finish', { takeId });
    await candidate.value('oneWay.ask', { questionId: second });
    for (const [name, input] of [
      ['oneWay.ask', { questionId: first }],
      ['oneWay.skip', { questionId: first }],
      ['oneWay.saveAnswer', { questionId: first, transcript: 'On second thoughts' }],
      ['recordings.begin', { questionId: first, mimeType: opus }],
    ] as const) {
      expect([name, (await candidate.error(name, input)).message]).toEqual([
        name,
        'You have gone on from this question, so its answer stays as it is.',
      ]);
    }
  });

  test('a skipped question is open again until the next is asked', async () => {
    const [first, second] = await begin();
    await candidate.value('oneWay.ask', { questionId: first });
    await candidate.value('oneWay.skip', { questionId: first });
    expect(
      (await candidate.error('recordings.begin', { questionId: first, mimeType: opus })).message,
    ).toMatch(/skipped/);
    const { questions } = await candidate.value('oneWay.ask', { questionId: first });
    expect(questions[0]?.state).toBe('ASKED');
    await candidate.value('oneWay.skip', { questionId: first });
    await candidate.value('oneWay.ask', { questionId: second });
    expect((await candidate.error('oneWay.ask', { questionId: first })).code).toBe('CONFLICT');
  });

  test('the clock of a question goes on while its candidate is away', async () => {
    const [first] = await begin();
    await candidate.value('oneWay.ask', { questionId: first });
    await database.dataSource.query(`UPDATE questions SET asked_at = now() - interval '20 s' WHERE id = $1`, [
      first,
    ]);
    const {
      questions: [question],
    } = await candidate.value('oneWay.ask', { questionId: first });
    expect(question?.thinkLeftMs).toBeLessThanOrEqual(10_000);
    expect(question?.timeLeftMs).toBeLessThanOrEqual(190_000);
    await database.dataSource.query(`UPDATE questions SET asked_at = now() - interval '90 d' WHERE id = $1`, [
      first,
    ]);
    const later = await candidate.value('oneWay.get', { id });
    expect(later.questions[0]).toMatchObject({ thinkLeftMs: 0, timeLeftMs: 0 });
  });

  test('who declines answers in writing, and may change their mind', async () => {
    const [first, second] = await begin('DECLINED');
    const { consentText } = await candidate.value('oneWay.ask', { questionId: first });
    const refused = await candidate.error('recordings.begin', { questionId: first, mimeType: opus });
    expect(refused.message).toMatch(/declined/);
    await candidate.value('oneWay.saveAnswer', { questionId: first, transcript: '  ' });
    expect((await candidate.error('oneWay.ask', { questionId: second })).code).toBe('CONFLICT');
    await candidate.value('oneWay.saveAnswer', { questionId: first, transcript: 'A heap.' });
    await candidate.value('oneWay.ask', { questionId: second });
    const decide = (decision: 'AGREED' | 'DECLINED') =>
      candidate.value('oneWay.recordConsent', { id, consentTextId: consentText?.id ?? '', decision });
    await decide('AGREED');
    const takeId = await candidate.speak(second);
    // What is being recorded ends with the consent.
    await decide('DECLINED');
    const { questions } = await candidate.value('oneWay.get', { id });
    expect(questions[1]?.answer?.takes).toMatchObject([
      { id: takeId, state: expect.not.stringMatching('RECORDING') },
    ]);
    await candidate.value('oneWay.submit', { id });
  });

  test('a kit without a consent text is answered in writing', async () => {
    id = await assign({ consentName: null });
    const [first] = await begin();
    await candidate.value('oneWay.ask', { questionId: first });
    expect((await candidate.error('recordings.begin', { questionId: first, mimeType: opus })).code).toBe(
      'CONFLICT',
    );
    await candidate.value('oneWay.saveAnswer', { questionId: first, transcript: 'In writing.' });
  });

  test('accommodations are in the limits', async () => {
    await insertRow(database.dataSource, 'candidate_profiles', {
      ...{ id: undefined, user_id: candidate.id, time_multiplier: 2, extra_takes: 1 },
    });
    id = await assign();
    expect((await candidate.value('oneWay.get', { id })).questions[0]).toMatchObject({
      ...{ thinkTimeMs: 60_000, answerTimeMs: 360_000, takesAllowed: 3 },
    });
  });

  test('one that is late is taken, and one that was cancelled is not', async () => {
    id = await assign({}, { dueAt: new Date('2020-01-01T00:00:00Z') });
    const [first] = await begin();
    await candidate.value('oneWay.ask', { questionId: first });
    await ada.value('desk.cancel', { id });
    for (const [name, input] of [
      ['oneWay.skip', { questionId: first }],
      ['oneWay.submit', { id }],
      ['recordings.begin', { questionId: first, mimeType: opus }],
    ] as const) {
      expect((await candidate.error(name, input)).code).toBe('CONFLICT');
    }
  });

  describe('rights', () => {
    let first: string;
    let second: string;
    let takeId: string;
    let recoveredId: string;
    let consentTextId: string;
    beforeEach(async () => {
      [first, second] = await begin();
      await candidate.value('oneWay.ask', { questionId: first });
      takeId = await speak(first);
      // What is compared before and after has come to rest.
      await expect
        .poll(async () => {
          const { questions } = await candidate.value('oneWay.get', { id });
          return questions[0]?.answer?.takes[0]?.state;
        })
        .toBe('FINISHED');
      recoveredId = await addTake(database.dataSource, first, { number: 2 });
      await database.dataSource.query('UPDATE takes SET recovered = true WHERE id = $1', [recoveredId]);
      consentTextId = (await candidate.value('oneWay.get', { id })).consentText?.id ?? '';
    });

    const changes = () =>
      [
        ['oneWay.begin', { id, consent: null }],
        ['oneWay.recordConsent', { id, consentTextId, decision: 'AGREED' }],
        ['oneWay.ask', { questionId: second }],
        ['oneWay.ask', { questionId: first }],
        ['oneWay.skip', { questionId: first }],
        ['oneWay.saveAnswer', { questionId: first, transcript: 'I was here.' }],
        ['oneWay.chooseTake', { takeId }],
        ['oneWay.keepTake', { takeId: recoveredId }],
        ['oneWay.discardTake', { takeId: recoveredId }],
        ['oneWay.restoreTake', { takeId: recoveredId }],
        ['oneWay.submit', { id }],
        ['recordings.begin', { questionId: first, mimeType: opus }],
      ] as const;

    test.each(['CANDIDATE', 'INTERVIEWER', 'ADMIN'] as const)(
      'does not exist for another %s',
      async (role) => {
        const other = await app.addPerson(role);
        const before = await ada.value('desk.interview', { id });
        for (const [name, input] of [
          ...changes(),
          ['oneWay.get', { id }],
          ['recordings.peaks', { takeId }],
          ['recordings.finish', { takeId }],
          ['recordings.append', { takeId, sequence: 0, bytes: new Uint8Array(9) }],
        ] as const) {
          expect([name, (await other.error(name, input)).code]).toEqual([name, 'NOT_FOUND']);
        }
        expect((await other.value('oneWay.mine', {})).rows).toEqual([]);
        expect(await ada.value('desk.interview', { id })).toEqual(before);
      },
    );

    test('its panel looks on, and acts in nobody’s place', async () => {
      const before = await ada.value('desk.interview', { id });
      for (const [name, input] of [
        ...changes(),
        ['oneWay.get', { id }],
        ['live.chooseTake', { takeId }],
        ['live.keepTake', { takeId: recoveredId }],
        ['live.discardTake', { takeId: recoveredId }],
        ['live.restoreTake', { takeId: recoveredId }],
      ] as const) {
        expect([name, (await ada.error(name, input)).code]).toEqual([name, 'NOT_FOUND']);
      }
      for (const [name, input] of [
        ['live.start', { id }],
        ['live.ask', { questionId: second, seen: null }],
        ['live.passOver', { questionId: second }],
        ['live.reorder', { id, seen: [first, second], order: [second, first] }],
        ['live.end', { id }],
        ['live.candidateView', { id }],
      ] as const) {
        expect([name, (await ada.error(name, input)).code]).toEqual([name, 'CONFLICT']);
      }
      expect(await ada.value('desk.interview', { id })).toEqual(before);
    });

    test('its candidate reaches nothing of how it is judged', async () => {
      await database.dataSource.query('UPDATE answers SET score = 75, level = 4 WHERE question_id = $1', [
        first,
      ]);
      await insertRow(database.dataSource, 'scorecards', {
        ...{ interview_id: id, interviewer_id: ada.id, state: 'SUBMITTED', recommendation: 'YES' },
        submitted_at: new Date(),
      });
      const seen = await candidate.value('oneWay.get', { id });
      expect(Object.keys(seen).sort()).toEqual(
        [
          ...[
            'answeredCount',
            'assignedAt',
            'consent',
            'consentText',
            'currentQuestionId',
            'dueAt',
            'endedAt',
          ],
          ...[
            'from',
            'id',
            'plannedMs',
            'questionCount',
            'questions',
            'startedAt',
            'status',
            'title',
            'welcome',
          ],
        ].sort(),
      );
      expect(Object.keys(seen.questions[0] ?? {}).sort()).toEqual(
        [
          ...['answer', 'answerTimeMs', 'content', 'id', 'position', 'state', 'takesAllowed', 'thinkLeftMs'],
          ...['thinkTimeMs', 'timeLeftMs'],
        ].sort(),
      );
      expect(Object.keys(seen.questions[0]?.answer ?? {}).sort()).toEqual([
        ...['discarded', 'recordingsRemovedAt', 'takes', 'transcript', 'transcriptRemovedAt'],
      ]);
      for (const [name, input] of [
        ['interviews.get', { id }],
        ['interviews.begin', { id }],
        ['interviews.complete', { id }],
        ['interviews.abandon', { id }],
        ['interviews.delete', { id }],
        ['interviews.restore', { id }],
        ['questions.ask', { questionId: second }],
        ['questions.skip', { questionId: first }],
        ['answers.chooseTake', { takeId }],
        ['answers.keepTake', { takeId: recoveredId }],
        ['answers.discardTake', { takeId: recoveredId }],
        ['answers.restoreTake', { takeId: recoveredId }],
        ['answers.saveTranscript', { questionId: first, transcript: '' }],
        ['answers.rate', { questionId: first, level: 5 }],
      ] as const) {
        expect([name, (await candidate.error(name, input)).code]).toEqual([name, 'NOT_FOUND']);
      }
      for (const [name, input] of [
        ['desk.interview', { id }],
        ['desk.cancel', { id }],
        ['notes.list', { interviewId: id }],
      ] as const) {
        expect([name, (await candidate.error(name, input)).code]).toEqual([name, 'FORBIDDEN']);
      }
      expect((await candidate.value('interviews.list', {})).rows).toEqual([]);
      expect(await candidate.value('interviews.unfinished', undefined)).toBeNull();
    });

    test('a candidate who becomes an interviewer is not on the panel of their own', async () => {
      const person = await app.addPerson('INTERVIEWER');
      const setRole = (role: string) =>
        database.dataSource.query('UPDATE users SET role = $1 WHERE id = $2', [role, person.id]);
      await setRole('CANDIDATE');
      const own = await assign({}, { candidateId: person.id });
      await setRole('INTERVIEWER');
      for (const interviewId of [id, own]) {
        await insertRow(database.dataSource, 'panel_members', {
          interview_id: interviewId,
          user_id: person.id,
        });
      }
      expect((await person.result('desk.interview', { id })).ok).toBe(true);
      expect((await person.error('desk.interview', { id: own })).code).toBe('NOT_FOUND');
      expect((await person.result('oneWay.get', { id: own })).ok).toBe(true);
    });

    test('nothing changes once it is submitted', async () => {
      await candidate.value('oneWay.ask', { questionId: second });
      const last = await candidate.speak(second);
      await candidate.value('oneWay.submit', { id });
      const before = await candidate.value('oneWay.get', { id });
      expect(before.questions[1]?.answer?.takes).toMatchObject([{ id: last, chosen: true }]);
      for (const [name, input] of [
        ...changes(),
        ['recordings.begin', { questionId: second, mimeType: opus }],
        ['recordings.append', { takeId: last, sequence: 99, bytes: new Uint8Array(9) }],
      ] as const) {
        expect([name, (await candidate.error(name, input)).code]).toEqual([name, 'CONFLICT']);
      }
      expect(
        (await candidate.error('oneWay.saveAnswer', { questionId: first, transcript: '' })).message,
      ).toMatch(/have submitted/);
      expect(await ada.value('desk.interview', { id })).toMatchObject({ status: 'COMPLETED' });
      const after = await candidate.value('oneWay.get', { id });
      expect(after.questions.map(({ answer }) => answer?.transcript)).toEqual(
        before.questions.map(({ answer }) => answer?.transcript),
      );
      expect(
        after.questions.map(({ answer }) => answer?.takes.map((take) => [take.id, take.chosen])),
      ).toEqual(before.questions.map(({ answer }) => answer?.takes.map((take) => [take.id, take.chosen])));
    });

    test('is not reached by ids that are none', async () => {
      for (const [name, input] of changes()) {
        for (const bad of ['', 'x', `${id}'--`, 7, null, { $ne: null }, [id]]) {
          const broken = Object.fromEntries(
            Object.entries(input).map(([key, value]) => [
              key,
              key.toLowerCase().endsWith('id') ? bad : value,
            ]),
          );
          expect((await candidate.error(name, broken)).code).toBe('INVALID_INPUT');
        }
      }
    });
  });
});
