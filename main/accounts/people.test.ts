import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PersonRow } from '../../shared/contract/accounts.ts';
import type { InputOf } from '../../shared/contract/index.ts';
import { startAccounts, type TestClient, type TestProcess } from '../../tests/fixtures/accounts.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';

const ada = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' };
const bob = { name: 'Bob', email: 'bob@example.com', password: 'wrong cow capacitor' };
const noId = '00000000-0000-4000-8000-000000000000';

describe.each(testEngines)('people on %s', (engine) => {
  let database: TestDatabase;
  let app: TestProcess;
  let admin: TestClient;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.dataSource.query('TRUNCATE users, settings, sign_in_throttles CASCADE');
    app = startAccounts({
      dataSource: database.dataSource,
      rememberedSession: join(database.paths.folder, 'session'),
    });
    admin = app.client();
    await admin.value('accounts.createFirst', { ...ada, remember: false });
  });
  afterEach(() => expect(app.defects).toEqual([]));

  async function everybody(search?: string): Promise<PersonRow[]> {
    const people: PersonRow[] = [];
    let after: string | undefined;
    do {
      const { rows, next } = await admin.value('people.list', { search, after });
      people.push(...rows);
      after = next ?? undefined;
    } while (after);
    return people;
  }

  test.each(['CANDIDATE', 'INTERVIEWER', 'ADMIN'] as const)(
    'an admin creates a %s, who can sign in',
    async (role) => {
      const person = await admin.value('people.create', { ...bob, email: 'Bob@Example.com', role });
      expect(person).toEqual({
        ...{ id: expect.any(String), email: bob.email, name: 'Bob', role, emailVerified: false },
        ...{ signIn: 'READY', invitedUntil: null, createdAt: expect.stringMatching(/^\d{4}-.*Z$/) },
      });
      const { email, password } = bob;
      await expect(
        app.client().value('accounts.signIn', { email, password, remember: false }),
      ).resolves.toMatchObject({ role });
      await expect(admin.value('accounts.current', undefined)).resolves.toMatchObject({ name: 'Ada' });
    },
  );

  test('an address belongs to one person, whatever its case', async () => {
    await expect(
      admin.error('people.create', { ...bob, email: 'ADA@Example.com', role: 'ADMIN' }),
    ).resolves.toMatchObject({ code: 'EMAIL_TAKEN' });
    await expect(everybody()).resolves.toHaveLength(1);
  });

  test('an admin marks an address as verified, and takes that back', async () => {
    const { id } = await admin.value('people.create', { ...bob, role: 'CANDIDATE' });
    await expect(admin.value('people.setEmailVerified', { id, verified: true })).resolves.toMatchObject({
      name: 'Bob',
      emailVerified: true,
    });
    await expect(admin.value('people.setEmailVerified', { id, verified: false })).resolves.toMatchObject({
      emailVerified: false,
    });
    await expect(admin.error('people.setEmailVerified', { id: noId, verified: true })).resolves.toMatchObject(
      { code: 'NOT_FOUND' },
    );
  });

  test('the list has everybody once, by name, page by page', async () => {
    await database.dataSource.query(
      `INSERT INTO users (id, email, password_hash, name, role)
       SELECT gen_random_uuid(), 'p' || n || '@example.com', '', CASE WHEN n % 3 = 0 THEN 'Same' ELSE 'p' || n END,
         'CANDIDATE'
       FROM generate_series(1, 149) AS n`,
    );
    const { rows, next } = await admin.value('people.list', {});
    expect([rows.length, next]).toEqual([50, expect.any(String)]);
    const people = await everybody();
    expect(people).toHaveLength(150);
    expect(new Set(people.map(({ id }) => id)).size).toBe(150);
    const keys = people.map(({ name, id }) => `${name.toLowerCase()} ${id}`);
    expect(keys).toEqual([...keys].sort());
  });

  test('the list is searched by a part of the name or address, as it is written', async () => {
    await admin.value('people.create', { ...bob, name: '100% Bob_', role: 'CANDIDATE' });
    const names = async (search: string) => (await everybody(search)).map(({ name }) => name);
    await expect(names('BOB')).resolves.toEqual(['100% Bob_']);
    await expect(names('da@ex')).resolves.toEqual(['Ada']);
    await expect(names('%')).resolves.toEqual(['100% Bob_']);
    await expect(names('_')).resolves.toEqual(['100% Bob_']);
    await expect(names("'")).resolves.toEqual([]);
    await expect(names('  ')).resolves.toHaveLength(2);
  });

  test('attack: a page that is none', async () => {
    await expect(admin.error('people.list', { after: "' OR true --" })).resolves.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await expect(admin.error('people.list', { after: noId })).resolves.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  /** What the audit log has, without what was there before the test. */
  const audited = async () =>
    (
      await database.dataSource.query<{ action: string; before: unknown; after: unknown }[]>(
        `SELECT action, subject_label, before, after FROM audit_entries
         WHERE actor_id IN (SELECT id FROM users) ORDER BY created_at, id`,
      )
    ).slice(1);
  const signIn = (client: TestClient, { email, password }: { email: string; password: string }) =>
    client.value('accounts.signIn', { email, password, remember: false });
  const newPassword = 'another horse battery';
  const codeInput = (code: string, email = bob.email) => ({
    email,
    code,
    password: newPassword,
    remember: false,
  });

  test('the list is narrowed by role and by who can sign in', async () => {
    await admin.value('people.create', { ...bob, role: 'INTERVIEWER' });
    const invited = await admin.value('people.invite', {
      name: 'Cyd',
      email: 'c@example.com',
      role: 'CANDIDATE',
    });
    const names = async (input: InputOf<'people.list'>) =>
      (await admin.value('people.list', input)).rows.map(({ name }) => name);
    await expect(names({ role: 'INTERVIEWER' })).resolves.toEqual(['Bob']);
    await expect(names({ signIn: 'INVITED' })).resolves.toEqual(['Cyd']);
    await expect(names({ signIn: 'READY', role: 'ADMIN' })).resolves.toEqual(['Ada']);
    await database.dataSource.query(
      `UPDATE users SET invitation_expires_at = now() - interval '1 s' WHERE id = $1`,
      [invited.person.id],
    );
    await expect(names({ signIn: 'NONE' })).resolves.toEqual(['Cyd']);
  });

  describe('a one-time code', () => {
    const invite = () => admin.value('people.invite', { name: 'Bob', email: bob.email, role: 'INTERVIEWER' });

    test('sets the first password, once, however it is typed', async () => {
      const { person, invitation } = await invite();
      expect(person).toMatchObject({ signIn: 'INVITED', invitedUntil: invitation.expiresAt });
      const days = (Date.parse(invitation.expiresAt) - Date.now()) / 86_400_000;
      expect(Math.round(days)).toBe(7);
      const client = app.client();
      const typed = ` ${invitation.code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}`;
      await expect(
        client.value('accounts.useCode', codeInput(typed, 'BOB@example.com')),
      ).resolves.toMatchObject({
        ...{ id: person.id, role: 'INTERVIEWER' },
      });
      await expect(client.value('accounts.current', undefined)).resolves.toMatchObject({ id: person.id });
      await signIn(app.client(), { email: bob.email, password: newPassword });
      const again = await app.client().error('accounts.useCode', codeInput(invitation.code));
      expect(again).toMatchObject({ code: 'WRONG_CREDENTIALS' });
      expect(await audited()).toMatchObject([
        { action: 'people.invite', after: { role: 'INTERVIEWER' } },
        { action: 'accounts.useCode', subject_label: 'Bob' },
      ]);
    });

    test('attack: two come with it at once', async () => {
      const { invitation } = await invite();
      const results = await Promise.all(
        [1, 2].map(() => app.client().call('accounts.useCode', codeInput(invitation.code))),
      );
      expect(results.map((result) => (result.ok ? 'ok' : result.error.code)).sort()).toEqual([
        'WRONG_CREDENTIALS',
        'ok',
      ]);
    });

    test('attack: telling from the answer or the work done who has an account or a code', async () => {
      const { person, invitation } = await invite();
      const expired = await admin.value('people.invite', {
        name: 'E',
        email: 'e@example.com',
        role: 'CANDIDATE',
      });
      await database.dataSource.query(
        `UPDATE users SET invitation_expires_at = now() - interval '1 s' WHERE id = $1`,
        [expired.person.id],
      );
      const attempts = {
        'wrong code': codeInput('7K2M-Q9XR-41TD-H0ZE'),
        'another’s code': codeInput(invitation.code, ada.email),
        'no account': codeInput(invitation.code, 'nobody@example.com'),
        'expired code': codeInput(expired.invitation.code, 'e@example.com'),
        'no code': codeInput(''),
        'no code, an account without one': codeInput('', ada.email),
      };
      const seen: unknown[] = [];
      for (const input of Object.values(attempts)) {
        app.computed.length = 0;
        const error = await app.client().error('accounts.useCode', input);
        seen.push({ error, work: app.computed.map(({ kind }) => kind) });
      }
      const same = { error: { code: 'WRONG_CREDENTIALS', message: expect.any(String) }, work: ['hash'] };
      expect(seen).toEqual(seen.map(() => same));
      expect(new Set(seen.map((each) => JSON.stringify(each))).size).toBe(1);
      await admin.value('people.setState', { id: person.id, state: 'DISABLED' });
      const disabled = await app.client().error('accounts.useCode', codeInput(invitation.code));
      expect(disabled).toMatchObject({ code: 'WRONG_CREDENTIALS' });
    });

    test('attack: trying codes; the waits are apart from those of passwords', async () => {
      const { invitation } = await invite();
      const codes: string[] = [];
      for (let times = 0; times < 6; times += 1) {
        codes.push((await app.client().error('accounts.useCode', codeInput('wrong'))).code);
      }
      expect(codes).toEqual([...Array(5).fill('WRONG_CREDENTIALS'), 'SLOW_DOWN']);
      const right = await app.client().error('accounts.useCode', codeInput(invitation.code));
      expect(right).toMatchObject({ code: 'SLOW_DOWN', message: expect.stringContaining('wrong codes') });
      const password = await app.client().error('accounts.signIn', { ...bob, remember: false });
      expect(password).toMatchObject({ code: 'WRONG_CREDENTIALS' });
    });

    test('resets a password: the old one stops working at once, and every session ends', async () => {
      const { id } = await admin.value('people.create', { ...bob, role: 'CANDIDATE' });
      const client = app.client();
      await signIn(client, bob);
      const { person, invitation } = await admin.value('people.resetPassword', { id });
      expect(person).toMatchObject({ signIn: 'INVITED' });
      await expect(client.error('accounts.sessions', undefined)).resolves.toMatchObject({
        code: 'NOT_SIGNED_IN',
      });
      expect(client.events).toContain('accounts.signedOut');
      const { email, password } = bob;
      const old = await app.client().error('accounts.signIn', { email, password, remember: false });
      expect(old).toMatchObject({ code: 'WRONG_CREDENTIALS' });
      const renewed = await admin.value('people.resetPassword', { id });
      const replaced = await app.client().error('accounts.useCode', codeInput(invitation.code));
      expect(replaced).toMatchObject({ code: 'WRONG_CREDENTIALS' });
      await app.client().value('accounts.useCode', codeInput(renewed.invitation.code));
    });

    test('is in no log and no audit entry', async () => {
      const { invitation } = await invite();
      await app.client().value('accounts.useCode', codeInput(invitation.code));
      const kept = JSON.stringify([
        app.logged,
        await database.dataSource.query('SELECT * FROM audit_entries'),
      ]);
      expect(kept).not.toContain(invitation.code);
      expect(kept).not.toMatch(/\$2b|horse|example\.com/);
    });
  });

  describe('roles and accounts', () => {
    test('a new role counts at once, and is told to those who have it', async () => {
      const { id } = await admin.value('people.create', { ...bob, role: 'CANDIDATE' });
      const client = app.client();
      await signIn(client, bob);
      expect((await client.error('people.list', {})).code).toBe('FORBIDDEN');
      await admin.value('people.changeRole', { id, from: 'CANDIDATE', to: 'ADMIN' });
      await client.value('people.list', {});
      expect(client.events).toContain('app.statusChanged');
      await admin.value('people.changeRole', { id, from: 'ADMIN', to: 'INTERVIEWER' });
      expect((await client.error('people.list', {})).code).toBe('FORBIDDEN');
      expect((await audited()).slice(1)).toMatchObject([
        { action: 'people.changeRole', before: { role: 'CANDIDATE' }, after: { role: 'ADMIN' } },
        { action: 'people.changeRole', before: { role: 'ADMIN' }, after: { role: 'INTERVIEWER' } },
      ]);
    });

    test('a role that somebody else has changed meanwhile is not overwritten', async () => {
      const { id } = await admin.value('people.create', { ...bob, role: 'CANDIDATE' });
      await admin.value('people.changeRole', { id, from: 'CANDIDATE', to: 'INTERVIEWER' });
      await expect(
        admin.error('people.changeRole', { id, from: 'CANDIDATE', to: 'ADMIN' }),
      ).resolves.toMatchObject({ code: 'CONFLICT', details: { current: { role: 'INTERVIEWER' } } });
    });

    test('a disabled account ends its sessions and cannot be signed in to until it is enabled', async () => {
      const { id } = await admin.value('people.create', { ...bob, role: 'INTERVIEWER' });
      const client = app.client();
      await signIn(client, bob);
      await expect(admin.value('people.setState', { id, state: 'DISABLED' })).resolves.toMatchObject({
        signIn: 'DISABLED',
      });
      await expect(client.error('accounts.sessions', undefined)).resolves.toMatchObject({
        code: 'NOT_SIGNED_IN',
      });
      expect(client.events).toContain('accounts.signedOut');
      await expect(
        database.dataSource.query('SELECT * FROM sessions WHERE user_id = $1', [id]),
      ).resolves.toEqual([]);
      const { email, password } = bob;
      const credentials = { email, password, remember: false };
      expect((await client.error('accounts.signIn', credentials)).code).toBe('WRONG_CREDENTIALS');
      expect((await admin.error('people.resetPassword', { id })).code).toBe('CONFLICT');
      await admin.value('people.setState', { id, state: 'ACTIVE' });
      await signIn(client, bob);
    });

    test('nobody disables themselves or resets their own password', async () => {
      const { id } = await admin.value('people.create', { ...bob, role: 'ADMIN' });
      const client = app.client();
      await signIn(client, bob);
      expect((await client.error('people.setState', { id, state: 'DISABLED' })).code).toBe('CONFLICT');
      expect((await client.error('people.resetPassword', { id })).code).toBe('CONFLICT');
      await client.value('accounts.current', undefined);
    });

    test('the last admin who can sign in stays one', async () => {
      const me = await admin.value('accounts.current', undefined);
      const id = me?.id ?? '';
      const demote = { id, from: 'ADMIN', to: 'INTERVIEWER' } as const;
      await admin.value('people.invite', { name: 'C', email: 'c@example.com', role: 'ADMIN' });
      const gone = await admin.value('people.create', { ...bob, role: 'ADMIN' });
      await admin.value('people.setState', { id: gone.id, state: 'DISABLED' });
      const error = await admin.error('people.changeRole', demote);
      expect(error).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('only admin') });
      await admin.value('people.setState', { id: gone.id, state: 'ACTIVE' });
      await admin.value('people.changeRole', demote);
      expect((await admin.error('people.list', {})).code).toBe('FORBIDDEN');
    });

    test('attack: admins who remove each other at once, on several machines', async () => {
      const machines = [1, 2, 3].map(() =>
        startAccounts({
          dataSource: database.dataSource,
          rememberedSession: join(database.paths.folder, 'session'),
        }),
      );
      const first = await admin.value('accounts.current', undefined);
      const admins = [{ client: admin, id: first?.id ?? '' }];
      for (const [index, machine] of machines.entries()) {
        const email = `admin${index}@example.com`;
        const { id } = await admin.value('people.create', { ...bob, email, role: 'ADMIN' });
        const client = machine.client();
        await signIn(client, { ...bob, email });
        admins.push({ client, id });
      }
      const others = (index: number) => admins[(index + 1) % admins.length]?.id ?? '';
      const acts = admins.map(({ client }, index) => {
        const id = others(index);
        if (index % 3 === 0) return client.call('people.changeRole', { id, from: 'ADMIN', to: 'CANDIDATE' });
        if (index % 3 === 1) return client.call('people.setState', { id, state: 'DISABLED' });
        return client.call('people.resetPassword', { id });
      });
      await Promise.all(acts);
      const [left] = await database.dataSource.query<{ count: number }[]>(
        `SELECT count(*)::int FROM users
         WHERE role = 'ADMIN' AND state = 'ACTIVE' AND password_hash IS NOT NULL`,
      );
      expect(left?.count).toBeGreaterThan(0);
    });

    test('attack: an admin who was demoted on another machine acts before that machine notices', async () => {
      const { id } = await admin.value('people.create', { ...bob, role: 'ADMIN' });
      const elsewhere = startAccounts({
        dataSource: database.dataSource,
        rememberedSession: join(database.paths.folder, 'session'),
      }).client();
      await signIn(elsewhere, bob);
      await admin.value('people.changeRole', { id, from: 'ADMIN', to: 'CANDIDATE' });
      for (const act of [
        elsewhere.error('people.changeRole', { id, from: 'CANDIDATE', to: 'ADMIN' }),
        elsewhere.error('people.invite', { name: 'C', email: 'c@example.com', role: 'ADMIN' }),
        elsewhere.error('people.setSelfRegistration', { allowed: false }),
      ]) {
        expect((await act).code).toBe('FORBIDDEN');
      }
      await expect(everybody()).resolves.toHaveLength(2);
    });

    test('nobody who is not there is changed', async () => {
      for (const error of [
        await admin.error('people.changeRole', { id: noId, from: 'ADMIN', to: 'CANDIDATE' }),
        await admin.error('people.setState', { id: noId, state: 'DISABLED' }),
        await admin.error('people.resetPassword', { id: noId }),
      ]) {
        expect(error.code).toBe('NOT_FOUND');
      }
      expect(await audited()).toEqual([]);
    });
  });
});
