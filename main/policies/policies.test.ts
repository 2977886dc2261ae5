import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { usualPasswordRules, usualSignInLimits } from '../../shared/model/policies.ts';
import { startAccounts, type TestClient, type TestProcess } from '../../tests/fixtures/accounts.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';

const ada = { name: 'Ada Lovelace', email: 'ada@example.com', password: 'correct horse battery' };
const bob = { name: 'Robert', email: 'bob@example.com', password: 'wrong cow capacitor' };
const signIn = ({ email, password }: typeof ada, remember = false) => ({ email, password, remember });

describe.each(testEngines)('policies on %s', (engine) => {
  let database: TestDatabase;
  let app: TestProcess;
  let admin: TestClient;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await query('TRUNCATE users, settings, sign_in_throttles CASCADE');
    app = start();
    admin = app.client();
    await admin.value('accounts.createFirst', { ...ada, remember: false });
  });
  afterEach(() => expect(app.defects).toEqual([]));

  const start = (file = 'session') =>
    startAccounts({ dataSource: database.dataSource, rememberedSession: join(database.paths.folder, file) });
  const query = <T = Record<string, unknown>>(sql: string, parameters?: unknown[]) =>
    database.dataSource.query<T[]>(sql, parameters);
  const audited = () =>
    query(`SELECT action, before, after FROM audit_entries WHERE action LIKE 'policies.%' ORDER BY id`);

  describe('password rules', () => {
    const stricter = { ...usualPasswordRules, minCharacters: 16 };

    test('hold wherever a password is set from then on, and passwords from before go on working', async () => {
      await admin.value('people.create', { ...bob, password: 'ten letter', role: 'CANDIDATE' });
      expect(await app.client().value('policies.passwordRules', undefined)).toEqual(usualPasswordRules);
      await admin.value('policies.setPasswords', { seen: 0, ...stricter });
      expect(await app.client().value('policies.passwordRules', undefined)).toEqual(stricter);

      const bobs = app.client();
      await bobs.value('accounts.signIn', signIn({ ...bob, password: 'ten letter' }));
      const short = 'fifteen letters';
      const eve = { name: 'Eve', email: 'eve@example.com', password: short };
      const refused = { code: 'INVALID_INPUT', message: 'At least 16 characters.' };
      expect(await app.client().error('accounts.register', { ...eve, remember: false })).toMatchObject(
        refused,
      );
      expect(await admin.error('people.create', { ...eve, role: 'CANDIDATE' })).toMatchObject(refused);
      expect(
        await bobs.error('accounts.changePassword', { current: 'ten letter', next: short }),
      ).toMatchObject({
        ...refused,
        details: { fields: { next: 'At least 16 characters.' } },
      });
      const { invitation } = await admin.value('people.invite', { ...eve, role: 'CANDIDATE' });
      const code = { email: eve.email, code: invitation.code, remember: false };
      expect(await app.client().error('accounts.useCode', { ...code, password: short })).toMatchObject(
        refused,
      );
      // The code is as good as before.
      await app.client().value('accounts.useCode', { ...code, password: 'sixteen letters!' });
      await bobs.value('accounts.changePassword', { current: 'ten letter', next: 'sixteen letters!' });
    });

    test('the first person meets them too', async () => {
      await query('TRUNCATE users CASCADE');
      const lovelace = { ...ada, password: 'lovelace forever', remember: false };
      expect(await app.client().error('accounts.createFirst', lovelace)).toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringContaining('Your name'),
      });
    });

    test('one’s own name is refused with a code and in a change, and a wrong code tells nothing of it', async () => {
      const { invitation } = await admin.value('people.invite', { ...bob, role: 'CANDIDATE' });
      const use = (code: string, password: string) =>
        app.client().error('accounts.useCode', { email: bob.email, code, password, remember: false });
      expect(await use('0000', 'robert rules it')).toMatchObject({ code: 'WRONG_CREDENTIALS' });
      expect(await use(invitation.code, 'robert rules it')).toMatchObject({ code: 'INVALID_INPUT' });
      expect(
        await admin.error('accounts.changePassword', { current: ada.password, next: 'lovelace forever' }),
      ).toMatchObject({ code: 'INVALID_INPUT' });
    });

    test.each([{ minCharacters: 9 }, { minCharacters: 65 }, { minCharacters: 12.5 }])(
      '%o is no choice',
      async (rules) => {
        expect(
          await admin.error('policies.setPasswords', { seen: 0, ...usualPasswordRules, ...rules }),
        ).toMatchObject({ code: 'INVALID_INPUT' });
      },
    );

    test('of two admins who change them at once the second is told what is there now', async () => {
      await admin.value('policies.setPasswords', { seen: 0, ...stricter });
      expect(await admin.error('policies.setPasswords', { seen: 0, ...usualPasswordRules })).toMatchObject({
        code: 'CONFLICT',
        details: { current: { ...stricter, version: 1 } },
      });
      await admin.value('policies.setPasswords', { seen: 1, ...usualPasswordRules });
      expect((await audited()).slice(-2)).toEqual([
        {
          action: 'policies.setPasswords',
          before: { ...usualPasswordRules, version: 0 },
          after: { ...stricter, version: 1 },
        },
        {
          action: 'policies.setPasswords',
          before: { ...stricter, version: 1 },
          after: { ...usualPasswordRules, version: 2 },
        },
      ]);
    });
  });

  describe('sign-in limits', () => {
    const set = (changes: Partial<typeof usualSignInLimits>, seen = 0) =>
      admin.value('policies.setSignIn', { seen, ...usualSignInLimits, ...changes });
    const attempt = async (password: string) => {
      const result = await app.client().call('accounts.signIn', signIn({ ...ada, password }));
      return result.ok ? 'ok' : result.error.code;
    };

    test('attempts that are free, and the longest wait, hold from the next attempt on', async () => {
      await set({ freeFailures: 3, longestWaitMinutes: 1 });
      for (let times = 0; times < 3; times += 1) expect(await attempt('wrong one')).toBe('WRONG_CREDENTIALS');
      expect(await attempt(ada.password)).toBe('SLOW_DOWN');
      // A wait of before is no longer than the limits of now.
      await query(
        `UPDATE sign_in_throttles SET updated_at = now() - interval '2 minutes', blocked_until = now() + interval '1 hour'`,
      );
      expect(await attempt(ada.password)).toBe('ok');
    });

    test('a session that is open ends when it has lasted too long by the new limits; others get a new end', async () => {
      await admin.value('people.create', { ...bob, role: 'CANDIDATE' });
      const old = app.client();
      await old.value('accounts.signIn', signIn(bob));
      await query(`UPDATE sessions SET created_at = now() - interval '3 days' WHERE user_id <>
        (SELECT id FROM users WHERE role = 'ADMIN')`);
      const changed = await set({ longestDays: 2, otherHours: 4 });
      expect(changed).toMatchObject({ version: 1, ended: 1 });
      // At once, though nobody has asked anything of it since.
      expect(old.events).toContain('accounts.signedOut');
      expect(await old.error('accounts.sessions', undefined)).toMatchObject({ code: 'NOT_SIGNED_IN' });
      expect(
        await query(
          `SELECT round(extract(epoch FROM expires_at - last_used_at) / 3600)::int AS hours FROM sessions`,
        ),
      ).toEqual([{ hours: 4 }]);
      expect((await audited()).at(-1)).toMatchObject({
        before: { longestDays: null, otherHours: 12 },
        after: { longestDays: 2, otherHours: 4, ended: 1 },
      });
    });

    test('use makes a session last, but not longer than in all', async () => {
      await set({ longestDays: 10 });
      const machine = app.client();
      await machine.value('accounts.signIn', signIn(ada, true));
      await query(
        `UPDATE sessions SET created_at = now() - interval '9 days', last_used_at = now() - interval '1 hour' WHERE remembered`,
      );
      const again = start();
      await again.client().value('accounts.current', undefined);
      const [row] = await query<{ hours: number }>(
        `SELECT round(extract(epoch FROM expires_at - now()) / 3600)::int AS hours FROM sessions WHERE remembered`,
      );
      expect(row?.hours).toBe(24);
    });

    test.each([
      { freeFailures: 2 },
      { longestWaitMinutes: 61 },
      { forgetAfterHours: 73 },
      { otherHours: 3 },
      { longestDays: 0 },
    ])('%o would lock people out, and is no choice', async (changes) => {
      expect(
        await admin.error('policies.setSignIn', { seen: 0, ...usualSignInLimits, ...changes }),
      ).toMatchObject({ code: 'INVALID_INPUT' });
    });

    test('of two admins who change them at once the second is told', async () => {
      await set({ otherHours: 8 });
      expect(await admin.error('policies.setSignIn', { seen: 0, ...usualSignInLimits })).toMatchObject({
        code: 'CONFLICT',
        details: { current: { otherHours: 8, version: 1 } },
      });
    });
  });

  test('a value of a later Parley, or a broken one, counts as not chosen', async () => {
    await query(
      `INSERT INTO settings (key, value) VALUES ('policies.passwords', '{"minCharacters": 1, "version": 7}')`,
    );
    expect((await admin.value('policies.get', undefined)).passwords).toEqual({
      ...usualPasswordRules,
      version: 7,
    });
  });
});
