import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { restoredName } from '../../main/backups/restore-backup.ts';
import type { InputOf } from '../../shared/contract/index.ts';
import { admin, startApp, type TestApp, type TestWindow } from '../fixtures/administration.ts';
import { makeTestPlace, onServer, type TestPlace, testEngines, testServer } from '../fixtures/databases.ts';
import { sumsOf } from '../fixtures/sums.ts';
import { addHardData, workEnded } from '../fixtures/works.ts';

/** A team's server that was chosen in the settings, and not in the environment. */
describe.runIf(testEngines.includes('server'))('restoring into a server of the settings', () => {
  let machine: TestPlace;
  let remote: TestPlace;
  let app: TestApp;
  let window: TestWindow;

  const server = (changes: Partial<InputOf<'database.testServer'>> = {}) => {
    const name = remote.environment.DATABASE_NAME ?? '';
    return { ...testServer(), name, tls: 'disable' as const, ca: null, ...changes };
  };
  const restore = async (): Promise<void> => {
    const [backup] = (await window.value('backups.list', undefined)).backups;
    await window.value('backups.restore', { id: backup?.id ?? '' });
  };
  const restoredDatabases = async (): Promise<string[]> => {
    const rows: { datname: string }[] = await app.database.connection.dataSource.query(
      `SELECT datname FROM pg_database WHERE starts_with(datname, $1) AND datname <> $1`,
      [server().name],
    );
    return rows.map(({ datname }) => datname);
  };
  const start = async () => {
    app = await startApp(machine);
    window = app.window();
  };

  beforeEach(async () => {
    machine = { ...(await makeTestPlace('embedded')), environment: {} };
    remote = await makeTestPlace('server');
    await start();
    await window.value('accounts.createFirst', { ...admin, remember: false });
  });
  afterEach(async () => {
    for (const name of await restoredDatabases()) await onServer(`DROP DATABASE "${name}" WITH (FORCE)`);
    await app.close();
    await remote.close();
    await machine.close();
  });

  test('uses the restored database afterwards and at the next start, and leaves the other as it is', async () => {
    await window.value('database.use', { kind: 'server', server: server() });
    await window.value('accounts.createFirst', { ...admin, remember: false });
    await addHardData(app, machine);
    const before = await sumsOf(app.database.dataSource);
    await window.value('backups.make', undefined);
    await workEnded(window, 'BACKUP');
    await app.database.dataSource.query(`UPDATE users SET name = 'Destroyed'`);

    await restore();
    await expect.poll(() => app.audited.at(-1)?.action, { timeout: 60_000 }).toBe('backups.restore');
    const [name = ''] = await restoredDatabases();
    expect(app.database.engine.place).toMatch(new RegExp(`/${name}$`));
    expect(await sumsOf(app.database.dataSource)).toEqual(before);
    // Everybody signs in again, and the password of the server is kept for the new database too.
    expect(await window.value('accounts.current', undefined)).toBe(null);
    await window.value('accounts.signIn', { ...admin, remember: false });
    expect(await workEnded(window, 'RESTORE')).toMatchObject({
      state: 'DONE',
      message: expect.stringContaining(`Restored into the database ${name}, which Parley uses now.`),
    });
    await app.close();
    await start();
    expect(app.database.status).toEqual({ state: 'ready' });
    expect(app.database.engine.place).toMatch(new RegExp(`/${name}$`));

    // The one before is there as it was.
    await window.value('accounts.signIn', { ...admin, remember: false });
    expect(
      await window.value('database.testServer', server({ password: testServer().password })),
    ).toMatchObject({ ok: true, holds: 'PARLEY', people: 1, interviews: 600 });
    await window.value('database.use', { kind: 'server', server: server() });
    expect(await app.database.dataSource.query('SELECT name FROM users')).toEqual([{ name: 'Destroyed' }]);
  });

  test('a user who may not make databases is told what is missing, and nothing is left behind', async () => {
    const { name } = server();
    const role = `${name}_owner`;
    await onServer(`CREATE ROLE ${role} LOGIN PASSWORD 'p'`);
    await onServer(`ALTER DATABASE ${name} OWNER TO ${role}`);
    await onServer(`REASSIGN OWNED BY ${testServer().user} TO ${role}`, name).catch(() => undefined);
    await onServer(`GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role}`, name);
    try {
      await window.value('database.use', { kind: 'server', server: server({ user: role, password: 'p' }) });
      await window.value('accounts.createFirst', { ...admin, remember: false });
      await window.value('backups.make', undefined);
      expect(await workEnded(window, 'BACKUP')).toMatchObject({ state: 'DONE' });
      await restore();
      expect(await workEnded(window, 'RESTORE')).toMatchObject({
        state: 'FAILED',
        message: expect.stringContaining(`ALTER ROLE "${role}" CREATEDB`),
      });
      expect(app.database.status).toEqual({ state: 'ready' });
      expect(await restoredDatabases()).toEqual([]);
      await app.close();
    } finally {
      await onServer(`REASSIGN OWNED BY ${role} TO ${testServer().user}`, name);
      await onServer(`ALTER DATABASE ${name} OWNER TO ${testServer().user}`);
      await onServer(`DROP OWNED BY ${role}`, name);
      await onServer(`DROP ROLE ${role}`);
      machine = { ...machine, environment: { ...remote.environment } };
      await start();
    }
  });

  test('one that is stopped leaves no database in part', async () => {
    await window.value('database.use', { kind: 'server', server: server() });
    await window.value('accounts.createFirst', { ...admin, remember: false });
    await addHardData(app, machine);
    await window.value('backups.make', undefined);
    await workEnded(window, 'BACKUP');
    await restore();
    await expect
      .poll(() => window.value('database.work', undefined), { timeout: 60_000, interval: 1 })
      .toMatchObject({ kind: 'RESTORE', step: 'Filling a new database from it' });
    await window.value('database.stopWork', undefined);
    expect(await workEnded(window, 'RESTORE')).toMatchObject({ state: 'STOPPED' });
    expect(await restoredDatabases()).toEqual([]);
    expect(app.database.status).toEqual({ state: 'ready' });
    expect(app.database.engine.place).toMatch(new RegExp(`/${server().name}$`));
  });
});

test('the restored database’s name has room in PostgreSQL’s 63 bytes, and does not grow', () => {
  expect(restoredName('parley', '20261125120000')).toBe('parley_restored_20261125120000');
  expect(restoredName('parley_restored_20251125120000', '20261125120000')).toBe(
    'parley_restored_20261125120000',
  );
  const long = restoredName('ü'.repeat(60), '20261125120000');
  expect(Buffer.byteLength(long)).toBeLessThanOrEqual(63);
  expect(long).toMatch(/^ü+_restored_20261125120000$/);
});
