import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PersonRow } from '../../shared/contract/accounts.ts';
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
        ...{ state: 'ACTIVE', createdAt: expect.stringMatching(/^\d{4}-.*Z$/) },
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
    expect([rows.length, next]).toEqual([50, rows.at(-1)?.id]);
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
    await expect(admin.value('people.list', { after: noId })).resolves.toEqual({ rows: [], next: null });
  });
});
