import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dataPaths } from '../../main/config/data-paths.ts';
import { createDatabase, type Database } from '../../main/database/database.ts';
import { revertLast, schemaState } from '../../main/database/migrator.ts';
import { migrations } from '../../migrations/index.ts';
import type { DatabaseStatus } from '../../shared/contract/app.ts';
import {
  emptyDatabaseTemplate,
  makeTestPlace,
  onServer,
  type TestPlace,
  testEngines,
  testServer,
} from '../fixtures/databases.ts';

const log = pino({ enabled: false });
const names = migrations.map((migration) => new migration().name);
const unavailable = { code: 'DATABASE_UNAVAILABLE' };

let opened: Database[] = [];
let places: TestPlace[] = [];
afterEach(async () => {
  await Promise.all(opened.map((database) => database.close()));
  await Promise.all(places.map((place) => place.close()));
  opened = [];
  places = [];
});

async function place(engine: 'embedded' | 'server', options?: { migrated?: boolean }): Promise<TestPlace> {
  const made = await makeTestPlace(engine, options);
  places.push(made);
  return made;
}

function database(
  { paths, environment }: Pick<TestPlace, 'paths' | 'environment'>,
  afterMigrations: (dataSource: DataSource) => Promise<void> = async () => undefined,
): Database {
  const made = createDatabase({ paths, environment, log, afterMigrations, template: emptyDatabaseTemplate });
  opened.push(made);
  return made;
}

function failure(status: DatabaseStatus): Extract<DatabaseStatus, { state: 'failed' }> {
  if (status.state !== 'failed') throw new Error(`It is ${status.state}.`);
  return status;
}

describe.each(testEngines)('opening the database: %s', (engine) => {
  test('an empty one is migrated by itself, and then what comes after migrations runs', async () => {
    const seen: string[] = [];
    const one = database(await place(engine, { migrated: false }), async (dataSource) => {
      seen.push(
        `library over ${(await dataSource.query('SELECT * FROM library_questions')).length} questions`,
      );
    });
    one.onChange(() => one.status.state !== seen.at(-1) && seen.push(one.status.state));
    one.onReady(() => void seen.push('told that it is ready'));
    await one.open();
    expect(seen).toEqual([
      'opening',
      'migrating',
      'library over 0 questions',
      'ready',
      'told that it is ready',
    ]);
    const rows: { name: string }[] = await one.dataSource.query('SELECT name FROM migrations ORDER BY id');
    expect(rows.map((row) => row.name)).toEqual(names);
  });

  test('an operation that comes while it opens waits for the outcome', async () => {
    const one = database(await place(engine));
    const opening = one.open();
    await one.require('schema');
    expect(one.status).toEqual({ state: 'ready' });
    await opening;
  });

  test('what waits for readiness may fail without harm', async () => {
    const one = database(await place(engine));
    one.onReady(() => Promise.reject(new Error('a listener of a test')));
    await one.open();
    expect(one.status).toEqual({ state: 'ready' });
  });

  /** Takes the schema back to that of the first migrations, as an older Parley left it. */
  async function olderSchema(where: TestPlace, count: number): Promise<void> {
    const before = database(where);
    await before.open();
    while ((await schemaState(before.dataSource)).applied.length > count) {
      await revertLast(before.dataSource, () => undefined);
    }
    await before.close();
  }

  test('pending migrations on a database with data wait for an admin', async () => {
    const where = await place(engine);
    await olderSchema(where, names.length - 1);
    const one = database(where);
    await one.open();
    expect(one.status).toEqual({ state: 'pending', migrations: [names.at(-1)] });
    await one.require('connection');
    await expect(one.require('schema')).rejects.toMatchObject(unavailable);
    // Signing in works.
    expect(await one.dataSource.query('SELECT * FROM users')).toEqual([]);

    const states: string[] = [];
    one.onChange(() => one.status.state !== states.at(-1) && states.push(one.status.state));
    await Promise.all([one.migrate(), one.migrate()]);
    expect(states).toEqual(['migrating', 'ready']);
    expect((await schemaState(one.dataSource)).applied).toEqual(names);
    await one.migrate();
  });

  test('a migration that fails leaves all as it was, says why, and can be tried again', async () => {
    const where = await place(engine);
    await olderSchema(where, 1);
    const one = database(where);
    await one.open();
    await one.dataSource.query(`CREATE TYPE question_difficulty AS ENUM ('ODD')`);
    await expect(one.migrate()).rejects.toMatchObject(unavailable);
    const status = failure(one.status);
    expect(status.reason).toBe('MIGRATION_FAILED');
    expect(status.message).toContain(names[1]);
    expect(status.message).toContain('type "question_difficulty" already exists');
    await one.retry();
    expect(one.status).toEqual({ state: 'pending', migrations: names.slice(1) });
    await one.dataSource.query('DROP TYPE question_difficulty');
    await one.migrate();
    expect(one.status).toEqual({ state: 'ready' });
  });

  test('a schema newer than the app is not used', async () => {
    const where = await place(engine);
    const before = database(where);
    await before.open();
    await before.dataSource.query(
      `INSERT INTO migrations (timestamp, name) VALUES (1999999999999, 'Later1999999999999')`,
    );
    await before.close();

    let touched = false;
    const one = database(where, async () => {
      touched = true;
    });
    await one.open();
    expect(one.status).toEqual({ state: 'newer', migrations: ['Later1999999999999'] });
    await expect(one.require('connection')).rejects.toMatchObject(unavailable);
    await expect(one.migrate()).rejects.toThrow('newer Parley');
    expect(() => one.dataSource).toThrow('newer Parley');
    expect(touched).toBe(false);
  });

  test('tables of somebody else are left alone', async () => {
    const where = await place(engine, { migrated: false });
    const before = database(where);
    await before.open();
    await before.dataSource.query('DROP TABLE migrations');
    await before.close();

    const one = database(where);
    await one.open();
    expect(failure(one.status).message).toContain('tables that Parley did not make (answers, ');
  });

  test('closing ends it for good', async () => {
    const one = database(await place(engine));
    await one.open();
    await one.close();
    await expect(one.require('schema')).rejects.toMatchObject(unavailable);
    await one.open();
    await one.retry();
    expect(() => one.dataSource).toThrow('Parley is closing.');
  });
});

describe('opening the embedded database', () => {
  test('a second opener is told who has it', async () => {
    const where = await place('embedded');
    const first = database(where);
    await first.open();
    const second = database(where);
    await second.open();
    expect(failure(second.status)).toMatchObject({ reason: 'LOCKED' });
    await first.close();
    await second.retry();
    expect(second.status).toEqual({ state: 'ready' });
  });

  test('a folder of another major version stays untouched', async () => {
    const where = await place('embedded');
    writeFileSync(join(where.paths.database, 'PG_VERSION'), '17\n');
    const one = database(where);
    await one.open();
    expect(failure(one.status)).toMatchObject({ reason: 'OTHER_MAJOR_VERSION' });
    expect(failure(one.status).message).toContain('PostgreSQL 17');
    writeFileSync(join(where.paths.database, 'PG_VERSION'), '18\n');
    await one.retry();
    expect(one.status).toEqual({ state: 'ready' });
  });

  test('a damaged folder is said to be damaged, and nothing is deleted', async () => {
    const where = await place('embedded');
    const control = join(where.paths.database, 'global', 'pg_control');
    const bytes = readFileSync(control);
    writeFileSync(control, bytes.subarray(0, 100));
    const one = database(where);
    await one.open();
    expect(failure(one.status)).toMatchObject({ reason: 'DAMAGED' });
    expect(existsSync(join(where.paths.database, 'base'))).toBe(true);
    writeFileSync(control, bytes);
    await one.retry();
    expect(one.status).toEqual({ state: 'ready' });
  });

  test('a data folder that cannot be made is no crash', async () => {
    const parent = mkdtempSync(join(tmpdir(), 'parley-test-'));
    const file = join(parent, 'a file');
    writeFileSync(file, '');
    const paths = dataPaths({ PARLEY_DATA_DIR: join(file, 'data') });
    const one = database({ paths, environment: { DATABASE_HOST: '' } });
    await one.open();
    expect(failure(one.status).message).toContain(file);
    rmSync(parent, { recursive: true });
  });
});

describe.runIf(testEngines.includes('server'))('opening a database on a server', () => {
  let where: TestPlace;
  beforeEach(async () => {
    where = await place('server');
  });

  /** Opens it with other settings, which go wrong. */
  async function failedWith(environment: NodeJS.ProcessEnv): Promise<ReturnType<typeof failure>> {
    const one = database({ paths: where.paths, environment: { ...where.environment, ...environment } });
    await one.open();
    await expect(one.require('connection')).rejects.toMatchObject(unavailable);
    const status = failure(one.status);
    expect(JSON.stringify(status)).not.toContain(testServer().password);
    expect(status.remedies.length).toBeGreaterThan(0);
    return status;
  }

  test('with a wrong password', async () => {
    expect(await failedWith({ DATABASE_PASSWORD: 'not it' })).toMatchObject({
      reason: 'WRONG_PASSWORD',
      message: 'The server refused the password of parley_test.',
    });
  });

  test('with no password', async () => {
    expect(await failedWith({ DATABASE_PASSWORD: '' })).toMatchObject({
      reason: 'WRONG_PASSWORD',
      message: 'The server asks for a password, and the settings have none for parley_test.',
    });
  });

  test('with a user that is not there', async () => {
    expect(await failedWith({ DATABASE_USER: 'nobody' })).toMatchObject({ reason: 'WRONG_PASSWORD' });
  });

  test('with a host that is not there', async () => {
    expect(await failedWith({ DATABASE_HOST: 'parley.invalid' })).toMatchObject({
      reason: 'SERVER_NOT_FOUND',
      message: 'No machine with the name parley.invalid was found.',
    });
  });

  test('with a port where nobody listens', async () => {
    const { server, port } = await listening();
    await new Promise((resolve) => server.close(resolve));
    for (const host of ['127.0.0.1', 'localhost']) {
      expect(await failedWith({ DATABASE_HOST: host, DATABASE_PORT: String(port) })).toMatchObject({
        reason: 'SERVER_REFUSED',
        message: `No database server listens at ${host}, port ${port}.`,
      });
    }
  });

  test('with a database that is not there', async () => {
    expect(await failedWith({ DATABASE_NAME: 'no such "database"' })).toMatchObject({
      reason: 'NO_SUCH_DATABASE',
    });
  });

  test('with encryption that the server does not have', async () => {
    expect((await failedWith({ DATABASE_TLS: 'require' })).message).toMatch(/offers no encryption/);
  });

  test('with a machine that is no PostgreSQL server', async () => {
    const { server, port } = await listening();
    server.on('connection', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const status = await failedWith({ DATABASE_PORT: String(port) });
    expect(status.message).toContain('127.0.0.1');
    server.close();
  });

  test('with settings that cannot be right', async () => {
    expect(await failedWith({ DATABASE_PORT: 'five' })).toMatchObject({
      reason: 'OTHER',
      message: 'DATABASE_PORT must be a whole number between 1 and 65535.',
    });
  });

  test('with a user who may not make tables, and then may', async () => {
    await onServer(`CREATE ROLE "${role()}" LOGIN PASSWORD 'pass'`);
    const empty = await place('server', { migrated: false });
    const one = database({
      paths: empty.paths,
      environment: { ...empty.environment, DATABASE_USER: role(), DATABASE_PASSWORD: 'pass' },
    });
    await one.open();
    expect(failure(one.status)).toMatchObject({ reason: 'NO_RIGHTS' });
    await onServer(`ALTER DATABASE "${empty.environment.DATABASE_NAME}" OWNER TO "${role()}"`);
    await one.retry();
    expect(one.status).toEqual({ state: 'ready' });
    await one.close();
    await empty.close();
    await onServer(`DROP ROLE "${role()}"`);
  });

  test('settings that were corrected are taken at the next try', async () => {
    const { DATABASE_PASSWORD, ...environment } = where.environment;
    mkdirSync(where.paths.folder, { recursive: true });
    writeFileSync(join(where.paths.folder, '.env'), 'DATABASE_PASSWORD=wrong\n');
    const one = database({ paths: where.paths, environment });
    await one.open();
    expect(failure(one.status).reason).toBe('WRONG_PASSWORD');
    writeFileSync(join(where.paths.folder, '.env'), `DATABASE_PASSWORD=${DATABASE_PASSWORD}\n`);
    await one.retry();
    expect(one.status).toEqual({ state: 'ready' });
    expect(one.engine.place).not.toContain(DATABASE_PASSWORD);
  });

  const role = () => `${where.environment.DATABASE_NAME}_role`;
});

async function listening(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { server, port: address.port };
}
