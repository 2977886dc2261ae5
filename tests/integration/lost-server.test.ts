import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dataPaths } from '../../main/config/data-paths.ts';
import { createDatabase, type Database } from '../../main/database/database.ts';
import { emptyDatabaseTemplate, makeTestPlace, type TestPlace } from '../fixtures/databases.ts';
import { canStartServer, startTemporaryServer, type TemporaryServer } from '../fixtures/postgres-server.ts';
import { insertUser } from '../fixtures/rows.ts';

const log = pino({ enabled: false });
const unavailable = { code: 'DATABASE_UNAVAILABLE' };

/** What a person is told when this fails. */
async function told(database: Database, work: Promise<unknown>): Promise<unknown> {
  const error = await work.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  return database.explain(error) ?? error;
}

describe.runIf(canStartServer())('a server that goes away and comes back', () => {
  let server: TemporaryServer;
  let database: Database;
  const users = async () => (await database.dataSource.query('SELECT * FROM users')).length;

  const newDatabase = () =>
    createDatabase({
      paths: dataPaths({ PARLEY_DATA_DIR: '/nowhere' }),
      environment: {
        DATABASE_HOST: server.host,
        DATABASE_PORT: String(server.port),
        DATABASE_USER: server.user,
        DATABASE_PASSWORD: server.password,
        DATABASE_NAME: 'postgres',
      },
      log,
      afterMigrations: async () => undefined,
    });

  beforeAll(async () => {
    const started = await startTemporaryServer();
    if (!started) throw new Error('The server did not start.');
    server = started;
    database = newDatabase();
    await database.open();
  });
  afterAll(async () => {
    await database.close();
    await server.remove();
  });
  beforeEach(() => database.dataSource.query('TRUNCATE users CASCADE'));

  test('operations say so meanwhile, and work again afterwards', async () => {
    await insertUser(database.dataSource);
    await server.stop();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const failure = await told(database, users());
      expect(failure).toMatchObject(unavailable);
      expect(String(failure)).toContain('cannot be reached at the moment');
      expect(String(failure)).not.toContain(server.password);
    }
    expect(database.status).toEqual({ state: 'ready' });
    await server.start();
    expect(await users()).toBe(1);
  });

  test('what was under way fails whole', async () => {
    const settings = () => database.dataSource.query('SELECT * FROM settings ORDER BY key');
    const before = await settings();
    const work = database.dataSource.transaction(async (manager) => {
      await manager.query('UPDATE users SET name = name');
      await insertUser(database.dataSource);
      await server.stop();
      await manager.query(`INSERT INTO settings (key, value) VALUES ('a', '1')`);
    });
    expect(await told(database, work)).toMatchObject(unavailable);
    await server.start();
    expect(await settings()).toEqual(before);
    expect(await users()).toBe(1);
  });

  test('many at once fail, and many at once work again', async () => {
    const many = () => Promise.allSettled(Array.from({ length: 30 }, users));
    await many();
    await server.stop();
    expect((await many()).every(({ status }) => status === 'rejected')).toBe(true);
    await server.start();
    expect((await many()).every(({ status }) => status === 'fulfilled')).toBe(true);
  });

  test('a session that an administrator ends is replaced', async () => {
    const ended = database.dataSource.query('SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(60)');
    expect(await told(database, ended)).toMatchObject(unavailable);
    expect(await users()).toBe(0);
  });

  test('a server that falls silent is given up', async () => {
    const runner = database.dataSource.createQueryRunner();
    const client = await runner.connect();
    const query = runner.query('SELECT pg_sleep(600)');
    // What the socket says after a minute of silence.
    client.connection.stream.emit('timeout');
    expect(await told(database, query)).toMatchObject(unavailable);
    await runner.release();
    expect(await users()).toBe(0);
  });

  test('it is down when Parley starts, and a retry finds it', async () => {
    await server.stop();
    await database.close();
    database = newDatabase();
    const states: string[] = [];
    database.onChange(() => states.push(database.status.state));
    await database.open();
    await server.start();
    await Promise.all([database.retry(), database.retry()]);
    expect(states).toEqual(['opening', 'failed', 'opening', 'ready']);
  });
});

describe('a connection to the embedded engine that breaks', () => {
  let place: TestPlace;
  let database: Database;
  beforeAll(async () => {
    place = await makeTestPlace('embedded');
    database = createDatabase({
      ...{ paths: place.paths, environment: place.environment, log, template: emptyDatabaseTemplate },
      afterMigrations: async () => undefined,
    });
    await database.open();
  });
  afterAll(async () => {
    await database.close();
    await place.close();
  });

  test('is told as such, and replaced', async () => {
    await insertUser(database.dataSource);
    const runner = database.dataSource.createQueryRunner();
    const client = await runner.connect();
    const query = runner.query('SELECT pg_sleep(0)');
    client.connection.stream.destroy(new Error('Connection terminated'));
    expect(await told(database, query)).toMatchObject(unavailable);
    await runner.release();
    expect(await database.dataSource.query('SELECT count(*)::int AS n FROM users')).toEqual([{ n: 1 }]);
  });
});
