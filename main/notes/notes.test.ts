import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { addDeskInterview, startDesk } from '../../tests/fixtures/desk.ts';
import { addTake, type TestInterviews, type TestPerson } from '../../tests/fixtures/interviews.ts';
import { insertRow } from '../../tests/fixtures/rows.ts';

const second = 1_000;

describe.each(testEngines)('notes on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let ada: TestPerson;
  let grace: TestPerson;
  let candidate: TestPerson;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    app = await startDesk(database, engine);
    ada = await app.addPerson('INTERVIEWER');
    grace = await app.addPerson('INTERVIEWER');
    candidate = await app.addPerson();
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  async function running() {
    const interviewId = await addDeskInterview(database.dataSource, {
      ...{ candidateId: candidate.id, interviewerId: ada.id, panel: [grace.id] },
    });
    await ada.value('live.start', { id: interviewId });
    const { questions } = await ada.value('desk.interview', { id: interviewId });
    return { interviewId, questionId: questions[0]?.id ?? '' };
  }
  const noteIn = (interviewId: string, more = {}) => ({
    ...{ id: v7(), interviewId, questionId: null, atMs: null, notedAt: new Date().toISOString() },
    ...{ body: 'Knows indexes.', ...more },
  });
  const list = (person: TestPerson, interviewId: string) => person.value('notes.list', { interviewId });

  test('a note is kept once, however often it is sent', async () => {
    const { interviewId, questionId } = await running();
    const note = noteIn(interviewId, { questionId });
    await ada.value('notes.add', note);
    await ada.value('notes.add', note);
    expect(await list(ada, interviewId)).toMatchObject([
      {
        id: note.id,
        body: note.body,
        mine: true,
        author: { id: ada.id },
        questionId,
        takeId: null,
        atMs: null,
      },
    ]);
  });

  test('it is stamped with the take that ran, also one that main heard of a moment later', async () => {
    const { interviewId, questionId } = await running();
    const takes = [
      await addTake(database.dataSource, questionId, { number: 1 }),
      await addTake(database.dataSource, questionId, { number: 2 }),
    ];
    const began = Date.now() - 600 * second;
    for (const [index, takeId] of takes.entries()) {
      const startedAt = new Date(began + index * 300 * second);
      await database.dataSource.query('UPDATE takes SET started_at = $1 WHERE id = $2', [startedAt, takeId]);
    }
    for (const [gone, atMs] of [
      [40, 40 * second],
      // Begun with the second take, of which main heard half a second later.
      [299.5, 200],
      [320, 20 * second],
    ] as const) {
      const notedAt = new Date(began + gone * second).toISOString();
      await ada.value('notes.add', noteIn(interviewId, { questionId, atMs, notedAt }));
    }
    expect((await list(ada, interviewId)).map(({ takeId, atMs }) => [takeId, atMs])).toEqual([
      [takes[0], 40 * second],
      [takes[1], 200],
      [takes[1], 20 * second],
    ]);
  });

  test('a note that two windows change is not overwritten in silence', async () => {
    const { interviewId } = await running();
    const { id, ...note } = noteIn(interviewId);
    await ada.value('notes.add', { id, ...note });
    const [seen] = await list(ada, interviewId);
    await ada.value('notes.change', { id, seen: seen?.updatedAt ?? '', body: 'Knows indexes well.' });
    const late = await ada.error('notes.change', { id, seen: seen?.updatedAt, body: 'Other' });
    expect(late).toMatchObject({ code: 'CONFLICT', details: { body: 'Knows indexes well.' } });
    const [now] = await list(ada, interviewId);
    expect(now?.body).toBe('Knows indexes well.');
    await ada.value('notes.remove', { id });
    expect(await list(ada, interviewId)).toEqual([]);
    expect((await ada.error('notes.remove', { id })).code).toBe('NOT_FOUND');
  });

  test('words are wanted, and not without end', async () => {
    const { interviewId } = await running();
    expect((await ada.error('notes.add', noteIn(interviewId, { body: ' \n ' }))).message).toMatch(/a word/);
    const endless = noteIn(interviewId, { body: 'x'.repeat(100_000) });
    expect((await ada.error('notes.add', endless)).message).toMatch(/at most/);
    expect((await ada.error('notes.add', noteIn(interviewId, { atMs: -1 }))).code).toBe('INVALID_INPUT');
    const other = await running();
    const elsewhere = noteIn(interviewId, { questionId: other.questionId });
    expect((await ada.error('notes.add', elsewhere)).code).toBe('NOT_FOUND');
    expect(await list(ada, interviewId)).toEqual([]);
  });

  test('others read a note once they have judged for themselves, and never change it', async () => {
    const { interviewId } = await running();
    const note = noteIn(interviewId);
    await ada.value('notes.add', note);
    expect(await list(grace, interviewId)).toEqual([]);
    await insertRow(database.dataSource, 'scorecards', {
      ...{ interview_id: interviewId, interviewer_id: grace.id, state: 'SUBMITTED', recommendation: 'NO' },
      submitted_at: new Date(),
    });
    const [read] = await list(grace, interviewId);
    expect(read).toMatchObject({ id: note.id, mine: false, author: { id: ada.id } });
    const change = { id: note.id, seen: read?.updatedAt, body: 'Mine now' };
    expect((await grace.error('notes.change', change)).code).toBe('NOT_FOUND');
    expect((await grace.error('notes.remove', { id: note.id })).code).toBe('NOT_FOUND');
  });

  test('neither the candidate nor an interviewer who is not on the panel reads or writes one', async () => {
    const { interviewId } = await running();
    const note = noteIn(interviewId);
    await ada.value('notes.add', note);
    const stranger = await app.addPerson('ADMIN');
    for (const [name, input] of [
      ['notes.list', { interviewId }],
      ['notes.add', noteIn(interviewId)],
      ['notes.change', { id: note.id, seen: note.notedAt, body: 'x' }],
      ['notes.remove', { id: note.id }],
    ] as const) {
      expect((await stranger.error(name, input)).code, `${name} of a stranger`).toBe('NOT_FOUND');
      expect((await candidate.error(name, input)).code, `${name} of the candidate`).toBe('FORBIDDEN');
    }
    expect(await list(ada, interviewId)).toHaveLength(1);
  });
});
