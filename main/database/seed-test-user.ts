import type { DataSource } from 'typeorm';
import type { Role } from '../../shared/model/roles.ts';
import { createPasswords } from '../accounts/passwords.ts';
import { addPerson } from '../accounts/people.ts';
import { User } from './entities/index.ts';

/** Whom `npm run seed` makes, for development. */
export const testUser = {
  name: 'Test User',
  email: 'test@parley.example',
  password: 'parley-test-user',
} as const;

/**
 * Makes the test user, a candidate; the admin where nobody has an account yet, as the first person always is. Where the
 * test user is there already, nothing is changed.
 */
export async function seedTestUser(
  dataSource: DataSource,
): Promise<{ created: boolean; role: Role; passwordChanged: boolean }> {
  const passwords = createPasswords();
  const passwordHash = await passwords.hash(testUser.password);
  const { user, created } = await dataSource.transaction(async (manager) => {
    // As when the first person is created in the app: nobody comes between the look and the insert.
    await manager.query('LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE');
    const found = await manager.findOne(User, {
      select: { id: true, role: true, passwordHash: true },
      where: { email: testUser.email },
    });
    if (found) return { user: found, created: false };
    const role: Role = (await manager.exists(User)) ? 'CANDIDATE' : 'ADMIN';
    const { id } = await addPerson(manager, { ...testUser, passwordHash, role });
    return { user: { id, role, passwordHash }, created: true };
  });
  const passwordChanged = !created && !(await passwords.matches(testUser.password, user.passwordHash));
  return { created, role: user.role, passwordChanged };
}
