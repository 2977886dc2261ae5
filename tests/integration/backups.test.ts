import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OperationFailure } from '../../main/operations/operation-failure.ts';
import type { DatabaseWork } from '../../shared/contract/database.ts';
import { admin, startApp, type TestApp, type TestWindow } from '../fixtures/administration.ts';
import {
  makeTestPlace,
  onServer,
  type TestEngine,
  type TestPlace,
  testEngines,
} from '../fixtures/databases.ts';
import { filesIn, sumsOf } from '../fixtures/sums.ts';
import { addHardData, workEnded } from '../fixtures/works.ts';

let place: TestPlace;
let app: TestApp;
let window: TestWindow;

const ended = (kind: DatabaseWork['kind']) => workEnded(window, kind);
const addData = () => addHardData(app, place);

async function open(engine: TestEngine): Promise<void> {
  const made = await makeTestPlace(engine);
  place = made;
  app = await startApp(place);
  window = app.window();
  await window.value('accounts.createFirst', { ...admin, remember: false });
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
      expect(await ended('RESTORE')).toMatchObject({ state: 'DONE' });
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

  test('of a backup whose list cannot be read no recording is removed', async () => {
    await addData();
    const store = join(place.paths.backups, 'recordings');
    await window.value('backups.make', undefined);
    await ended('BACKUP');
    const kept = await filesIn(store);
    const [first] = (await window.value('backups.list', undefined)).backups;
    // Of a newer Parley, or spoilt by the disk.
    const manifest = join(place.paths.backups, first?.id ?? '', 'backup.json');
    const text = await readFile(manifest, 'utf8');
    await writeFile(manifest, text.replace('"format":1', '"format":2'));
    await rm(join(place.paths.recordings, 'one'), { recursive: true });
    await window.value('backups.make', undefined);
    expect(await ended('BACKUP')).toMatchObject({ state: 'DONE' });
    expect((await window.value('backups.list', undefined)).backups).toHaveLength(1);
    expect(await filesIn(store)).toEqual(kept);
    await writeFile(manifest, text);
    expect((await window.value('backups.list', undefined)).backups).toHaveLength(2);
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

  test('one is made by itself where none was today, and none where an admin has said so', async () => {
    await app.close();
    app = await startApp(place, { lookFirstMs: 10 });
    window = app.window();
    await window.value('accounts.signIn', { ...admin, remember: false });
    const daily = { daily: true, keepDaily: 7, keepWeekly: 4 };
    if (engine === 'server') {
      // Of a server that is somebody's task, and not that of every machine: until an admin turns it on.
      const list = await window.value('backups.list', undefined);
      expect(list).toMatchObject({ backups: [], keeping: { daily: false } });
      await window.value('backups.configure', daily);
      await app.close();
      app = await startApp(place, { lookFirstMs: 10 });
      window = app.window();
      await window.value('accounts.signIn', { ...admin, remember: false });
    }
    const made = async () => (await window.value('backups.list', undefined)).backups;
    await expect
      .poll(made, { timeout: 60_000 })
      .toMatchObject([{ reason: 'DAILY', verifiedAt: expect.any(String) }]);
  });

  test('a restore gives way to somebody who records, and leaves nothing of itself behind', async () => {
    await window.value('backups.make', undefined);
    await ended('BACKUP');
    const [backup] = (await window.value('backups.list', undefined)).backups;
    const databases = async () => {
      const folders = await readdir(place.paths.folder);
      const rows: { datname: string }[] = await app.database.connection.dataSource.query(
        `SELECT datname FROM pg_database ORDER BY datname COLLATE "C"`,
      );
      const ours = rows.filter(({ datname }) =>
        datname.startsWith(place.environment.DATABASE_NAME ?? 'embedded'),
      );
      return [...folders.filter((name) => name.startsWith('database')).sort(), ...ours];
    };
    const recording = {
      code: 'CONFLICT',
      message: 'An answer is being recorded. Stop it first, then try again.',
    };
    let records = false;
    await app.close();
    // Of a server that is free to be changed: the environment says nothing here.
    if (engine === 'server') {
      const { DATABASE_HOST: host, DATABASE_PORT: port, DATABASE_USER: user, ...named } = place.environment;
      const database = { host, port, user, name: named.DATABASE_NAME, password: named.DATABASE_PASSWORD };
      await writeFile(place.paths.settings, JSON.stringify({ database }));
    }
    app = await startApp(
      { paths: place.paths, environment: {} },
      {
        recordings: {
          isRecording: () => records,
          // Begun while it was restored.
          whileStill: async () => Promise.reject(new OperationFailure('CONFLICT', recording.message)),
        },
      },
    );
    window = app.window();
    await window.value('accounts.signIn', { ...admin, remember: false });
    const before = await databases();
    await window.value('backups.restore', { id: backup?.id ?? '' });
    expect(await ended('RESTORE')).toMatchObject({ state: 'FAILED', message: recording.message });
    expect(await databases()).toEqual(before);
    expect(app.database.status).toEqual({ state: 'ready' });
    // Known before, it is not even begun.
    records = true;
    expect(await window.error('backups.restore', { id: backup?.id ?? '' })).toMatchObject(recording);
  });

  test('what a kill has left is put in order, and is no backup', async () => {
    await mkdir(join(place.paths.backups, '2026-01-01T00-00-00-000Z'), { recursive: true });
    expect((await window.value('backups.list', undefined)).backups).toEqual([]);
    await window.value('backups.make', undefined);
    await ended('BACKUP');
    expect(await readdir(place.paths.backups)).toEqual([expect.not.stringMatching(/^2026-01-01/)]);
  });
});
