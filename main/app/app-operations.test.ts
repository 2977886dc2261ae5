import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AppStatus } from '../../shared/contract/app.ts';
import {
  makeTestPlace,
  openTestDatabase,
  type TestPlace,
  testEngines,
} from '../../tests/fixtures/databases.ts';
import { insertUser } from '../../tests/fixtures/rows.ts';
import { type Application, type Client, createApplication } from '../application.ts';
import { databaseConfig } from '../config/database.config.ts';
import { connect } from '../database/connect.ts';
import { revertLast } from '../database/migrator.ts';
import { forkNode } from '../hosts/node-fork.ts';

const log = pino({ enabled: false });
const ada = { name: 'Ada', email: 'ada@example.org', password: 'correct horse', remember: false };

let place: TestPlace;
let application: Application;
afterEach(async () => {
  await application.close();
  await place.close();
});

function start(environment: NodeJS.ProcessEnv = {}): Client {
  application = createApplication({
    ...{ host: 'browser', version: '1.2.3', paths: place.paths, log },
    fork: forkNode,
    environment: { ...place.environment, ...environment },
  });
  return application.client('a test');
}

async function status(client: Client): Promise<AppStatus> {
  const result = await client.call('app.status', undefined);
  if (!result.ok) throw new Error(result.error.message);
  return result.value as AppStatus;
}

/** The status once the database is neither being opened nor upgraded. */
async function settled(client: Client): Promise<AppStatus> {
  for (;;) {
    const changed = new Promise<void>((resolve) => {
      const end = client.subscribe((name) => {
        if (name !== 'app.statusChanged') return;
        end();
        resolve();
      });
    });
    const now = await status(client);
    if (now.database.state !== 'opening' && now.database.state !== 'migrating') return now;
    await changed;
  }
}

/** Takes the newest migration back, as an older Parley left the database. */
async function makeOlder(): Promise<void> {
  const connection = await connect(databaseConfig(place.environment, place.paths), {
    logEngine: () => undefined,
  });
  await revertLast(connection.dataSource, () => undefined);
  await connection.close();
}

describe.each(testEngines)('app.status: %s', (engine) => {
  beforeEach(async () => {
    place = await makeTestPlace(engine);
  });

  test('tells at once that the database opens, then what there is', async () => {
    const client = start();
    const first = await status(client);
    expect(first).toMatchObject({
      database: { state: 'opening' },
      firstPersonNeeded: null,
      selfRegistration: null,
    });
    expect(await settled(client)).toEqual({
      ...{ version: '1.2.3', host: 'browser', platform: process.platform, database: { state: 'ready' } },
      engine: { kind: engine, place: first.engine.place },
      ...{ firstPersonNeeded: true, selfRegistration: true },
      expected: engine === 'embedded' ? 'SIGN_IN' : null,
    });
    expect(first.engine.place).toContain(
      engine === 'embedded' ? place.paths.database : `/${place.environment.DATABASE_NAME}`,
    );
    expect(await client.call('accounts.createFirst', ada)).toMatchObject({ ok: true });
    expect((await status(client)).firstPersonNeeded).toBe(false);
  });

  test('a start that was ended without an account is followed by the same welcome, at once', async () => {
    await settled(start());
    await application.close();
    const again = start();
    expect((await status(again)).expected).toBe(engine === 'embedded' ? 'FIRST_PERSON' : null);
    await settled(again);
    await again.call('accounts.createFirst', ada);
    await application.close();
    expect((await status(start())).expected).toBe(engine === 'embedded' ? 'SIGN_IN' : null);
  });

  test('an upgrade waits for an admin to sign in and start it', async () => {
    const before = start();
    await settled(before);
    await before.call('accounts.createFirst', ada);
    await before.call('people.create', { ...ada, email: 'bo@example.org', role: 'CANDIDATE' });
    await application.close();
    await makeOlder();

    const client = start();
    const waiting = await settled(client);
    expect(waiting.database.state).toBe('pending');
    expect(waiting.firstPersonNeeded).toBe(false);
    const refused = { ok: false, error: { code: 'DATABASE_UNAVAILABLE' } };
    expect(await client.call('interviews.list', {})).toMatchObject(refused);
    const { email, password, remember } = ada;

    const notSignedIn = { ok: false, error: { code: 'NOT_SIGNED_IN' } };
    expect(await client.call('database.migrate', undefined)).toMatchObject(notSignedIn);
    await client.call('accounts.signIn', { email: 'bo@example.org', password, remember });
    const forbidden = { ok: false, error: { code: 'FORBIDDEN' } };
    expect(await client.call('database.migrate', undefined)).toMatchObject(forbidden);
    await client.call('accounts.signOut', undefined);
    expect(await client.call('accounts.signIn', { email, password, remember })).toMatchObject({ ok: true });
    expect(await client.call('database.migrate', undefined)).toEqual({ ok: true, value: undefined });
    expect((await status(client)).database).toEqual({ state: 'ready' });
    expect(await client.call('interviews.list', {})).toMatchObject({ ok: true });
  });
});

describe.runIf(testEngines.includes('server'))('app.retryDatabase', () => {
  test('opens the database once the reason of the failure has gone, and tells no password', async () => {
    const opened = await openTestDatabase('server');
    await insertUser(opened.dataSource);
    await opened.dataSource.query(
      `CREATE ROLE "${opened.environment.DATABASE_NAME}" LOGIN PASSWORD 'before'`,
    );
    place = opened;
    const client = start({ DATABASE_USER: opened.environment.DATABASE_NAME, DATABASE_PASSWORD: 'after' });
    const failed = await settled(client);
    expect(failed.database).toMatchObject({ state: 'failed', reason: 'WRONG_PASSWORD' });
    expect(JSON.stringify(failed)).not.toMatch(/after|before/);
    const call = await client.call('accounts.signIn', {
      email: 'a@example.org',
      password: 'x',
      remember: false,
    });
    expect(call).toMatchObject({ ok: false, error: { code: 'DATABASE_UNAVAILABLE' } });

    await opened.dataSource.query(
      `ALTER ROLE "${opened.environment.DATABASE_NAME}" PASSWORD 'after' SUPERUSER`,
    );
    expect(await client.call('app.retryDatabase', undefined)).toEqual({ ok: true, value: undefined });
    expect((await settled(client)).database).toEqual({ state: 'ready' });
    await application.close();
    await opened.dataSource.query(`DROP OWNED BY "${opened.environment.DATABASE_NAME}"`);
    await opened.dataSource.query(`DROP ROLE "${opened.environment.DATABASE_NAME}"`);
  });

  test('a connection that is lost in the middle of an operation is told as such, not as a defect', async () => {
    const opened = await openTestDatabase('server');
    place = opened;
    const client = start();
    await settled(client);
    await client.call('accounts.createFirst', ada);
    const rename = () => client.call('accounts.rename', { name: 'Lovelace' });

    const blocker = opened.dataSource.createQueryRunner();
    await blocker.startTransaction();
    await blocker.query('LOCK TABLE users IN ACCESS EXCLUSIVE MODE');
    const blocked = rename();
    const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                  WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    // Until it waits for the lock; an answer comes when its session has been ended.
    while ((await opened.dataSource.query(end)).length === 0);
    expect(await blocked).toMatchObject({ ok: false, error: { code: 'DATABASE_UNAVAILABLE' } });
    await blocker.rollbackTransaction();
    await blocker.release();
    expect(await rename()).toMatchObject({ ok: true, value: { name: 'Lovelace' } });
  });
});
