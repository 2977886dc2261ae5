import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { addDeskInterview, addKit, startDesk } from '../../tests/fixtures/desk.ts';
import { addTake, type TestInterviews, type TestPerson } from '../../tests/fixtures/interviews.ts';
import { insertRow } from '../../tests/fixtures/rows.ts';

describe.each(testEngines)('the desk on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let ada: TestPerson;
  let candidate: TestPerson;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    app = await startDesk(database, engine);
    ada = await app.addPerson('INTERVIEWER');
    candidate = await app.addPerson();
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  const live = (definition = {}) =>
    addDeskInterview(database.dataSource, { candidateId: candidate.id, interviewerId: ada.id }, definition);

  test('an interview is made of its kit, with the candidate’s accommodations', async () => {
    await insertRow(database.dataSource, 'candidate_profiles', {
      ...{ id: undefined, user_id: candidate.id, time_multiplier: 1.5, extra_takes: 1 },
    });
    const interview = await ada.value('desk.interview', { id: await live() });
    expect(interview).toMatchObject({
      ...{ kind: 'LIVE', status: 'PENDING', title: 'Backend', instructions: 'Be kind.', revealed: false },
      candidate: { id: candidate.id },
      panel: [{ id: ada.id }],
      kit: { name: 'Backend', version: 1 },
      accommodation: { timeMultiplier: 1.5, extraTakes: 1 },
      consentText: { name: 'Test', version: 1 },
      consent: null,
    });
    expect(interview.rubric.map(({ key, weight }) => [key, weight])).toEqual([
      ['databases', 2],
      ['testing', 1],
    ]);
    expect(interview.questions).toHaveLength(2);
    expect(interview.questions[0]).toMatchObject({ answerTimeMs: 270_000, takesAllowed: 3 });
  });

  test('what is fixed is not drawn as well, and what was asked is not asked again', async () => {
    const draw = {
      ...{ type: 'DRAW', count: 7, competencies: ['databases'] },
      ...{ difficulties: [], neverAsked: true },
    } as const;
    const [fixed] = await database.dataSource.query<{ id: string }[]>(
      `SELECT id FROM library_questions WHERE competency = 'databases' LIMIT 1`,
    );
    const items = [{ type: 'QUESTION', libraryQuestionId: fixed?.id ?? '' } as const, draw];
    const { questions } = await ada.value('desk.interview', { id: await live({ items }) });
    expect(new Set(questions.map(({ content }) => content)).size).toBe(8);
    await database.dataSource.query('UPDATE questions SET asked_at = now() WHERE id = $1', [
      questions[1]?.id,
    ]);
    // The competency has eight: one of them has been asked now, so seven that are new are not there beside the fixed one.
    await expect(live({ items })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('nobody sees it but its panel', async () => {
    const id = await live();
    for (const other of [await app.addPerson('INTERVIEWER'), await app.addPerson('ADMIN')]) {
      expect((await other.error('desk.interview', { id })).code).toBe('NOT_FOUND');
    }
    expect((await candidate.error('desk.interview', { id })).code).toBe('FORBIDDEN');
    expect((await candidate.error('interviews.get', { id })).code).toBe('NOT_FOUND');
    await database.dataSource.query(`UPDATE users SET role = 'CANDIDATE' WHERE id = $1`, [ada.id]);
    expect((await ada.error('desk.interview', { id })).code).toBe('NOT_FOUND');
    await database.dataSource.query(`UPDATE users SET role = 'INTERVIEWER' WHERE id = $1`, [ada.id]);
  });

  test('in a blind interview what the candidate needs applies, and is told once one’s own scorecard is submitted', async () => {
    const needs = await app.addPerson();
    await insertRow(database.dataSource, 'candidate_profiles', {
      ...{ id: undefined, user_id: needs.id, time_multiplier: 2, extra_takes: 1 },
      ...{ notes: 'Worked with us before.', accommodation_note: 'Uses a screen reader.' },
    });
    const id = await addDeskInterview(
      database.dataSource,
      { candidateId: needs.id, interviewerId: ada.id },
      { blind: true },
    );
    const before = await ada.value('desk.interview', { id });
    expect(before.accommodation).toBeNull();
    expect(before.questions[0]).toMatchObject({ answerTimeMs: 360_000, takesAllowed: 3 });
    // Nowhere in what main gives out, whatever a screen would make of it.
    const told = JSON.stringify([before, (await ada.value('desk.list', {})).rows]);
    expect(told).not.toMatch(/screen reader|Worked with us/);
    expect(told).not.toContain(needs.id);
    await insertRow(database.dataSource, 'scorecards', {
      ...{ interview_id: id, interviewer_id: ada.id, state: 'SUBMITTED', recommendation: 'YES' },
      submitted_at: new Date(),
    });
    expect((await ada.value('desk.interview', { id })).accommodation).toEqual({
      ...{ timeMultiplier: 2, extraTakes: 1, note: 'Uses a screen reader.' },
    });
  });

  test('one candidate’s interviews are found; a blind one only once one’s own scorecard is submitted', async () => {
    const other = await app.addPerson();
    const add = (blind: boolean) =>
      addDeskInterview(database.dataSource, { candidateId: other.id, interviewerId: ada.id }, { blind });
    const open = await add(false);
    const blind = await add(true);
    await live();
    const found = async () =>
      (await ada.value('desk.list', { candidateId: other.id })).rows.map(({ id }) => id).toSorted();
    expect(await found()).toEqual([open]);
    await insertRow(database.dataSource, 'scorecards', {
      ...{ interview_id: blind, interviewer_id: ada.id, state: 'SUBMITTED', recommendation: 'YES' },
      submitted_at: new Date(),
    });
    expect(await found()).toEqual([open, blind].toSorted());
  });

  test('no score and, where it is blind, no name until one’s own scorecard is submitted', async () => {
    const id = await live({ blind: true });
    const { questions } = await ada.value('desk.interview', { id });
    await addTake(database.dataSource, questions[0]?.id ?? '');
    await database.dataSource.query('UPDATE answers SET score = 75 WHERE question_id = $1', [
      questions[0]?.id,
    ]);
    const before = await ada.value('desk.interview', { id });
    expect(before.candidate.id).toBeNull();
    expect(before.candidate.name).toMatch(/^Candidate [0-9A-F]{4}$/);
    expect(before.questions[0]?.answer).toMatchObject({ score: null, takes: [{ number: 1 }] });
    await insertRow(database.dataSource, 'scorecards', {
      ...{ interview_id: id, interviewer_id: ada.id, state: 'SUBMITTED', recommendation: 'YES' },
      submitted_at: new Date(),
    });
    const after = await ada.value('desk.interview', { id });
    expect(after).toMatchObject({ revealed: true, candidate: { id: candidate.id } });
    expect(after.questions[0]?.answer?.score).toBe(75);
  });

  test('the interviewer records, once the candidate has agreed, and the panel hears it', async () => {
    const id = await live();
    await database.dataSource.query(
      `UPDATE interviews SET status = 'IN_PROGRESS', started_at = now() WHERE id = $1`,
      [id],
    );
    const { questions, consentText } = await ada.value('desk.interview', { id });
    const begin = { questionId: questions[0]?.id ?? '', mimeType: 'audio/webm;codecs=opus' };
    expect((await ada.error('recordings.begin', begin)).message).toMatch(/has not agreed/);
    const decide = (decision: string) =>
      insertRow(database.dataSource, 'consents', {
        ...{ interview_id: id, consent_text_id: consentText?.id, decision, decided_at: new Date() },
      });
    await decide('DECLINED');
    expect((await ada.error('recordings.begin', begin)).message).toMatch(/has declined/);
    const consentId = await decide('AGREED');
    expect((await candidate.error('recordings.begin', begin)).code).toBe('NOT_FOUND');
    const takeId = await ada.speak(begin.questionId);
    expect((await ada.value('recordings.finish', { takeId })).durationMs).toBeGreaterThan(5_000);
    const [take] = await database.dataSource.query('SELECT consent_id FROM takes WHERE id = $1', [takeId]);
    expect(take).toEqual({ consent_id: consentId });
    const other = await app.addPerson('INTERVIEWER');
    expect((await other.error('recordings.peaks', { takeId })).code).toBe('NOT_FOUND');
    expect((await candidate.error('recordings.peaks', { takeId })).code).toBe('NOT_FOUND');
    await insertRow(database.dataSource, 'panel_members', { interview_id: id, user_id: other.id });
    expect((await other.result('recordings.peaks', { takeId })).ok).toBe(true);
  });

  test('somebody who may not is on no panel', async () => {
    const kitId = await addKit(database.dataSource);
    for (const [candidateId, interviewerId] of [
      [candidate.id, candidate.id],
      [ada.id, ada.id],
    ] as const) {
      await expect(
        addDeskInterview(database.dataSource, { candidateId, interviewerId, kitId }),
      ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });
});
