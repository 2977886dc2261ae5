import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ServerSettings } from '../../main/administration/server-settings.ts';
import { switchDatabase } from '../../main/administration/switch-database.ts';
import { DatabasePassword } from '../../main/config/database-password.ts';
import { readSettings } from '../../main/config/settings-file.ts';
import type { InputOf } from '../../shared/contract/index.ts';
import { admin, startApp, type TestApp, type TestWindow } from '../fixtures/administration.ts';
import { makeTestPlace, onServer, type TestPlace, testEngines, testServer } from '../fixtures/databases.ts';

type Server = InputOf<'database.testServer'>;

/** Hides nothing; it shows that what is kept went through the keychain. */
const seal = {
  encrypt: (text: string) => Buffer.from(text.split('').reverse().join('')),
  decrypt: (sealed: Buffer) => sealed.toString().split('').reverse().join(''),
};

describe.runIf(testEngines.includes('server'))('choosing a database in the settings', () => {
  let machine: Pick<TestPlace, 'paths' | 'environment' | 'close'>;
  let remote: TestPlace;
  let app: TestApp;
  let window: TestWindow;

  const server = (changes: Partial<Server> = {}): Server => {
    const { host, port, user, password } = testServer();
    const name = remote.environment.DATABASE_NAME ?? '';
    return { host, port, user, password, name, tls: 'disable', ca: null, ...changes };
  };
  const start = async (options: Parameters<typeof startApp>[1] = {}) => {
    app = await startApp(machine, options);
    window = app.window();
  };

  beforeEach(async () => {
    const made = await makeTestPlace('embedded');
    machine = { ...made, environment: {} };
    remote = await makeTestPlace('server', { migrated: false });
    await start();
    await window.value('accounts.createFirst', { ...admin, remember: false });
  });
  afterEach(async () => {
    await app.close();
    await remote.close();
    await machine.close();
  });

  test('says what the database that is open is like', async () => {
    expect(await window.value('database.overview', undefined)).toMatchObject({
      serverVersion: expect.stringMatching(/^18/),
      encrypted: null,
      pool: { most: 1 },
      origin: { from: 'NOWHERE', file: null },
      saved: null,
      keepsPasswordIn: 'FILE',
      embeddedThere: true,
    });
  });

  test('trying a server says in words what is wrong, and changes nothing', async () => {
    const tried = async (changes: Partial<Server>) => window.value('database.testServer', server(changes));
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as { port: number };
    await new Promise((resolve) => closed.close(resolve));

    expect(await tried({ host: 'no-such-host.invalid' })).toMatchObject({ reason: 'SERVER_NOT_FOUND' });
    expect(await tried({ port })).toMatchObject({ reason: 'SERVER_REFUSED' });
    expect(await tried({ password: 'wrong' })).toMatchObject({ reason: 'WRONG_PASSWORD' });
    expect(await tried({ password: null })).toMatchObject({
      reason: 'WRONG_PASSWORD',
      message: expect.stringContaining('none is given'),
    });
    expect(await tried({ name: 'nowhere' })).toMatchObject({ reason: 'NO_SUCH_DATABASE' });
    expect(await tried({ tls: 'require' })).toMatchObject({
      ok: false,
      message: expect.stringContaining('offers no encryption'),
    });
    const { name } = server();
    const reader = `${name}_reader`;
    await onServer(`CREATE ROLE ${reader} LOGIN PASSWORD 'p'`);
    try {
      expect(await tried({ user: reader, password: 'p' })).toMatchObject({
        reason: 'NO_RIGHTS',
        message: expect.stringContaining('may not make tables'),
      });
    } finally {
      await onServer(`DROP ROLE ${reader}`);
    }
    await onServer('CREATE TABLE users (id integer)', name);
    expect(await tried({})).toMatchObject({ ok: false, message: expect.stringContaining('users') });
    await onServer('DROP TABLE users', name);
    expect(await tried({})).toMatchObject({ ok: true, holds: 'EMPTY', people: 0, encrypted: false });
    expect(readSettings(machine.paths.settings)).toEqual({});
    expect(app.database.engine.kind).toBe('embedded');
  });

  test('a certificate that is none is told at its field', async () => {
    const error = await window.error('database.testServer', server({ tls: 'verify-full', ca: 'mine' }));
    expect(error).toMatchObject({ code: 'INVALID_INPUT', details: { fields: { ca: expect.any(String) } } });
  });

  test('goes to a server and back, and signs out whoever is not there', async () => {
    await window.value('database.use', { kind: 'server', server: server() });
    expect(app.database.status).toEqual({ state: 'ready' });
    expect(app.database.engine.kind).toBe('server');
    expect(await window.value('accounts.current', undefined)).toBe(null);

    // It holds at the next start, and the password is nowhere but in its own file, which nobody else can read.
    await app.close();
    await start();
    expect(app.database.engine.kind).toBe('server');
    const { password } = testServer();
    expect(readFileSync(machine.paths.settings, 'utf8')).not.toContain(password);
    expect(readFileSync(machine.paths.databasePassword, 'utf8')).toContain(password);
    expect(statSync(machine.paths.databasePassword).mode & 0o077).toBe(0);

    await window.value('accounts.createFirst', { ...admin, remember: false });
    expect(await window.value('database.overview', undefined)).toMatchObject({
      encrypted: false,
      origin: { from: 'SETTINGS', file: machine.paths.settings },
      saved: { host: server().host, password: 'FILE' },
    });
    await window.value('database.use', { kind: 'embedded' });
    expect(app.database.engine.kind).toBe('embedded');
    await window.value('accounts.signIn', { ...admin, remember: false });
    // The server is still in mind, and its password is used where none is given.
    expect(await window.value('database.testServer', server({ password: null }))).toMatchObject({
      ok: true,
      holds: 'PARLEY',
      people: 1,
      knowsYou: true,
    });
    expect(app.audited.map(({ action }) => action)).toEqual(['database.use']);
  });

  test('the kept password goes to no other server', async () => {
    await window.value('database.use', { kind: 'server', server: server() });
    await window.value('accounts.createFirst', { ...admin, remember: false });
    expect(await window.value('database.testServer', server({ password: null }))).toMatchObject({ ok: true });
    expect(
      await window.value('database.testServer', server({ password: null, host: 'localhost' })),
    ).toMatchObject({ reason: 'WRONG_PASSWORD', message: expect.stringContaining('none is given') });
  });

  test('killed while it changes servers, it opens the one before', async () => {
    await window.value('database.use', { kind: 'server', server: server() });
    const { paths } = machine;
    await app.close();
    // As it is between the two files: the password of the next server is there, and the settings name this one.
    await new DatabasePassword(paths.databasePassword).write('someone@elsewhere:5432/next', 'another');
    await start();
    expect(app.database.status).toEqual({ state: 'ready' });
    expect(app.database.engine.kind).toBe('server');
  });

  test('where there is a keychain the password is sealed, and a host without one says how to go on', async () => {
    await app.close();
    await start({ seal });
    await window.value('accounts.signIn', { ...admin, remember: false });
    expect(await window.value('database.overview', undefined)).toMatchObject({ keepsPasswordIn: 'KEYCHAIN' });
    await window.value('database.use', { kind: 'server', server: server() });
    expect(readFileSync(machine.paths.databasePassword, 'utf8')).not.toContain(testServer().password);
    await app.close();
    await start({ seal });
    expect(app.database.status).toEqual({ state: 'ready' });
    await app.close();
    await start();
    expect(app.database.status).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('DATABASE_PASSWORD'),
    });
    await app.close();
    machine = { ...machine, environment: { DATABASE_PASSWORD: testServer().password } };
    await start();
    expect(app.database.status).toEqual({ state: 'ready' });
  });

  test('one that cannot be opened is not used: the app goes back to what worked', async () => {
    const { database } = app;
    const settings = new ServerSettings(machine.paths);
    const recordings = { whileStill: <T>(work: () => Promise<T>) => work() };
    const wrong = { ...settings.complete(server()), name: 'nowhere' };
    await expect(switchDatabase({ database, recordings, settings }, wrong)).rejects.toThrow(
      /no database with the name nowhere.*gone back/,
    );
    expect(database.status).toEqual({ state: 'ready' });
    expect(database.engine.kind).toBe('embedded');
    expect(readSettings(machine.paths.settings)).toEqual({});
    // Nobody was signed out by it.
    expect(await window.value('accounts.current', undefined)).toMatchObject({ name: admin.name });
  });

  test('what the environment says wins, and the settings do not pretend otherwise', async () => {
    await app.close();
    machine = { ...machine, environment: { DATABASE_HOST: '' } };
    await start();
    await window.value('accounts.signIn', { ...admin, remember: false });
    expect(await window.value('database.overview', undefined)).toMatchObject({
      origin: { from: 'ENVIRONMENT' },
    });
    expect(await window.error('database.use', { kind: 'server', server: server() })).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('DATABASE_HOST'),
    });
    expect(app.database.engine.kind).toBe('embedded');
  });
});

describe.runIf(testEngines.includes('server'))('a server whose schema another machine changes', () => {
  test('is waited for while it is upgraded, and used again by itself', async () => {
    const place = await makeTestPlace('server');
    const app = await startApp(place, { watchEveryMs: 50 });
    const { dataSource } = app.database;
    const other = dataSource.createQueryRunner();
    await other.query('SELECT pg_advisory_lock(1348563564, 1)');
    await expect
      .poll(() => app.database.status)
      .toMatchObject({
        state: 'migrating',
        holder: expect.stringContaining('session'),
      });
    expect(await app.window().error('accounts.current', undefined)).toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      message: expect.stringContaining('another machine'),
    });
    await other.query(`INSERT INTO migrations (timestamp, name) VALUES (1, 'Tomorrow1900000000000')`);
    await other.query('SELECT pg_advisory_unlock(1348563564, 1)');
    await expect
      .poll(() => app.database.status, { timeout: 10_000 })
      .toEqual({
        state: 'newer',
        migrations: ['Tomorrow1900000000000'],
      });
    await other.query(`DELETE FROM migrations WHERE name = 'Tomorrow1900000000000'`);
    await expect.poll(() => app.database.status, { timeout: 10_000 }).toEqual({ state: 'ready' });
    await other.release();
    await app.close();
    await place.close();
  });
});
