import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { OperationFailure } from '../operations/operation-failure.ts';
import { readSignInLimits } from '../policies/sign-in-limits.ts';

/**
 * Counts an attempt for an address as a failure before the password is looked at, so that attempts in parallel cannot
 * overtake the count. The fifth in a row brings a wait of one second; every further one doubles it, up to a quarter
 * of an hour. A day without an attempt, and it is forgotten. An admin may have chosen other numbers (sign-in-limits.ts).
 *
 * It does not matter whether an account has the address.
 *
 * @param of what was tried, in words
 * @throws OperationFailure SLOW_DOWN with `retryAfterMs`; the attempt is not counted then
 */
export async function countAttempt(
  manager: EntityManager,
  address: string,
  of: 'passwords' | 'codes' = 'passwords',
): Promise<void> {
  const key = keyOf(address);
  const { freeFailures, longestWaitMinutes, forgetAfterHours } = await readSignInLimits(manager);
  await manager.query('DELETE FROM sign_in_throttles WHERE updated_at < now() - make_interval(hours => $1)', [
    forgetAfterHours,
  ]);
  // A wait that began under longer limits is no longer than those of now.
  await manager.query(
    `UPDATE sign_in_throttles SET blocked_until = updated_at + make_interval(mins => $2)
     WHERE email_hash = $1 AND blocked_until > updated_at + make_interval(mins => $2)`,
    [key, longestWaitMinutes],
  );
  const counted = await manager.query<unknown[]>(
    `INSERT INTO sign_in_throttles AS throttle (email_hash, failures) VALUES ($1, 1)
     ON CONFLICT (email_hash) DO UPDATE SET
       failures = throttle.failures + 1,
       blocked_until = CASE WHEN throttle.failures + 1 >= $2::int THEN
         clock_timestamp()
           + least($3::int, power(2, least(throttle.failures + 1 - $2::int, 30))) * interval '1 second'
       END,
       updated_at = now()
     WHERE throttle.blocked_until IS NULL OR throttle.blocked_until <= clock_timestamp()
     RETURNING failures`,
    [key, freeFailures, longestWaitMinutes * 60],
  );
  if (counted.length > 0) return;
  const [wait] = await manager.query<{ ms: number }[]>(
    `SELECT ceil(extract(epoch FROM blocked_until - clock_timestamp()) * 1000)::int AS ms
     FROM sign_in_throttles WHERE email_hash = $1`,
    [key],
  );
  const retryAfterMs = Math.max(wait?.ms ?? 0, 1);
  throw new OperationFailure(
    'SLOW_DOWN',
    `Too many wrong ${of}. Please wait ${inWords(retryAfterMs)}, then try again.`,
    { retryAfterMs },
  );
}

/** The password was right: the next wrong one is the first. */
export async function forgetAttempts(manager: EntityManager, address: string): Promise<void> {
  await manager.query('DELETE FROM sign_in_throttles WHERE email_hash = $1', [keyOf(address)]);
}

function keyOf(address: string): string {
  return createHash('sha256').update(address).digest('hex');
}

function inWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return seconds === 1 ? 'a second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
