import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startAccounts, type TestProcess } from '../../tests/fixtures/accounts.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { Session, User } from '../database/entities/index.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

const ada = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' };
const bob = { name: 'Bob', email: 'bob@example.com', password: 'wrong cow capacitor' };
const signIn = ({ email, password }: typeof ada, remember = false) => ({ email, password, remember });

describe.each(testEngines)('sessions on %s', (engine) => {
  let database: TestDatabase;
  let file: string;
  let app: TestProcess;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    file = join(database.paths.folder, 'session');
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.dataSource.query('TRUNCATE users, settings, sign_in_throttles CASCADE');
    rmSync(file, { recursive: true, force: true });
    app = startProcess();
    const client = app.client();
    await client.value('accounts.createFirst', { ...ada, remember: false });
    await client.value('people.create', { ...bob, role: 'CANDIDATE' });
    await client.value('accounts.signOut', undefined);
  });
  afterEach(() => {
    vi.useRealTimers();
    expect(app.defects).toEqual([]);
  });

  function startProcess(rememberedSession = file): TestProcess {
    return startAccounts({ dataSource: database.dataSource, rememberedSession });
  }

  async function signedIn(process: TestProcess, person = ada, remember = false, label?: string) {
    const client = process.client(label);
    await client.value('accounts.signIn', signIn(person, remember));
    return client;
  }

  const rows = () => database.dataSource.manager.find(Session, { order: { id: 'ASC' } });
  const storedToken = () => (JSON.parse(readFileSync(file, 'utf8')) as { token: string }).token;

  describe('on this machine', () => {
    test('one that is remembered goes on in the next process', async () => {
      await signedIn(app, ada, true);
      const client = startProcess().client();
      await expect(client.value('accounts.current', undefined)).resolves.toMatchObject({ name: 'Ada' });
      await expect(client.value('accounts.sessions', undefined)).resolves.toMatchObject([
        { current: true, remembered: true },
      ]);
    });

    test('one that is not remembered ends with the process', async () => {
      await signedIn(app, ada);
      expect(existsSync(file)).toBe(false);
      await expect(startProcess().client().value('accounts.current', undefined)).resolves.toBeNull();
    });

    test('signing out ends it for good', async () => {
      const client = await signedIn(app, ada, true);
      await client.value('accounts.signOut', undefined);
      await expect(client.value('accounts.current', undefined)).resolves.toBeNull();
      await expect(rows()).resolves.toEqual([]);
      expect(existsSync(file)).toBe(false);
      await expect(startProcess().client().value('accounts.current', undefined)).resolves.toBeNull();
    });

    test('signing out works while the database is away', async () => {
      await signedIn(app, ada, true);
      let away = false;
      const process = startAccounts({
        get dataSource() {
          if (away) throw new OperationFailure('DATABASE_UNAVAILABLE', 'The server is away.');
          return database.dataSource;
        },
        rememberedSession: file,
      });
      const client = process.client();
      await expect(client.value('accounts.current', undefined)).resolves.toMatchObject({ name: 'Ada' });
      away = true;
      await client.value('accounts.signOut', undefined);
      away = false;
      await expect(client.value('accounts.current', undefined)).resolves.toBeNull();
      expect(existsSync(file)).toBe(false);
    });

    test('a disk that cannot keep the token does not keep anybody out', async () => {
      const process = startProcess(join(database.paths.folder, 'missing', 'session'));
      const client = await signedIn(process, ada, true);
      await expect(client.value('accounts.sessions', undefined)).resolves.toMatchObject([
        { remembered: false },
      ]);
      expect(process.logged.join()).toContain('the session cannot be remembered');
    });

    test('signing in as somebody else ends the session before', async () => {
      const client = await signedIn(app, ada, true);
      await client.value('accounts.signIn', signIn(bob));
      await expect(client.value('accounts.current', undefined)).resolves.toMatchObject({ name: 'Bob' });
      await expect(rows()).resolves.toHaveLength(1);
      expect(existsSync(file)).toBe(false);
    });
  });

  describe('a database that does not answer', () => {
    test('keeps nobody from going on with what needs none', async () => {
      vi.useFakeTimers({ toFake: ['performance'] });
      let away = false;
      const process = startAccounts({
        get dataSource() {
          if (away) throw new OperationFailure('DATABASE_UNAVAILABLE', 'The server is away.');
          return database.dataSource;
        },
        rememberedSession: file,
      });
      const client = await signedIn(process, ada);
      away = true;
      vi.advanceTimersByTime(30_000);
      await expect(process.accounts.personOf(client.identity)).resolves.toMatchObject({ role: 'ADMIN' });
      expect(process.logged.join()).toContain('the session could not be checked');
    });

    test('is not waited for, and what it says in the end counts', async () => {
      vi.useFakeTimers({ toFake: ['performance'] });
      const client = await signedIn(app, ada);
      const busy = database.dataSource.createQueryRunner();
      await busy.startTransaction();
      await busy.query('LOCK TABLE users, sessions IN ACCESS EXCLUSIVE MODE');
      await busy.query('DELETE FROM sessions');
      vi.advanceTimersByTime(30_000);
      await expect(app.accounts.personOf(client.identity)).resolves.toMatchObject({ role: 'ADMIN' });
      await busy.commitTransaction();
      await busy.release();
      await vi.waitFor(() => expect(client.events).toContain('accounts.signedOut'));
      await expect(app.accounts.personOf(client.identity)).resolves.toBeNull();
    });

    test('a defect in asking it lets nobody pass', async () => {
      vi.useFakeTimers({ toFake: ['performance'] });
      const client = await signedIn(app, ada);
      await database.dataSource.query('ALTER TABLE sessions RENAME expires_at TO expired');
      vi.advanceTimersByTime(30_000);
      await expect(app.accounts.personOf(client.identity)).rejects.toThrow('expires_at');
      await expect(app.accounts.personOf(client.identity)).rejects.toThrow('expires_at');
      await database.dataSource.query('ALTER TABLE sessions RENAME expired TO expires_at');
    });
  });

  describe('several clients', () => {
    test('a fresh one is signed in by the remembered session, with its row', async () => {
      await signedIn(app, ada, true);
      const other = app.client();
      await expect(other.value('accounts.current', undefined)).resolves.toMatchObject({ name: 'Ada' });
      await expect(rows()).resolves.toHaveLength(1);
    });

    test('signing out at one leaves what another person remembers here', async () => {
      const bobs = await signedIn(app, bob);
      await signedIn(app, ada, true);
      await bobs.value('accounts.signOut', undefined);
      await expect(startProcess().client().value('accounts.current', undefined)).resolves.toMatchObject({
        name: 'Ada',
      });
    });

    test('attack: signing out, to be signed in as the person this machine remembers', async () => {
      const bobs = await signedIn(app, bob);
      await signedIn(app, ada, true);
      await bobs.value('accounts.signOut', undefined);
      await expect(bobs.value('accounts.current', undefined)).resolves.toBeNull();
    });

    test('signing out ends the session wherever it is open here, and says so there', async () => {
      const client = await signedIn(app, ada, true);
      const other = app.client();
      await other.value('accounts.current', undefined);
      await client.value('accounts.signOut', undefined);
      expect(other.events).toContain('accounts.signedOut');
      expect(client.events).not.toContain('accounts.signedOut');
      await expect(other.value('accounts.current', undefined)).resolves.toBeNull();
    });
  });

  describe('the token', () => {
    test('attack: reading tokens from the database', async () => {
      await signedIn(app, ada, true);
      const [row] = await database.dataSource.query<Record<string, unknown>[]>('SELECT * FROM sessions');
      const token = storedToken();
      expect(Buffer.from(token, 'base64url')).toHaveLength(32);
      expect(row?.token_hash).toBe(createHash('sha256').update(token).digest('hex'));
      expect(JSON.stringify(row)).not.toContain(token);
    });

    test('is another one for every sign-in', async () => {
      await signedIn(app, ada, true);
      const first = storedToken();
      await signedIn(app, ada, true);
      expect(storedToken()).not.toBe(first);
    });

    test.skipIf(process.platform === 'win32')('attack: another user of the machine reads it', async () => {
      await signedIn(app, ada, true);
      expect(statSync(file).mode & 0o777).toBe(0o600);
    });

    test('never reaches a window or the log', async () => {
      const client = app.client();
      const answers = [
        await client.value('accounts.signIn', signIn(ada, true)),
        await client.value('accounts.current', undefined),
        await client.value('accounts.sessions', undefined),
      ];
      const token = storedToken();
      const hash = createHash('sha256').update(token).digest('hex');
      for (const text of [JSON.stringify(answers), app.logged.join()]) {
        expect(text).not.toContain(token);
        expect(text).not.toContain(hash);
      }
    });

    test.each([
      ['empty', ''],
      ['garbage', '\u0000\u0001 {'],
      ['of nobody', JSON.stringify({ sealed: false, token: 'A'.repeat(43) })],
      ['an injection', JSON.stringify({ sealed: false, token: "' OR true --" })],
    ])('attack: a remembered token that is %s', async (_, content) => {
      await signedIn(app, ada);
      writeFileSync(file, content);
      const client = startProcess().client();
      await expect(client.value('accounts.current', undefined)).resolves.toBeNull();
      await expect(client.value('accounts.signIn', signIn(ada, true))).resolves.toMatchObject({
        name: 'Ada',
      });
    });
  });

  describe('ending', () => {
    test('attack: going on with a revoked token', async () => {
      await signedIn(app, ada, true);
      const token = readFileSync(file);
      const elsewhere = await signedIn(startProcess(`${file}-elsewhere`), ada);
      const [machine] = await elsewhere
        .value('accounts.sessions', undefined)
        .then((machines) => machines.filter(({ current }) => !current));
      await elsewhere.value('accounts.revokeSession', { id: machine?.id ?? '' });
      writeFileSync(file, token);
      await expect(startProcess().client().value('accounts.current', undefined)).resolves.toBeNull();
    });

    test('of one that another process has ended is noticed within 30 s', async () => {
      vi.useFakeTimers({ toFake: ['performance'] });
      const client = await signedIn(app, ada, true);
      await database.dataSource.manager.deleteAll(Session);
      vi.advanceTimersByTime(29_999);
      await expect(app.accounts.personOf(client.identity)).resolves.not.toBeNull();
      vi.advanceTimersByTime(1);
      await expect(client.value('accounts.current', undefined)).resolves.toBeNull();
      expect(app.accounts.personIdAt(client.identity)).toBeNull();
      expect(client.events).toContain('accounts.signedOut');
      expect(existsSync(file)).toBe(false);
    });

    test('one’s own on another machine of this process is said there at once', async () => {
      const client = await signedIn(app, ada, false, 'lotus (desktop app)');
      const other = await signedIn(app, ada, false, 'iris (browser)');
      const machines = await client.value('accounts.sessions', undefined);
      expect(machines).toEqual([
        expect.objectContaining({ label: 'iris (browser)', current: false }),
        expect.objectContaining({ label: 'lotus (desktop app)', current: true }),
      ]);
      await client.value('accounts.revokeSession', { id: machines[0]?.id ?? '' });
      expect(other.events).toContain('accounts.signedOut');
      await expect(other.value('accounts.current', undefined)).resolves.toBeNull();
      await expect(client.value('accounts.sessions', undefined)).resolves.toHaveLength(1);
    });

    test('attack: revoking the session of somebody else', async () => {
      const adas = await signedIn(app, ada);
      const bobs = await signedIn(app, bob);
      const [machine] = await adas.value('accounts.sessions', undefined);
      await expect(bobs.error('accounts.revokeSession', { id: machine?.id ?? '' })).resolves.toMatchObject({
        code: 'NOT_FOUND',
      });
      await expect(bobs.value('accounts.sessions', undefined)).resolves.toHaveLength(1);
      await expect(adas.value('accounts.sessions', undefined)).resolves.toHaveLength(1);
    });

    test('a disabled person is out within 30 s, and stays out', async () => {
      vi.useFakeTimers({ toFake: ['performance'] });
      const client = await signedIn(app, bob, true);
      await database.dataSource.manager.update(User, { email: bob.email }, { state: 'DISABLED' });
      await expect(startProcess().client().value('accounts.current', undefined)).resolves.toBeNull();
      vi.advanceTimersByTime(30_000);
      await expect(client.error('accounts.sessions', undefined)).resolves.toMatchObject({
        code: 'NOT_SIGNED_IN',
      });
    });

    test('another role counts within 30 s', async () => {
      vi.useFakeTimers({ toFake: ['performance'] });
      const client = await signedIn(app, ada);
      await database.dataSource.manager.update(User, { email: ada.email }, { role: 'INTERVIEWER' });
      vi.advanceTimersByTime(30_000);
      await expect(client.error('people.list', {})).resolves.toMatchObject({ code: 'FORBIDDEN' });
    });

    test('attack: going on with an expired session', async () => {
      vi.useFakeTimers({ toFake: ['performance'] });
      const client = await signedIn(app, ada, true);
      await database.dataSource.query(`UPDATE sessions SET expires_at = now()`);
      await expect(startProcess().client().value('accounts.current', undefined)).resolves.toBeNull();
      vi.advanceTimersByTime(30_000);
      await expect(client.value('accounts.current', undefined)).resolves.toBeNull();
    });

    test('expired rows go when their person signs in again', async () => {
      await signedIn(app, ada);
      await database.dataSource.query(`UPDATE sessions SET expires_at = now()`);
      await signedIn(app, ada);
      await expect(rows()).resolves.toHaveLength(1);
    });
  });

  test.each([
    { remember: true, hours: 90 * 24 },
    { remember: false, hours: 12 },
  ])('lasts $hours hours from its last use, remembered: $remember', async ({ remember, hours }) => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const hoursLeft = async () => {
      const [row] = await database.dataSource.query<{ hours: number; recent: boolean }[]>(
        `SELECT extract(epoch FROM expires_at - last_used_at)::float / 3600 AS hours,
           last_used_at > now() - interval '1 minute' AS recent
         FROM sessions`,
      );
      return row;
    };
    const client = await signedIn(app, ada, remember);
    await expect(hoursLeft()).resolves.toEqual({ hours, recent: true });
    await database.dataSource.query(
      `UPDATE sessions SET last_used_at = now() - interval '6 minutes', expires_at = now() + interval '1 minute'`,
    );
    vi.advanceTimersByTime(30_000);
    await client.value('accounts.current', undefined);
    await expect(hoursLeft()).resolves.toEqual({ hours, recent: true });
  });
});
