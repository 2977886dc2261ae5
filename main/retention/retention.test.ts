import { readdir } from 'node:fs/promises';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { InputOf } from '../../shared/contract/index.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import {
  beginPractice,
  startInterviews,
  type TestInterviews,
  type TestPerson,
} from '../../tests/fixtures/interviews.ts';
import { insertInterview, insertRow } from '../../tests/fixtures/rows.ts';
import { Works } from '../administration/works.ts';
import { createRetention, type Retention } from './retention.ts';

type Rule = InputOf<'retention.preview'>;
const rule = (changes: Partial<Rule> = {}): Rule => ({
  ...{ what: 'RECORDINGS', kinds: ['PRACTICE', 'LIVE', 'ONE_WAY'], statuses: ['COMPLETED', 'ABANDONED'] },
  ...{ days: 30, graceDays: 7 },
  ...changes,
});

describe.each(testEngines)('retention on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let retention: Retention;
  let works: Works;
  let admin: TestPerson;
  let person: TestPerson;
  let recording = false;
  /** Makes a run fail at its end, as a kill before the files are removed would. */
  let beforeFiles: () => Promise<void>;

  let whenItBegins: () => void;

  beforeEach(async () => {
    whenItBegins = () => undefined;
    recording = false;
    beforeFiles = async () => undefined;
    database = await openTestDatabase(engine);
    app = await startInterviews(database, engine, database.paths.recordings, (parts) => {
      works = new Works(parts.events, parts.log);
      parts.events.subscribe((name) => {
        if (name === 'database.workChanged' && works.current?.step === 'Beginning') whenItBegins();
      });
      retention = createRetention({
        ...{ ...parts, works, isRecording: () => recording },
        database: { ...parts.database, dataSource: parts.database.dataSource, status: { state: 'ready' } },
        async removeFiles() {
          await beforeFiles();
          await app.interviews.purgeDeleted();
        },
      });
      return retention.handlers;
    });
    admin = await app.addPerson('ADMIN');
    person = await app.addPerson();
  });
  afterEach(async () => {
    await app.close();
    await database.close();
  });

  const query = <T = Record<string, unknown>>(sql: string, parameters?: unknown[]) =>
    database.dataSource.query<T[]>(sql, parameters);
  const save = (changes: Partial<Rule> = {}) =>
    admin.value('retention.saveRule', { id: null, seen: null, rule: rule(changes) });
  const run = () => admin.value('retention.run', undefined);
  /** Lets days go by for everything that is announced. */
  const wait = (days: number) =>
    query(
      `UPDATE retention_notices SET announced_at = announced_at - make_interval(days => $1),
         due_at = due_at - make_interval(days => $1)`,
      [days],
    );
  const audited = () =>
    query<{ action: string; before: unknown; after: unknown }>(
      `SELECT action, before, after FROM audit_entries WHERE action LIKE 'retention.%' ORDER BY created_at, id`,
    );

  /** A practice interview with a spoken and a typed answer and a rating, that ended so many days ago. */
  async function spoken(daysAgo: number, of = person) {
    const { id, first, questions } = await beginPractice(of);
    const takeId = await of.speak(first);
    await of.value('recordings.finish', { takeId });
    // Made seekable behind.
    await vi.waitFor(async () => {
      expect(await query('SELECT state FROM takes WHERE id = $1', [takeId])).toEqual([{ state: 'FINISHED' }]);
    }, 10_000);
    await of.value('answers.saveTranscript', { questionId: first, transcript: 'What I said.' });
    await of.value('answers.rate', { questionId: first, level: 4 });
    await of.value('interviews.complete', { id });
    await query('UPDATE interviews SET ended_at = now() - make_interval(days => $2) WHERE id = $1', [
      id,
      daysAgo,
    ]);
    return { id, first, count: questions.length };
  }
  const answerOf = async ({ id, first }: { id: string; first: string }) => {
    const { questions } = await person.value('interviews.get', { id });
    const question = questions.find((each) => each.id === first);
    return { state: question?.state, ...question?.answer };
  };

  test('is off until somebody makes a rule', async () => {
    await spoken(4000);
    await retention.look();
    expect(await query('SELECT FROM retention_runs')).toEqual([]);
    expect(await run()).toMatchObject({ recordings: 0, interviews: 0, transcripts: 0 });
  });

  test('announces, waits for the grace period, then removes the recording and says so; the rest stays', async () => {
    const old = await spoken(31);
    const young = await spoken(29);
    await save();
    const { notices } = await person.value('retention.ofInterview', { id: old.id });
    expect(notices).toEqual([{ what: 'RECORDINGS', goesAt: expect.any(String) }]);
    const inDays = (Date.parse(notices[0]?.goesAt ?? '') - Date.now()) / 86_400_000;
    expect(inDays).toBeGreaterThan(6.9);
    expect(inDays).toBeLessThan(7.1);
    expect((await person.value('retention.ofInterview', { id: young.id })).notices).toEqual([]);

    await run();
    expect(await app.filesOf(old.id)).not.toEqual([]);
    await wait(7);
    const done = await run();
    expect(done).toMatchObject({ recordings: 1, interviews: 0, transcripts: 0, by: 'Test' });
    expect(done.bytes).toBeGreaterThan(1000);
    expect(done.endedAt).not.toBeNull();

    expect(await app.filesOf(old.id)).toEqual([]);
    expect(await readdir(database.paths.recordings)).toEqual([young.id]);
    expect(await answerOf(old)).toMatchObject({
      ...{ state: 'ANSWERED', transcript: 'What I said.', score: 75, level: 4 },
      ...{ takes: [], audioUrl: null, transcriptRemovedAt: null },
      recordingsRemovedAt: expect.stringMatching(/Z$/),
    });
    expect(await app.filesOf(young.id)).not.toEqual([]);
    expect((await person.value('retention.ofInterview', { id: old.id })).notices).toEqual([]);
    expect((await audited()).map(({ action, after }) => ({ action, after }))).toEqual([
      { action: 'retention.saveRule', after: { ...rule(), version: 1 } },
      { action: 'retention.run', after: expect.objectContaining({ recordings: 0 }) },
      { action: 'retention.run', after: { ...amounts(done), announced: 0 } },
    ]);
  });
  const amounts = ({ interviews, recordings, bytes, transcripts }: Awaited<ReturnType<typeof run>>) => ({
    ...{ interviews, recordings, bytes, transcripts },
  });

  test('what is gone is neither played, nor chosen, nor taken for a stray', async () => {
    const { id, first } = await spoken(31);
    const { takes } = await answerOf({ id, first });
    const takeId = takes?.[0]?.id ?? '';
    await save({ graceDays: 0 });
    await run();
    expect(await person.error('recordings.peaks', { takeId })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await person.error('answers.chooseTake', { takeId })).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('retention'),
    });
    expect(await app.recordings.findStrays()).toMatchObject({
      ...{ files: { count: 0 }, takes: { count: 0 }, elsewhere: 0 },
    });
  });

  test('transcripts go alone: the answer stays answered, and can be written anew', async () => {
    const old = await spoken(31);
    await save({ what: 'TRANSCRIPTS', graceDays: 0 });
    expect(await run()).toMatchObject({ recordings: 0, transcripts: 1 });
    expect(await answerOf(old)).toMatchObject({
      ...{ state: 'ANSWERED', transcript: '', score: 75, recordingsRemovedAt: null },
      transcriptRemovedAt: expect.any(String),
    });
    expect(await app.filesOf(old.id)).not.toEqual([]);
    await person.value('answers.saveTranscript', { questionId: old.first, transcript: 'Again.' });
    expect(await answerOf(old)).toMatchObject({ transcript: 'Again.' });
  });

  test('whole interviews go with rows and files, and those that never began by when they were last touched', async () => {
    const old = await spoken(31);
    const [stale, planned] = [31, 31].map((daysAgo) => new Date(Date.now() - daysAgo * 86_400_000));
    const pending = await insertInterview(database.dataSource, {
      ...{ user_id: person.id, updated_at: stale },
    });
    const dueLater = await insertInterview(database.dataSource, {
      ...{ user_id: person.id, updated_at: planned, kind: 'ONE_WAY', due_at: new Date() },
    });
    await save({ what: 'INTERVIEWS', statuses: ['COMPLETED', 'PENDING'], graceDays: 0 });
    expect(await run()).toMatchObject({ interviews: 2, recordings: 1, transcripts: 1 });
    expect(await query('SELECT id FROM interviews')).toEqual([{ id: dueLater }]);
    expect(await query<{ id: string }>('SELECT id FROM purged_interviews ORDER BY id')).toEqual(
      [old.id, pending].toSorted().map((id) => ({ id })),
    );
    expect(await app.filesOf(old.id)).toEqual([]);
  });

  test('touches nothing in progress, being recorded, deleted, or of another kind or status', async () => {
    const recorded = await spoken(31);
    await query(`UPDATE takes SET state = 'RECORDING', started_at = now()`);
    const running = await beginPractice(person);
    await query(
      `UPDATE interviews SET started_at = now() - interval '90 days', updated_at = now() - interval '90 days'
      WHERE id = $1`,
      [running.id],
    );
    await query('UPDATE interviews SET updated_at = updated_at');
    await save({ graceDays: 0 });
    await save({ graceDays: 0, what: 'INTERVIEWS', statuses: ['ABANDONED'] });
    await save({ graceDays: 0, what: 'INTERVIEWS', kinds: ['LIVE'] });
    expect(amounts(await run())).toEqual({ interviews: 0, recordings: 0, bytes: 0, transcripts: 0 });
    // What a crash has left as being recorded, and nobody ever put in order, holds nothing up for ever.
    await query(`UPDATE takes SET started_at = now() - interval '3 days'`);
    await query('UPDATE interviews SET deleted_at = now() WHERE id = $1', [recorded.id]);
    expect(await run()).toMatchObject({ recordings: 0 });
    await query('UPDATE interviews SET deleted_at = NULL WHERE id = $1', [recorded.id]);
    expect(await run()).toMatchObject({ recordings: 1 });
  });

  test('the boundary is the day: one that is a minute too young is announced a minute later', async () => {
    const { id } = await spoken(0);
    const ended = (text: string) =>
      query(`UPDATE interviews SET ended_at = now() - interval '30 days' + $2::interval WHERE id = $1`, [
        id,
        text,
      ]);
    await ended('1 minute');
    await save();
    const notices = async () => (await person.value('retention.ofInterview', { id })).notices.length;
    expect(await notices()).toBe(0);
    await ended('0 seconds');
    await run();
    expect(await notices()).toBe(1);
  });

  test('an interview that an admin keeps stays, and gets a grace period of its own once it is let go', async () => {
    const { id } = await spoken(31);
    await save();
    await wait(7);
    await admin.value('retention.keep', { interviewId: id, kept: true });
    expect(await person.value('retention.ofInterview', { id })).toEqual({ kept: true, notices: [] });
    expect(await run()).toMatchObject({ recordings: 0 });
    expect(await admin.value('retention.interviews', { list: 'KEPT' })).toMatchObject({
      rows: [{ interviewId: id, person: 'Test', what: null, goesAt: null, recordings: 1 }],
    });
    expect(await admin.value('retention.preview', rule())).toMatchObject({ kept: 1, now: { interviews: 0 } });
    await admin.value('retention.keep', { interviewId: id, kept: false });
    expect(await run()).toMatchObject({ recordings: 0 });
    expect((await person.value('retention.ofInterview', { id })).notices).toHaveLength(1);
    expect((await audited()).filter(({ action }) => action === 'retention.keep')).toEqual([
      { action: 'retention.keep', before: { kept: false }, after: { kept: true } },
      { action: 'retention.keep', before: { kept: true }, after: { kept: false } },
    ]);
    expect(await admin.error('retention.keep', { interviewId: v7(), kept: true })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('a rule that changes takes back what it announced, and never brings a date forward', async () => {
    const { id } = await spoken(31);
    const made = await save({ graceDays: 14 });
    const goesAt = async () => (await person.value('retention.ofInterview', { id })).notices[0]?.goesAt;
    const first = await goesAt();
    const change = (seen: number, changes: Partial<Rule>) =>
      admin.value('retention.saveRule', { id: made.id, seen, rule: rule(changes) });
    await change(1, { graceDays: 0 });
    expect(await goesAt()).toBe(first);
    await change(2, { graceDays: 20 });
    expect(Date.parse((await goesAt()) ?? '') - Date.parse(first ?? '')).toBe(6 * 86_400_000);
    await change(3, { days: 60 });
    expect(await goesAt()).toBeUndefined();
    await change(4, {});
    await admin.value('retention.removeRule', { id: made.id, seen: 5 });
    expect(await goesAt()).toBeUndefined();
    expect((await admin.value('retention.rules', undefined)).rules).toEqual([]);
  });

  test('of two admins who change a rule at once the second is told what is there now', async () => {
    const made = await save();
    const next = rule({ days: 90 });
    await admin.value('retention.saveRule', { id: made.id, seen: 1, rule: next });
    const conflict = { code: 'CONFLICT', details: { current: { ...next, id: made.id, version: 2 } } };
    expect(await admin.error('retention.saveRule', { id: made.id, seen: 1, rule: rule() })).toMatchObject(
      conflict,
    );
    expect(await admin.error('retention.removeRule', { id: made.id, seen: 1 })).toMatchObject(conflict);
    await admin.value('retention.removeRule', { id: made.id, seen: 2 });
    expect(await admin.error('retention.removeRule', { id: made.id, seen: 2 })).toMatchObject({
      code: 'CONFLICT',
      details: { current: null },
    });
  });

  test.each([
    { days: 0 },
    { days: 3651 },
    { graceDays: -1 },
    { graceDays: 366 },
    { kinds: [] },
    { statuses: [] },
    { statuses: ['PENDING'] },
    { statuses: ['IN_PROGRESS'] },
  ])('%o is no rule', async (changes) => {
    const changed = { ...rule(), ...changes };
    const error = await admin.error('retention.saveRule', { id: null, seen: null, rule: changed });
    expect(error.code).toBe('INVALID_INPUT');
  });

  test('a preview tells what would go now and within 30 days, page by page, and changes nothing', async () => {
    const now = await spoken(40);
    const soon = await spoken(10);
    await spoken(0, await app.addPerson());
    await query(`UPDATE interviews SET ended_at = now() WHERE ended_at > now() - interval '1 day'`);
    const preview = await admin.value('retention.preview', rule());
    expect(preview.now).toMatchObject({ interviews: 1, recordings: 1, transcripts: 0 });
    expect(preview.soon).toMatchObject({ interviews: 3, recordings: 3 });
    expect(preview.soon.bytes).toBe(3 * preview.now.bytes);
    const first = await admin.value('retention.previewInterviews', { rule: rule(), limit: 2 });
    expect(first.rows.map(({ interviewId }) => interviewId)).toEqual([now.id, soon.id]);
    const days = first.rows.map(({ goesAt }) =>
      Math.round((Date.parse(goesAt ?? '') - Date.now()) / 86_400_000),
    );
    expect(days).toEqual([7, 27]);
    const second = await admin.value('retention.previewInterviews', {
      ...{ rule: rule(), limit: 2, after: first.next ?? '' },
    });
    expect(second).toMatchObject({ rows: [{}], next: null });
    expect(await query('SELECT FROM retention_notices')).toEqual([]);
    expect(
      await admin.error('retention.previewInterviews', { rule: rule(), after: 'elsewhere' }),
    ).toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('whose a blind interview is is not told, since the admin may be judging it', async () => {
    const { id } = await spoken(31);
    await query('UPDATE interviews SET blind = true');
    await save();
    expect(await admin.value('retention.interviews', { list: 'ANNOUNCED' })).toMatchObject({
      rows: [{ interviewId: id, person: null, what: 'RECORDINGS' }],
      next: null,
    });
  });

  test('what is announced is told to those who may hear it, and to admins', async () => {
    const { id } = await spoken(31);
    const stranger = await app.addPerson('INTERVIEWER');
    expect(await stranger.error('retention.ofInterview', { id })).toMatchObject({ code: 'NOT_FOUND' });
    await admin.value('retention.ofInterview', { id });
  });

  test('one who is no admin any more changes nothing, whatever their session says', async () => {
    await query(`UPDATE users SET role = 'CANDIDATE' WHERE id = $1`, [admin.id]);
    const refused = { code: 'FORBIDDEN' };
    expect(await admin.error('retention.saveRule', { id: null, seen: null, rule: rule() })).toMatchObject(
      refused,
    );
    expect(await admin.error('retention.keep', { interviewId: v7(), kept: true })).toMatchObject(refused);
    expect(await admin.error('retention.run', undefined)).toMatchObject(refused);
  });

  describe('a run that is cut off', () => {
    /** Fails at the n-th statement of a run that bears these words. */
    function failAt(words: string): () => void {
      const runner = Object.getPrototypeOf(database.dataSource.createQueryRunner());
      const whole = runner.query;
      runner.query = function (this: unknown, sql: string, ...rest: unknown[]) {
        if (sql.includes(words)) return Promise.reject(new Error('killed'));
        return whole.call(this, sql, ...rest);
      };
      return () => {
        runner.query = whole;
      };
    }

    test.each([
      ['while it announces', 'INSERT INTO retention_notices'],
      ['once whole interviews are gone', 'SET audio_url = NULL'],
      ['between answers and takes', 'UPDATE takes SET removed_at'],
      ['before it counts', 'UPDATE retention_runs SET interviews'],
      ['before it has ended', 'UPDATE retention_runs SET ended_at'],
    ])('%s: the next one does the rest, and all of it is in the audit log', async (_, words) => {
      const heard = await spoken(31);
      const other = await app.addPerson();
      const whole = await spoken(31, other);
      await query('UPDATE interviews SET difficulty = difficulty, title = $2 WHERE id = $1', [
        whole.id,
        'Whole',
      ]);
      await query(`UPDATE interviews SET kind = 'ONE_WAY' WHERE id = $1`, [whole.id]);
      await insertRow(database.dataSource, 'retention_rules', {
        ...{ what: 'RECORDINGS', kinds: '{PRACTICE}', statuses: '{COMPLETED}', days: 30, grace_days: 0 },
      });
      await insertRow(database.dataSource, 'retention_rules', {
        ...{ what: 'INTERVIEWS', kinds: '{ONE_WAY}', statuses: '{COMPLETED}', days: 30, grace_days: 0 },
      });
      const restore = failAt(words);
      await admin.result('retention.run', undefined);
      restore();
      // Either both are there or neither: nothing is half done.
      const rows = await query<{ whole: number; heard: number }>(
        `SELECT (SELECT count(*) FROM interviews WHERE id = $1)::int AS whole,
           (SELECT count(*) FROM takes WHERE removed_at IS NULL)::int AS heard`,
        [whole.id],
      );
      expect([
        { whole: 1, heard: 2 },
        { whole: 0, heard: 0 },
      ]).toContainEqual(rows[0]);
      if (engine === 'server')
        await query(`UPDATE retention_runs SET updated_at = now() - interval '1 hour'`);
      await run();
      expect(await query('SELECT id FROM interviews')).toEqual([{ id: heard.id }]);
      expect(await app.filesOf(heard.id)).toEqual([]);
      expect(await app.filesOf(whole.id)).toEqual([]);
      expect(await answerOf(heard)).toMatchObject({ recordingsRemovedAt: expect.any(String) });
      expect(await query('SELECT FROM retention_runs WHERE ended_at IS NULL')).toEqual([]);
      const told = (await audited()).filter(({ action }) => action === 'retention.run');
      const sum = (key: string) =>
        told.reduce((total, { after }) => total + Number((after as Record<string, number>)[key]), 0);
      expect({ interviews: sum('interviews'), recordings: sum('recordings') }).toEqual({
        ...{ interviews: 1, recordings: 2 },
      });
    });

    test('by hand: it says so, and the next one does the rest', async () => {
      const { id } = await spoken(31);
      await save({ graceDays: 0 });
      whenItBegins = () => void works.stop();
      expect(await admin.error('retention.run', undefined)).toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('stopped'),
      });
      whenItBegins = () => undefined;
      expect(await app.filesOf(id)).not.toEqual([]);
      expect(await run()).toMatchObject({ recordings: 1 });
      expect(await app.filesOf(id)).toEqual([]);
    });

    test('before the files go: they are no strays, and go at the next look', async () => {
      const { id, first } = await spoken(31);
      await save({ graceDays: 0 });
      beforeFiles = () => Promise.reject(new Error('killed'));
      await admin.result('retention.run', undefined);
      expect(await app.filesOf(id)).not.toEqual([]);
      expect(await answerOf({ id, first })).toMatchObject({
        takes: [],
        recordingsRemovedAt: expect.any(String),
      });
      expect(await app.recordings.findStrays()).toMatchObject({
        ...{ files: { count: 0 }, takes: { count: 0 } },
      });
      // A start puts in order what it finds, and makes nothing of what is to go.
      await app.recordings.reconcile();
      await app.interviews.purgeDeleted();
      expect(await app.filesOf(id)).toEqual([]);
    });
  });

  describe('by itself', () => {
    test('once a day, and not while somebody records or something else works on the database', async () => {
      await spoken(31);
      await save({ graceDays: 0 });
      const runs = async () => (await query('SELECT FROM retention_runs')).length;
      recording = true;
      await retention.look();
      expect(await runs()).toBe(0);
      recording = false;
      let release = () => {};
      const busy = works.do('BACKUP', async () => {
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        return 'Done.';
      });
      await retention.look();
      expect(await runs()).toBe(0);
      expect(await admin.error('retention.run', undefined)).toMatchObject({ code: 'CONFLICT' });
      release();
      await busy;
      await retention.look();
      expect(await admin.value('retention.rules', undefined)).toMatchObject({
        lastRun: { by: null, recordings: 1, endedAt: expect.any(String) },
      });
      await retention.look();
      expect(await runs()).toBe(1);
      await retention.look(new Date(Date.now() + 86_400_000));
      expect(await runs()).toBe(2);
    });
  });
});
