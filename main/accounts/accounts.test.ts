import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startAccounts, type TestProcess } from '../../tests/fixtures/accounts.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { User } from '../database/entities/index.ts';

const ada = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery', remember: false };
const bob = { name: 'Bob', email: 'bob@example.com', password: 'wrong cow capacitor', remember: false };
const credentials = ({ email, password }: typeof ada) => ({ email, password, remember: false });

describe.each(testEngines)('accounts on %s', (engine) => {
  let database: TestDatabase;
  let app: TestProcess;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.dataSource.query('TRUNCATE users, settings, sign_in_throttles CASCADE');
    app = startProcess();
  });
  afterEach(() => expect(app.defects).toEqual([]));

  function startProcess(parts: Partial<Parameters<typeof startAccounts>[0]> = {}): TestProcess {
    const rememberedSession = join(database.paths.folder, 'session');
    return startAccounts({ dataSource: database.dataSource, rememberedSession, ...parts });
  }

  async function admin() {
    const client = app.client();
    await client.value('accounts.createFirst', ada);
    return client;
  }

  const countPeople = () => database.dataSource.manager.count(User);
  const disable = (email: string) =>
    database.dataSource.manager.update(User, { email }, { state: 'DISABLED' });

  describe('the first person', () => {
    test('becomes the admin and is signed in', async () => {
      await expect(app.accounts.firstPersonNeeded()).resolves.toBe(true);
      const client = app.client();
      const person = await client.value('accounts.createFirst', { ...ada, email: ' Ada@Example.com ' });
      expect(person).toEqual({
        ...{ id: expect.any(String), email: 'ada@example.com', name: 'Ada', role: 'ADMIN' },
        emailVerified: false,
      });
      await expect(client.value('accounts.current', undefined)).resolves.toEqual(person);
      expect(app.accounts.personIdAt(client.identity)).toBe(person.id);
      await expect(app.accounts.firstPersonNeeded()).resolves.toBe(false);
      expect(client.events).toContain('app.statusChanged');
    });

    test('cannot be created a second time', async () => {
      await admin();
      await expect(app.client().error('accounts.createFirst', bob)).resolves.toMatchObject({
        code: 'CONFLICT',
      });
      await expect(countPeople()).resolves.toBe(1);
    });

    test('attack: two first persons at once, in two processes', async () => {
      const processes = [app, startProcess()];
      const results = await Promise.all(
        Array.from({ length: 6 }, (_, index) =>
          processes[index % 2]
            ?.client()
            .call('accounts.createFirst', { ...ada, email: `first${index}@example.com` }),
        ),
      );
      expect(results.filter((result) => result?.ok)).toHaveLength(1);
      const refused = results.flatMap((result) => (result && !result.ok ? [result.error.code] : []));
      expect(refused).toEqual(Array(5).fill('CONFLICT'));
      await expect(countPeople()).resolves.toBe(1);
    });
  });

  describe('registering oneself', () => {
    test('makes a candidate, signed in', async () => {
      await admin();
      const client = app.client();
      await expect(client.value('accounts.register', bob)).resolves.toMatchObject({ role: 'CANDIDATE' });
      await expect(client.value('accounts.current', undefined)).resolves.toMatchObject({ name: 'Bob' });
    });

    test('attack: naming a role of one’s own', async () => {
      await admin();
      const input = { ...bob, role: 'ADMIN', state: 'ACTIVE', emailVerified: true };
      await expect(app.client().value('accounts.register', input)).resolves.toMatchObject({
        role: 'CANDIDATE',
        emailVerified: false,
      });
    });

    test('is refused while there is no admin, so that there will be one', async () => {
      await expect(app.client().error('accounts.register', bob)).resolves.toMatchObject({ code: 'CONFLICT' });
      await expect(countPeople()).resolves.toBe(0);
    });

    test('is refused where an admin has closed it', async () => {
      const client = await admin();
      await expect(app.accounts.selfRegistration()).resolves.toBe(true);
      await client.value('people.setSelfRegistration', { allowed: false });
      await expect(app.accounts.selfRegistration()).resolves.toBe(false);
      await expect(app.client().error('accounts.register', bob)).resolves.toMatchObject({
        code: 'FORBIDDEN',
      });
      await expect(countPeople()).resolves.toBe(1);
      await client.value('people.setSelfRegistration', { allowed: true });
      await app.client().value('accounts.register', bob);
      expect(client.events.filter((name) => name === 'app.statusChanged')).toHaveLength(3);
    });

    test('needs an address that nobody has, whatever its case', async () => {
      await admin();
      const again = { ...bob, email: 'ADA@EXAMPLE.COM' };
      await expect(app.client().error('accounts.register', again)).resolves.toMatchObject({
        code: 'EMAIL_TAKEN',
      });
      await expect(countPeople()).resolves.toBe(1);
    });

    test('attack: one address twice at once', async () => {
      await admin();
      const results = await Promise.all(
        [bob, { ...bob, email: 'BOB@example.com' }].map((input) =>
          app.client().call('accounts.register', input),
        ),
      );
      expect(results.map((result) => (result.ok ? 'ok' : result.error.code)).sort()).toEqual([
        'EMAIL_TAKEN',
        'ok',
      ]);
    });
  });

  describe('signing in', () => {
    test('works with the address in any case', async () => {
      await admin();
      const client = app.client();
      const input = { ...credentials(ada), email: ' ADA@example.COM' };
      await expect(client.value('accounts.signIn', input)).resolves.toMatchObject({ name: 'Ada' });
      await expect(app.accounts.personOf(client.identity)).resolves.toMatchObject({ role: 'ADMIN' });
    });

    test('attack: telling from the answer or the work done who has an account', async () => {
      const client = await admin();
      await client.value('people.create', { ...bob, role: 'INTERVIEWER' });
      await disable(bob.email);
      const attempts = {
        'wrong password': { ...credentials(ada), password: 'wrong horse battery' },
        'no account': { ...credentials(ada), email: 'nobody@example.com' },
        'disabled account': credentials(bob),
        'disabled account, wrong password': { ...credentials(bob), password: 'wrong horse battery' },
        '73 bytes': { ...credentials(ada), password: 'x'.repeat(73) },
        'no address': { ...credentials(ada), email: '' },
      };
      const seen: { error: { code: string }; work: unknown[] }[] = [];
      for (const input of Object.values(attempts)) {
        app.computed.length = 0;
        const error = await app.client().error('accounts.signIn', input);
        const work = app.computed.map((task) => [
          task.kind,
          task.kind === 'compare' && task.hash.slice(0, 7),
        ]);
        seen.push({ error, work });
      }
      expect(seen[0]).toEqual({
        error: { code: 'WRONG_CREDENTIALS', message: expect.any(String) },
        work: [['compare', '$2b$04$']],
      });
      expect(seen).toEqual(seen.map(() => seen[0]));
    });

    test('attack: a session by the old password, made while it is being changed', async () => {
      await admin();
      const racing = startProcess({
        wrapPasswords: (passwords) => ({
          ...passwords,
          async matches(password, hash) {
            const right = await passwords.matches(password, hash);
            const passwordHash = await passwords.hash('a new horse battery');
            await database.dataSource.manager.update(User, { email: ada.email }, { passwordHash });
            return right;
          },
        }),
      });
      const client = racing.client();
      await expect(client.error('accounts.signIn', credentials(ada))).resolves.toMatchObject({
        code: 'WRONG_CREDENTIALS',
      });
      await expect(client.value('accounts.current', undefined)).resolves.toBeNull();
    });

    test('works while migrations wait, with the columns of the first schema only', async () => {
      const older = await openTestDatabase(engine);
      const process = startAccounts({
        dataSource: older.dataSource,
        rememberedSession: join(older.paths.folder, 'session'),
      });
      await process.client().value('accounts.createFirst', { ...ada, remember: true });
      await older.dataSource.query('ALTER TABLE users DROP created_at, DROP updated_at');
      await older.dataSource.query('ALTER TABLE sessions DROP created_at');
      const client = process.client();
      await expect(client.value('accounts.current', undefined)).resolves.toMatchObject({ name: 'Ada' });
      await expect(client.value('accounts.signIn', credentials(ada))).resolves.toMatchObject({ name: 'Ada' });
      await older.close();
    });
  });

  test('a new name is kept, and seen', async () => {
    const client = await admin();
    await expect(client.value('accounts.rename', { name: ' Ada L. ' })).resolves.toMatchObject({
      name: 'Ada L.',
    });
    await expect(client.value('accounts.current', undefined)).resolves.toMatchObject({ name: 'Ada L.' });
  });

  describe('changing the password', () => {
    const next = 'another horse battery';

    test('needs the current one', async () => {
      const client = await admin();
      await expect(
        client.error('accounts.changePassword', { current: 'wrong horse battery', next }),
      ).resolves.toMatchObject({ code: 'WRONG_CREDENTIALS' });
      await app.client().value('accounts.signIn', credentials(ada));
    });

    test('makes the old one worthless and ends every other session', async () => {
      const client = await admin();
      const elsewhere = app.client();
      await elsewhere.value('accounts.signIn', credentials(ada));
      await client.value('accounts.changePassword', { current: ada.password, next });

      await expect(elsewhere.error('accounts.sessions', undefined)).resolves.toMatchObject({
        code: 'NOT_SIGNED_IN',
      });
      expect(elsewhere.events).toContain('accounts.signedOut');
      expect(client.events).not.toContain('accounts.signedOut');
      await expect(client.value('accounts.sessions', undefined)).resolves.toHaveLength(1);
      await expect(app.client().error('accounts.signIn', credentials(ada))).resolves.toMatchObject({
        code: 'WRONG_CREDENTIALS',
      });
      await app.client().value('accounts.signIn', { ...credentials(ada), password: next });
    });

    test('attack: a new password of 73 bytes', async () => {
      const client = await admin();
      await expect(
        client.error('accounts.changePassword', { current: ada.password, next: 'x'.repeat(73) }),
      ).resolves.toMatchObject({ code: 'INVALID_INPUT' });
      await app.client().value('accounts.signIn', credentials(ada));
    });
  });

  test('the log names nobody and holds no secret', async () => {
    const client = await admin();
    await client.value('people.create', { ...bob, role: 'INTERVIEWER' });
    await app.client().error('accounts.signIn', { ...credentials(ada), password: 'wrong horse battery' });
    await client.value('accounts.changePassword', { current: ada.password, next: 'another horse battery' });
    await client.value('accounts.signOut', undefined);
    const log = app.logged.join('');
    expect(log).toContain('wrong sign-in');
    expect(log).not.toMatch(/@|horse|cow|Ada|Bob|\$2b|[0-9a-f]{64}/);
  });
});
