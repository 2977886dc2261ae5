import type { EntityManager } from 'typeorm';
import type { SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

/** The ids of the admins who can sign in. */
export type AdminsHeld = readonly string[];

/**
 * Holds every admin until the transaction ends, in one order: two who would remove each other, here or on two machines,
 * come one after the other, and the second finds themselves no admin any more.
 *
 * @throws OperationFailure FORBIDDEN for somebody who is none; their session may not know it yet
 */
export async function holdAdmins(manager: EntityManager, admin: SignedInPerson): Promise<AdminsHeld> {
  const held = await manager.query<{ id: string }[]>(
    `SELECT id FROM users WHERE role = 'ADMIN' AND state = 'ACTIVE' AND password_hash IS NOT NULL
     ORDER BY id FOR NO KEY UPDATE`,
  );
  const ids = held.map(({ id }) => id);
  if (!ids.includes(admin.id)) {
    throw new OperationFailure('FORBIDDEN', 'You are not an admin any more, so this was not done.');
  }
  return ids;
}

/** @throws OperationFailure CONFLICT */
export function requireAnother(admins: AdminsHeld, { id, name }: { id: string; name: string }): void {
  if (admins.some((admin) => admin !== id)) return;
  throw new OperationFailure(
    'CONFLICT',
    `${name} is the only admin who can sign in. Make somebody else an admin first.`,
  );
}
