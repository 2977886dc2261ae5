import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import {
  addTake,
  beginPractice,
  startInterviews,
  type TestInterviews,
} from '../../tests/fixtures/interviews.ts';
import { speech } from '../../tests/fixtures/recordings.ts';
import { FailedJobs } from '../jobs/failed-jobs.ts';
import { RecordingsPlace } from '../recordings/recordings-place.ts';
import { createStorage } from '../recordings/storage.ts';
import { createHealth } from './health.ts';
import { logPage } from './log-page.ts';

const line = (time: string, msg: string, more: object = {}) =>
  JSON.stringify({ level: 'info', time, pid: 1, msg, ...more });

describe('the log', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-log-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, lines: readonly string[]) =>
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
  const moment = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

  test('is read newest first, over all its files, page by page, each line once', async () => {
    // Three lines a second: pages end among lines of the same time.
    const all = Array.from({ length: 350 }, (_, n) => line(moment(Math.floor(n / 3)), `line ${n}`));
    write('parley.log.2', all.slice(0, 90));
    write('parley.log.1', all.slice(90, 200));
    write('parley.log', all.slice(200));
    write('other.log', [line(moment(0), 'somebody else’s')]);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const { rows, next } = await logPage(folder, { level: 'info', after });
      seen.push(...rows.map(({ message }) => message));
      after = next ?? undefined;
    } while (after);
    expect(seen).toEqual(all.map((_, n) => `line ${n}`).reverse());
  });

  test('is searched in all that a line says, and by how grave it is', async () => {
    write('parley.log', [
      line(moment(1), 'signed in', { personId: 'ABC-1' }),
      line(moment(2), 'disk is full', { level: 'error', err: { code: 'ENOSPC' } }),
      line(moment(3), 'slow', { level: 'warn' }),
      '{"level":"error","time":"2026-01-01T00:00:04.0',
    ]);
    const found = async (wish: object) =>
      (await logPage(folder, { level: 'info', ...wish })).rows.map(({ message }) => message);
    expect(await found({})).toEqual(['slow', 'disk is full', 'signed in']);
    expect(await found({ search: 'abc-1' })).toEqual(['signed in']);
    expect(await found({ search: 'enospc' })).toEqual(['disk is full']);
    expect(await found({ level: 'warn' })).toEqual(['slow', 'disk is full']);
    expect(await found({ level: 'error', search: 'slow' })).toEqual([]);
  });

  test('refuses a page that it did not give out', async () => {
    for (const after of ['', 'x', '["yesterday",1]', '[]']) {
      await expect(logPage(folder, { level: 'info', after })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
    }
  });
});

describe.each(testEngines)('health on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let jobs: FailedJobs;
  const audited: string[] = [];
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    const { paths } = database;
    app = await startInterviews(
      database,
      engine,
      paths.recordings,
      ({ database, recordings, events, log, jobs: failedJobs }) => {
        jobs = failedJobs;
        const storage = createStorage({
          ...{ place: new RecordingsPlace(paths), recordings, events, log, paths, desktop: undefined },
        });
        return createHealth({
          ...{ version: '1.2.3', database, storage, recordings, jobs, logFolder: paths.folder },
          backups: async () => ({ daily: true, there: true, last: null }),
          retries: { PURGE: () => app.interviews.purgeDeleted(), FINISH_RECORDING: recordings.reconcile },
          audit: async ({ action }) => void audited.push(action),
        }).handlers;
      },
    );
    writeFileSync(
      join(paths.folder, 'parley.log'),
      [
        line('2020-01-01T00:00:00.000Z', 'long ago', { level: 'error' }),
        line(new Date().toISOString(), 'it broke', {
          ...{ level: 'error', file: join(homedir(), 'recordings', 'a') },
          address: 'postgres://parley:hunter2@db.example.org/x',
        }),
        line(new Date().toISOString(), 'all quiet'),
      ].join('\n'),
    );
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  test('is told to an admin and to nobody else', async () => {
    for (const role of ['CANDIDATE', 'INTERVIEWER'] as const) {
      const person = await app.addPerson(role);
      for (const name of ['health.report', 'health.log', 'health.diagnostics'] as const) {
        expect((await person.error(name, name === 'health.log' ? {} : undefined)).code).toBe('FORBIDDEN');
      }
      for (const name of ['health.retryJob', 'health.dismissJob'] as const) {
        expect((await person.error(name, { id: 'PURGE' })).code).toBe('FORBIDDEN');
      }
    }
  });

  test('counts what is there, what does not match and what failed', async () => {
    const candidate = await app.addPerson();
    const { first } = await beginPractice(candidate);
    const takeId = await candidate.speak(first);
    await candidate.value('recordings.finish', { takeId });
    await expect
      .poll(() => database.dataSource.query('SELECT state FROM takes WHERE id = $1', [takeId]))
      .toEqual([{ state: 'FINISHED' }]);
    await expect.poll(async () => (await app.filesOf((await onlyInterview()).id)).length).toBe(2);
    const admin = await app.addPerson('ADMIN');
    const report = await admin.value('health.report', undefined);
    expect(report).toMatchObject({
      versions: { parley: '1.2.3' },
      database: { kind: engine, schema: expect.stringMatching(/\d{13}$/) },
      recordings: { there: true, files: 2, strays: { files: 0, takes: 0 }, unfinished: 0 },
      log: { errors: 1 },
    });
    expect(report.database.sizeBytes).toBeGreaterThan(1_000_000);
    writeFileSync(join(database.paths.recordings, (await onlyInterview()).id, 'stray.webm'), 'x');
    await database.dataSource.query(
      `UPDATE takes SET state = 'STOPPED', stopped_at = now() - interval '1 hour' WHERE id = $1`,
      [takeId],
    );
    expect((await admin.value('health.report', undefined)).recordings).toMatchObject({
      ...{ files: 3, strays: { files: 1 }, unfinished: 1 },
    });
  });

  const onlyInterview = async () => {
    const [interview] = await database.dataSource.query<{ id: string }[]>('SELECT id FROM interviews');
    if (!interview) throw new Error('There is no interview.');
    return interview;
  };

  test('diagnostics say what failed, and neither a secret nor whose machine it is', async () => {
    const admin = await app.addPerson('ADMIN');
    const text = await admin.value('health.diagnostics', undefined);
    expect(text).toContain('Parley 1.2.3');
    expect(text).toContain('it broke');
    expect(text).not.toContain('all quiet');
    expect(text).not.toContain('hunter2');
    expect(text).not.toContain(homedir());
  });

  test('has what failed while nobody watched, how often and why, until it succeeds', async () => {
    const admin = await app.addPerson('ADMIN');
    const candidate = await app.addPerson();
    const { id, first } = await beginPractice(candidate);
    await candidate.value('recordings.finish', { takeId: await candidate.speak(first) });
    await candidate.value('interviews.delete', { id });
    await database.dataSource.query(
      `UPDATE interviews SET deleted_at = now() - interval '90 days' WHERE id = $1`,
      [id],
    );
    app.diskFails = true;
    await app.interviews.purgeDeleted();
    await app.interviews.purgeDeleted();
    const { failedJobs } = await admin.value('health.report', undefined);
    expect(failedJobs).toMatchObject([
      { kind: 'PURGE', times: 2, canRetry: true, why: expect.stringMatching(/tried again every hour/) },
    ]);
    expect(await admin.value('health.diagnostics', undefined)).toMatch(/Failed: PURGE, 2 times/);

    // It is still known after a restart.
    await jobs.written();
    const file = join(database.paths.folder, 'failed-jobs.json');
    expect(new FailedJobs(file, pino({ level: 'silent' })).list()).toMatchObject([{ id: 'PURGE', times: 2 }]);

    app.diskFails = false;
    await admin.value('health.retryJob', { id: 'PURGE' });
    expect((await admin.value('health.report', undefined)).failedJobs).toEqual([]);
    expect(await app.filesOf(id)).toEqual([]);
    expect((await admin.error('health.retryJob', { id: 'PURGE' })).code).toBe('NOT_FOUND');
    expect(audited).toEqual(['health.retryJob']);
  });

  test('has a recording that cannot be finished, until it is dismissed or deleted', async () => {
    const admin = await app.addPerson('ADMIN');
    const candidate = await app.addPerson();
    const { id, first } = await beginPractice(candidate);
    const takeId = await addTake(database.dataSource, first, { state: 'STOPPED' });
    mkdirSync(join(database.paths.recordings, id), { recursive: true });
    writeFileSync(join(database.paths.recordings, id, `${takeId}.webm.part`), 'nothing that could be heard');
    await app.recordings.reconcile();
    const failed = { id: `FINISH_RECORDING ${takeId}`, kind: 'FINISH_RECORDING', subject: takeId, times: 1 };
    expect((await admin.value('health.report', undefined)).failedJobs).toMatchObject([failed]);
    await admin.value('health.retryJob', { id: failed.id });
    expect((await admin.value('health.report', undefined)).failedJobs).toMatchObject([
      { ...failed, times: 2 },
    ]);
    await admin.value('health.dismissJob', { id: failed.id });
    expect((await admin.value('health.report', undefined)).failedJobs).toEqual([]);
    expect(audited.slice(-2)).toEqual(['health.retryJob', 'health.dismissJob']);

    // Its file is what it should be again: a disk gives what it would not.
    jobs.failed({ kind: 'FINISH_RECORDING', subject: takeId }, 'It broke.');
    writeFileSync(join(database.paths.recordings, id, `${takeId}.webm.part`), speech);
    await admin.value('health.retryJob', { id: failed.id });
    expect((await admin.value('health.report', undefined)).failedJobs).toEqual([]);
    expect(await database.dataSource.query('SELECT state FROM takes WHERE id = $1', [takeId])).toEqual([
      { state: 'FINISHED' },
    ]);

    jobs.failed({ kind: 'FINISH_RECORDING', subject: takeId }, 'It broke.');
    await database.dataSource.query('DELETE FROM interviews WHERE id = $1', [id]);
    expect((await admin.value('health.report', undefined)).failedJobs).toEqual([]);
  });
});
