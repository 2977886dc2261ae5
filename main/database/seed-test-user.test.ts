import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { createPasswords } from '../accounts/passwords.ts';
import { User } from './entities/index.ts';
import { seedTestUser, testUser } from './seed-test-user.ts';

describe.each(testEngines)('the test user: %s', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
  });
  afterAll(() => database.close());

  test('is made once, the admin where nobody else is, and keeps a password that was changed', async () => {
    const { dataSource } = database;
    // Two at once, as from two machines on one server.
    const made = await Promise.all([seedTestUser(dataSource), seedTestUser(dataSource)]);
    expect(made.map(({ created }) => created).sort()).toEqual([false, true]);
    expect(made).toEqual(made.map(({ created }) => ({ created, role: 'ADMIN', passwordChanged: false })));

    const passwordHash = await createPasswords(4).hash('another password');
    await dataSource
      .getRepository(User)
      .update({ email: testUser.email }, { passwordHash, role: 'CANDIDATE' });
    expect(await seedTestUser(dataSource)).toEqual({
      created: false,
      role: 'CANDIDATE',
      passwordChanged: true,
    });
    expect(await dataSource.getRepository(User).count()).toBe(1);
  });
});
