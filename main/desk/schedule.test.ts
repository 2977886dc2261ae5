import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allAtOnce } from '../../tests/fixtures/all-at-once.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { addDeskInterview, addKit, startDesk } from '../../tests/fixtures/desk.ts';
import type { TestInterviews, TestPerson } from '../../tests/fixtures/interviews.ts';
import { insertRow } from '../../tests/fixtures/rows.ts';

const tomorrow = '2031-03-04T09:00:00.000Z';
const friday = '2031-03-06T12:00:00.000Z';

describe.each(testEngines)('scheduling on %s', (engine) => {
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

  const query = (statement: string, parameters: unknown[] = []) =>
    database.dataSource.query(statement, parameters);
  const planned = (wish = {}, definition = {}) =>
    addDeskInterview(
      database.dataSource,
      { candidateId: candidate.id, interviewerId: ada.id, panel: [grace.id], ...wish },
      definition,
    );
  const atOnce = <T>(id: string, work: (person: TestPerson) => Promise<T>) =>
    allAtOnce(
      ...([database, engine] as const),
      { statement: 'SELECT FROM interviews WHERE id = $1 FOR UPDATE', parameters: [id] },
      [ada, grace].map((person) => () => work(person)),
    );
  const wishOf = (kitId: string) => ({
    ...{ kind: 'LIVE' as const, candidateId: candidate.id, kitId, panel: [grace.id] },
    ...{ scheduledAt: tomorrow, dueAt: null },
  });

  test('an interview is planned, and is there for its whole panel', async () => {
    const kitId = await addKit(database.dataSource);
    const { id } = await ada.value('desk.schedule', wishOf(kitId));
    for (const person of [ada, grace]) {
      expect(await person.value('desk.interview', { id })).toMatchObject({
        ...{ status: 'PENDING', scheduledAt: tomorrow, interviewer: { id: ada.id } },
        panel: [{ id: ada.id }, { id: grace.id }],
      });
    }
  });

  test('what cannot be planned is refused in words, and nothing is left of it', async () => {
    const kitId = await addKit(database.dataSource);
    const wish = wishOf(kitId);
    const count = async () => (await query('SELECT count(*)::int AS count FROM interviews'))[0].count;
    const before = await count();
    for (const [wrong, code] of [
      [{ kitId: v7() }, 'NOT_FOUND'],
      [{ candidateId: grace.id }, 'NOT_FOUND'],
      [{ panel: [candidate.id] }, 'NOT_FOUND'],
      [{ panel: Array.from({ length: 21 }, () => v7()) }, 'INVALID_INPUT'],
      [{ scheduledAt: 'tomorrow' }, 'INVALID_INPUT'],
      [{ kind: 'PRACTICE' }, 'INVALID_INPUT'],
    ] as const) {
      expect((await ada.error('desk.schedule', { ...wish, ...wrong })).code).toBe(code);
    }
    expect((await candidate.error('desk.schedule', wish)).code).toBe('FORBIDDEN');
    expect(await count()).toBe(before);
  });

  test('it is moved while it has not begun; of two who move it at once, one is told', async () => {
    const id = await planned();
    const seen = { scheduledAt: null, dueAt: null };
    const results = await atOnce(id, (person) =>
      person.result('desk.reschedule', { id, seen, scheduledAt: tomorrow, dueAt: null }),
    );
    expect(results.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    const late = await grace.error('desk.reschedule', { id, seen, scheduledAt: friday, dueAt: null });
    expect(late).toMatchObject({ code: 'CONFLICT', details: { scheduledAt: tomorrow, dueAt: null } });
    const now = { scheduledAt: tomorrow, dueAt: null };
    await grace.value('desk.reschedule', { id, seen: now, scheduledAt: null, dueAt: friday });
    expect(await ada.value('desk.interview', { id })).toMatchObject({ scheduledAt: null, dueAt: friday });
    await ada.value('live.start', { id });
    const begun = { id, seen: { scheduledAt: null, dueAt: friday }, scheduledAt: null, dueAt: null };
    expect((await ada.error('desk.reschedule', begun)).message).toMatch(/has begun/);
  });

  test('the panel changes; who has seen another one is told, and who has judged stays', async () => {
    const id = await planned();
    const change = (seen: string[], panel: string[]) => ({ id, seen, panel });
    expect((await ada.error('desk.setPanel', change([ada.id], [ada.id, stranger.id]))).details).toMatchObject(
      { panel: expect.arrayContaining([ada.id, grace.id]) },
    );
    expect((await ada.error('desk.setPanel', change([ada.id, grace.id], []))).message).toMatch(/Somebody/);
    const withCandidate = change([ada.id, grace.id], [ada.id, candidate.id]);
    expect((await ada.error('desk.setPanel', withCandidate)).code).toBe('NOT_FOUND');
    await insertRow(database.dataSource, 'scorecards', {
      ...{ interview_id: id, interviewer_id: grace.id, state: 'SUBMITTED', recommendation: 'YES' },
      submitted_at: new Date(),
    });
    const withoutGrace = change([ada.id, grace.id], [ada.id]);
    expect((await ada.error('desk.setPanel', withoutGrace)).message).toMatch(/stays on the panel/);
    // Whoever holds it goes: somebody who stays holds it.
    await ada.value('desk.setPanel', change([ada.id, grace.id], [grace.id]));
    expect((await grace.value('desk.interview', { id })).interviewer).toMatchObject({ id: grace.id });
    expect((await ada.error('desk.interview', { id })).code).toBe('NOT_FOUND');
  });

  test('it is cancelled once, also out of a break, and everything in it is kept', async () => {
    const id = await planned();
    await ada.value('live.start', { id });
    await ada.value('live.pause', { id });
    const results = await atOnce(id, (person) => person.result('desk.cancel', { id }));
    expect(results.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    const interview = await ada.value('desk.interview', { id });
    expect(interview).toMatchObject({ status: 'ABANDONED', pausedAt: null });
    expect(interview.questions).toHaveLength(2);
  });

  test('it is deleted, found among the deleted, and restored', async () => {
    const id = await planned();
    const ids = async (deleted: boolean) =>
      (await ada.value('desk.list', { deleted, limit: 100 })).rows.map((row) => row.id);
    await ada.value('desk.delete', { id });
    expect(await ids(false)).not.toContain(id);
    expect(await ids(true)).toContain(id);
    await grace.value('desk.restore', { id });
    expect(await ids(false)).toContain(id);
  });

  test('nobody but the panel changes it', async () => {
    const id = await planned();
    const seen = { scheduledAt: null, dueAt: null };
    for (const [name, input] of [
      ['desk.interview', { id }],
      ['desk.reschedule', { id, seen, ...seen }],
      ['desk.setPanel', { id, seen: [ada.id, grace.id], panel: [stranger.id] }],
      ['desk.cancel', { id }],
      ['desk.delete', { id }],
      ['desk.restore', { id }],
    ] as const) {
      expect((await stranger.error(name, input)).code, `${name} of a stranger`).toBe('NOT_FOUND');
      expect((await candidate.error(name, input)).code, `${name} of the candidate`).toBe('FORBIDDEN');
    }
    expect((await stranger.value('desk.list', {})).rows).toEqual([]);
    expect((await candidate.error('desk.list', {})).code).toBe('FORBIDDEN');
    expect((await candidate.error('desk.interviewers', undefined)).code).toBe('FORBIDDEN');
    const names = await ada.value('desk.interviewers', undefined);
    expect(names.map((person) => person.id).toSorted()).toEqual(
      [ada, grace, stranger].map((p) => p.id).toSorted(),
    );
  });

  test('the list is read page by page, each interview once, and narrowed down', async () => {
    const linus = await app.addPerson('INTERVIEWER');
    const made: string[] = [];
    for (let day = 1; day <= 7; day += 1) {
      const scheduledAt = new Date(`2032-01-0${Math.ceil(day / 2)}T09:00:00Z`);
      made.push(await planned({ interviewerId: linus.id, panel: [], scheduledAt }));
    }
    const read = async (sort: 'NEWEST' | 'OLDEST') => {
      const found: string[] = [];
      let after: string | undefined;
      do {
        const { rows, next } = await linus.value('desk.list', { sort, limit: 2, after });
        found.push(...rows.map((row) => row.id));
        after = next ?? undefined;
      } while (after);
      return found;
    };
    expect(await read('OLDEST')).toEqual(made);
    expect(await read('NEWEST')).toEqual(made.toReversed());
    const list = async (input: object) =>
      (await linus.value('desk.list', input)).rows.map((row) => row.id).toSorted();
    const day = { from: '2032-01-02T00:00:00.000Z', until: '2032-01-03T00:00:00.000Z' };
    expect(await list(day)).toEqual(made.slice(2, 4));
    expect(await list({ kind: 'ONE_WAY' })).toEqual([]);
    expect(await list({ search: 'BACK' })).toEqual(made);
    expect(await list({ search: 'nobody' })).toEqual([]);
    expect(await list({ mine: true })).toEqual(made);
    await linus.value('live.start', { id: made[0] ?? '' });
    expect(await list({ status: 'IN_PROGRESS' })).toEqual([made[0]]);
    expect(await list({ toRate: true })).toEqual([]);
    await linus.value('live.end', { id: made[0] ?? '' });
    expect(await list({ toRate: true })).toEqual([made[0]]);
    for (const after of ['', 'nonsense', Buffer.from('["NEWEST","x","y"]').toString('base64url')]) {
      expect((await linus.error('desk.list', { after })).code).toBe('INVALID_INPUT');
    }
  });

  test('a blind candidate’s name is not found by searching', async () => {
    await query(`UPDATE users SET name = 'Zerlina' WHERE id = $1`, [candidate.id]);
    const linus = await app.addPerson('INTERVIEWER');
    const open = await planned({ interviewerId: linus.id, panel: [] });
    const blind = await planned({ interviewerId: linus.id, panel: [] }, { blind: true });
    const search = async () => (await linus.value('desk.list', { search: 'zerl' })).rows;
    expect((await search()).map((row) => row.id)).toEqual([open]);
    const { rows } = await linus.value('desk.list', {});
    const row = rows.find((one) => one.id === blind);
    expect(row?.candidate).toEqual({ id: null, name: expect.stringMatching(/^Candidate [0-9A-F]{4}$/) });
    expect(JSON.stringify(rows.filter((one) => one.id === blind))).not.toContain('Zerlina');
  });
});
