import type { EntityManager } from 'typeorm';
import { User } from '../database/entities/index.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import type { Passwords } from './passwords.ts';
import { countAttempt, forgetAttempts } from './sign-in-throttle.ts';

/** An account whose password was given, and the hash that it had then. */
export interface ProvenAccount {
  readonly id: string;
  readonly passwordHash: string;
}

/**
 * The account that an address and a password belong to. The same queries and one computation of the hash for every
 * outcome: neither the time nor the answer tells whether there is an account, or that it is disabled.
 *
 * @returns null when they belong to none, or to a disabled one
 * @throws OperationFailure SLOW_DOWN
 */
export async function proveAccount(
  manager: EntityManager,
  passwords: Passwords,
  { address, password }: { address: string; password: string },
): Promise<ProvenAccount | null> {
  await countAttempt(manager, address);
  const account = await manager
    .createQueryBuilder(User, 'person')
    .select(['person.id', 'person.passwordHash', 'person.state'])
    .where('lower(person.email) = :address', { address })
    .getOne();
  const right = await passwords.matches(password, account?.passwordHash ?? null);
  // Somebody who was invited has no password yet.
  if (!account?.passwordHash || !right || account.state !== 'ACTIVE') return null;
  await forgetAttempts(manager, address);
  return { id: account.id, passwordHash: account.passwordHash };
}

/**
 * Holds a proven account until the transaction ends: still active, still with that password. A password that is
 * changed meanwhile either waits, or has been changed and the proof is worth nothing.
 *
 * @throws OperationFailure WRONG_CREDENTIALS
 */
export async function holdAccount(
  manager: EntityManager,
  { id, passwordHash }: ProvenAccount,
): Promise<void> {
  const held = await manager.query<unknown[]>(
    `SELECT id FROM users WHERE id = $1 AND password_hash = $2 AND state = 'ACTIVE' FOR UPDATE`,
    [id, passwordHash],
  );
  if (held.length === 0) throw wrongCredentials();
}

export function wrongCredentials(): OperationFailure {
  return new OperationFailure('WRONG_CREDENTIALS', 'Email or password is wrong. Please check both.');
}
