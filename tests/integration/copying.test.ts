import { cp, readdir, rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DatabaseWork } from '../../shared/contract/database.ts';
import { admin, startApp, type TestApp, type TestWindow } from '../fixtures/administration.ts';
import { addBulkRecordings } from '../fixtures/bulk-recordings.ts';
import { makeTestPlace, onServer, type TestPlace, testEngines, testServer } from '../fixtures/databases.ts';
import { sumsOf } from '../fixtures/sums.ts';
import { addHardData, workEnded } from '../fixtures/works.ts';

let place: TestPlace;
let app: TestApp;
let window: TestWindow;

const ended = (kind: DatabaseWork['kind']) => workEnded(window, kind);
const addData = () => addHardData(app, place);

describe.runIf(testEngines.includes('server'))('copying everything', () => {
  let remote: TestPlace;
  beforeEach(async () => {
    place = { ...(await makeTestPlace('embedded')), environment: {} };
    app = await startApp(place);
    window = app.window();
    await window.value('accounts.createFirst', { ...admin, remember: false });
    remote = await makeTestPlace('server', { migrated: false });
  });
  afterEach(async () => {
    await app.close();
    await remote.close();
    await place.close();
  });

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
      .toBe('Writing rows');
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

  test('with the app standing still, it tells how far it is, lets nothing else begin, and can be stopped', async () => {
    await addData();
    const before = await sumsOf(app.database.dataSource);
    await window.value('database.copy', { to: { kind: 'server', server: server() }, use: true });
    await expect
      .poll(() => window.value('database.work', undefined), { timeout: 60_000, interval: 1 })
      .toMatchObject({ state: 'RUNNING', step: 'Writing rows' });
    expect(app.database.status).toMatchObject({ state: 'opening', why: expect.any(String) });
    // Who is not an admin here learns nothing of it meanwhile, either.
    expect(await app.window().error('database.stopWork', undefined)).toMatchObject({ code: 'NOT_SIGNED_IN' });
    await window.value('database.stopWork', undefined);
    expect(await ended('COPY')).toMatchObject({ state: 'STOPPED', message: null });
    expect(app.database.status).toEqual({ state: 'ready' });
    expect(app.database.engine.kind).toBe('embedded');
    expect(await sumsOf(app.database.dataSource)).toEqual(before);
    expect(await window.value('accounts.current', undefined)).toMatchObject({ name: admin.name });

    await window.value('database.copy', { to: { kind: 'server', server: server() }, use: true });
    await copied();
    expect(await sumsOf(app.database.dataSource)).toEqual(before);
  });

  test('one work at a time: a second is refused in words, not passed over', async () => {
    await addData();
    await window.value('database.copy', { to: { kind: 'server', server: server() }, use: false });
    const refusal = { code: 'CONFLICT', message: expect.stringContaining('Something else is being done') };
    expect(await window.error('backups.make', undefined)).toMatchObject(refusal);
    expect(
      await window.error('database.copy', { to: { kind: 'server', server: server() }, use: false }),
    ).toMatchObject(refusal);
    expect(await window.error('database.use', { kind: 'server', server: server() })).toMatchObject({
      code: 'CONFLICT',
    });
    expect(app.database.engine.kind).toBe('embedded');
    expect(await ended('COPY')).toMatchObject({ state: 'DONE' });
  });

  test('recordings are compared with the sums that the copy has of them', async () => {
    await addData();
    const files = await addBulkRecordings(app.database.dataSource, place.paths.recordings, {
      recordings: 4,
      bytesEach: 1000,
    });
    await rm(files[0] ?? '');
    await writeFile(files[1] ?? '', 'something else');
    await window.value('database.copy', { to: { kind: 'server', server: server() }, use: false });
    expect((await ended('COPY')).message).toContain(
      '2 recordings are the same by checksum, 1 recording is not on this machine, 1 recording is here with',
    );
  });

  test('a copy that a kill has left whole beside the database is in nobody’s way', async () => {
    await window.value('database.use', { kind: 'server', server: server() });
    await window.value('accounts.createFirst', { ...admin, name: 'Grace', remember: false });
    // As it is between the last row and the two renames.
    await cp(place.paths.database, `${place.paths.database}-copying`, { recursive: true });
    await window.value('database.copy', { to: { kind: 'embedded' }, use: true });
    await copied();
    expect(app.database.engine.kind).toBe('embedded');
    expect(await window.value('accounts.current', undefined)).toMatchObject({ name: 'Grace' });
  });

  test('a Parley that has the other database open lets go of it', async () => {
    const other = await startApp(
      { ...place, paths: remote.paths, environment: remote.environment },
      { watchEveryMs: 20 },
    );
    expect(other.database.status).toEqual({ state: 'ready' });
    await onServer(`COMMENT ON TABLE migrations IS 'Parley: an unfinished copy'`, server().name);
    await expect
      .poll(() => other.database.status)
      .toMatchObject({ state: 'failed', message: expect.stringContaining('not finished') });
    await other.close();
  });
});
