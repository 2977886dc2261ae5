import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tablesOfMigrations } from '../../main/database/migration-sql.ts';
import { withSnapshot } from '../../main/transfer/row-source.ts';
import { RowDigest } from '../../main/transfer/rows.ts';
import type { DatabaseWork } from '../../shared/contract/database.ts';
import { admin, startApp, type TestApp, type TestWindow } from '../fixtures/administration.ts';
import { addBulkInterviews } from '../fixtures/bulk-interviews.ts';
import {
  makeTestPlace,
  onServer,
  type TestEngine,
  type TestPlace,
  testEngines,
  testServer,
} from '../fixtures/databases.ts';

/** The sums of every table of ours but sessions, which are not restored. */
async function sumsOf(dataSource: DataSource): Promise<string[]> {
  const runner = dataSource.createQueryRunner();
  const names = (await tablesOfMigrations(dataSource)).filter((name) => name !== 'sessions');
  try {
    return await withSnapshot(runner, names, async (source) => {
      const sums: string[] = [];
      for (const { name } of source.tables) {
        const digest = new RowDigest();
        for await (const rows of source.read(name)) digest.add(rows);
        const { rows, sha256 } = digest.sum(name);
        sums.push(`${name} ${rows} ${sha256}`);
      }
      return sums.sort();
    });
  } finally {
    await runner.release();
  }
}

async function filesIn(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files: Record<string, string> = {};
  for (const entry of entries.filter((candidate) => candidate.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files[path.slice(folder.length + 1)] = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  }
  return files;
}

let place: TestPlace;
let app: TestApp;
let window: TestWindow;

async function ended(kind: DatabaseWork['kind']): Promise<DatabaseWork> {
  await expect
    .poll(async () => (await window.value('database.work', undefined))?.state, { timeout: 60_000 })
    .not.toBe('RUNNING');
  const work = await window.value('database.work', undefined);
  if (work?.kind !== kind) throw new Error(`It was ${work?.kind}.`);
  return work;
}

async function open(engine: TestEngine): Promise<void> {
  const made = await makeTestPlace(engine);
  place = made;
  app = await startApp(place);
  window = app.window();
  await window.value('accounts.createFirst', { ...admin, remember: false });
}

async function addData(): Promise<void> {
  const { dataSource } = app.database;
  const [row]: { id: string }[] = await dataSource.query('SELECT id FROM users');
  await addBulkInterviews(dataSource, row?.id ?? '', { interviews: 600, questionsEach: 2 });
  // Tables that refer to each other, text that is hard to carry, and times to the microsecond.
  await dataSource.query(`
    UPDATE interviews SET title = E'Zürich 🎙 \\u2028 "quoted" \\\\ {a,b} NULL\\n' WHERE id IN (SELECT id FROM interviews LIMIT 3);
    UPDATE interviews i SET current_question_id = (SELECT id FROM questions q WHERE q.interview_id = i.id LIMIT 1);
    UPDATE answers SET transcript = '', created_at = '2026-01-01 00:00:00.123456+00' WHERE id IN (SELECT id FROM answers LIMIT 2)`);
  await mkdir(join(place.paths.recordings, 'one'), { recursive: true });
  await writeFile(join(place.paths.recordings, 'one', 'a.webm'), 'said');
  await writeFile(join(place.paths.recordings, 'one', 'b.webm'), 'said again');
}

afterEach(async () => {
  await app.close();
  await place.close();
});

describe.each(testEngines)('backups: %s', (engine) => {
  beforeEach(() => open(engine));

  test('what was backed up, destroyed and restored is the same, rows and bytes', async () => {
    await addData();
    const before = await sumsOf(app.database.dataSource);
    const recordings = await filesIn(place.paths.recordings);
    await window.value('backups.make', undefined);
    expect(await ended('BACKUP')).toMatchObject({ state: 'DONE' });
    const { backups } = await window.value('backups.list', undefined);
    expect(backups).toMatchObject([
      { reason: 'ASKED', people: 1, interviews: 600, recordings: { files: 2 }, newer: false },
    ]);
    expect(backups[0]?.verifiedAt).toEqual(expect.any(String));
    expect(existsSync(join(place.paths.folder, 'scratch'))).toBe(true);
    expect(await readdir(join(place.paths.folder, 'scratch'))).toEqual([]);

    await app.database.dataSource.query(`DELETE FROM interviews; UPDATE users SET name = 'Destroyed'`);
    await rm(join(place.paths.recordings, 'one', 'a.webm'));
    await writeFile(join(place.paths.recordings, 'one', 'b.webm'), 'something else');
    const { place: was } = app.database.engine;

    await window.value('backups.restore', { id: backups[0]?.id ?? '' });
    await expect.poll(() => app.audited.at(-1)?.action, { timeout: 60_000 }).toBe('backups.restore');
    if (engine === 'server') {
      // Which database it is is set by the environment here, so the app stays, and says what to change.
      const work = await ended('RESTORE');
      const name = /into the database (\w+)/.exec(work.message ?? '')?.[1] ?? '';
      expect(work.message).toContain('DATABASE_NAME');
      await app.close();
      app = await startApp({ ...place, environment: { ...place.environment, DATABASE_NAME: name } });
      expect(await sumsOf(app.database.dataSource)).toEqual(before);
      expect(app.database.engine.place).not.toBe(was);
      await app.close();
      await onServer(`DROP DATABASE "${name}" WITH (FORCE)`);
    } else {
      expect(app.database.status).toEqual({ state: 'ready' });
      expect(await sumsOf(app.database.dataSource)).toEqual(before);
      // What was there is kept, and everybody signs in again.
      const kept = (await readdir(place.paths.folder)).filter((name) => /^database-kept-\d+$/.test(name));
      expect(kept).toHaveLength(1);
      expect(await window.value('accounts.current', undefined)).toBe(null);
      await window.value('accounts.signIn', { ...admin, remember: false });
    }
    const restored = await filesIn(place.paths.recordings);
    expect(restored).toMatchObject(recordings);
    expect(Object.keys(restored).filter((name) => name.includes('b.webm.kept-'))).toHaveLength(1);
  });

  test('a recording that has not changed is kept once, and goes with the last backup that has it', async () => {
    await addData();
    const store = join(place.paths.backups, 'recordings');
    const make = async () => {
      await window.value('backups.make', undefined);
      expect(await ended('BACKUP')).toMatchObject({ state: 'DONE' });
    };
    await make();
    const first = await filesIn(store);
    const made = await stat(join(store, Object.keys(first)[0] ?? ''));
    await rm(join(place.paths.recordings, 'one', 'b.webm'));
    await make();
    expect(await filesIn(store)).toEqual(first);
    expect((await stat(join(store, Object.keys(first)[0] ?? ''))).ino).toBe(made.ino);
    const { backups } = await window.value('backups.list', undefined);
    expect(backups).toHaveLength(2);
    await window.value('backups.remove', { id: backups[1]?.id ?? '' });
    expect(Object.keys(await filesIn(store))).toHaveLength(1);
    expect((await window.value('backups.list', undefined)).backups).toHaveLength(1);
  });

  test('a backup that was tampered with is not restored, and nothing changes', async () => {
    await window.value('backups.make', undefined);
    await ended('BACKUP');
    const [backup] = (await window.value('backups.list', undefined)).backups;
    const file = join(place.paths.backups, backup?.id ?? '', 'users.jsonl.gz');
    const bytes = await readFile(file);
    await writeFile(file, bytes.subarray(0, bytes.length - 12));
    await window.value('backups.restore', { id: backup?.id ?? '' });
    const work = await ended('RESTORE');
    expect(work).toMatchObject({ state: 'FAILED', message: expect.stringContaining('users.jsonl.gz') });
    expect(app.database.status).toEqual({ state: 'ready' });
    expect(await window.value('accounts.current', undefined)).toMatchObject({ name: admin.name });
    if (engine === 'embedded') {
      const left = (await readdir(place.paths.folder)).filter((name) => name.startsWith('database'));
      expect(left.filter((name) => !name.includes('.'))).toEqual(['database']);
    }
  });

  test('what a kill has left is put in order, and is no backup', async () => {
    await mkdir(join(place.paths.backups, '2026-01-01T00-00-00-000Z'), { recursive: true });
    expect((await window.value('backups.list', undefined)).backups).toEqual([]);
    await window.value('backups.make', undefined);
    await ended('BACKUP');
    expect(await readdir(place.paths.backups)).toEqual([expect.not.stringMatching(/^2026-01-01/)]);
  });
});

describe.runIf(testEngines.includes('server'))('copying everything', () => {
  let remote: TestPlace;
  beforeEach(async () => {
    await open('embedded');
    await app.close();
    place = { ...place, environment: {} };
    app = await startApp(place);
    window = app.window();
    await window.value('accounts.signIn', { ...admin, remember: false });
    remote = await makeTestPlace('server', { migrated: false });
  });
  afterEach(() => remote.close());

  const server = () => ({
    ...testServer(),
    ...{ name: remote.environment.DATABASE_NAME ?? '', tls: 'disable' as const, ca: null },
  });
  const copied = () =>
    expect.poll(() => app.audited.at(-1)?.action, { timeout: 60_000 }).toBe('database.copy');

  test('to a server and back is identical by its sums, and whoever is signed in stays so', async () => {
    await addData();
    const before = await sumsOf(app.database.dataSource);
    await window.value('database.copy', { to: { kind: 'server', server: server() }, use: true });
    await copied();
    expect(app.database.engine.kind).toBe('server');
    expect(await sumsOf(app.database.dataSource)).toEqual(before);
    expect(await window.value('accounts.current', undefined)).toMatchObject({ name: admin.name });
    expect(await ended('COPY')).toMatchObject({ state: 'DONE' });

    app.audited.length = 0;
    await app.database.dataSource.query(`UPDATE users SET name = 'On the server'`);
    await window.value('database.copy', { to: { kind: 'embedded' }, use: true });
    await copied();
    expect(app.database.engine.kind).toBe('embedded');
    expect(await window.value('accounts.current', undefined)).toMatchObject({ name: 'On the server' });
    expect((await sumsOf(app.database.dataSource)).filter((sum) => !sum.startsWith('users'))).toEqual(
      before.filter((sum) => !sum.startsWith('users')),
    );
    const kept = (await readdir(place.paths.folder)).filter((name) => /^database-kept-\d+$/.test(name));
    expect(kept).toHaveLength(1);
  });

  test('is refused where people are already', async () => {
    await window.value('database.copy', { to: { kind: 'server', server: server() }, use: false });
    expect(await ended('COPY')).toMatchObject({ state: 'DONE' });
    expect(app.database.engine.kind).toBe('embedded');
    await window.value('database.copy', { to: { kind: 'server', server: server() }, use: false });
    expect(await ended('COPY')).toMatchObject({
      state: 'FAILED',
      message: expect.stringContaining('people in that database already'),
    });
  });

  test('goes on where it was cut off, and an unfinished copy is not opened', async () => {
    await addData();
    const before = await sumsOf(app.database.dataSource);
    await window.value('database.copy', { to: { kind: 'server', server: server() }, use: false });
    await expect
      .poll(async () => (await window.value('database.work', undefined))?.step, {
        timeout: 60_000,
        interval: 1,
      })
      .toBe('Copying');
    await window.value('database.stopWork', undefined);
    expect(await ended('COPY')).toMatchObject({ state: 'STOPPED' });
    expect(await window.value('database.testServer', server())).toMatchObject({
      ok: true,
      holds: 'UNFINISHED_COPY',
    });
    expect(await window.error('database.use', { kind: 'server', server: server() })).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('not finished'),
    });
    await window.value('database.copy', { to: { kind: 'server', server: server() }, use: true });
    await copied();
    expect(await sumsOf(app.database.dataSource)).toEqual(before);
  });
});
