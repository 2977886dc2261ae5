import type { EntityManager } from 'typeorm';
import { signInLimits } from '../../shared/contract/policies.ts';
import { type SignInLimits, usualSignInLimits } from '../../shared/model/policies.ts';
import { readPolicy, type Versioned } from './stored-policy.ts';

export const signInLimitsKey = 'policies.signIn';

/** Read each time: a change holds at once, on every machine. */
export function readSignInLimits(manager: EntityManager): Promise<Versioned<SignInLimits>> {
  return readPolicy(manager, signInLimitsKey, signInLimits, usualSignInLimits);
}

/**
 * SQL over a row of `sessions`: when it ends by the limits. Without use, and in all; the time when it was made is asked for
 * only where that counts, so that signing in works while migrations wait.
 */
export function expiry({ rememberedDays, otherHours, longestDays }: SignInLimits): string {
  const unused = `sessions.last_used_at + CASE WHEN sessions.remembered
    THEN make_interval(days => ${rememberedDays}) ELSE make_interval(hours => ${otherHours}) END`;
  if (longestDays === null) return unused;
  return `least(${unused}, sessions.created_at + make_interval(days => ${longestDays}))`;
}

/**
 * Gives every session the end that the limits of now give it, and removes those that have ended by that.
 *
 * @returns how many
 */
export async function applyToSessions(manager: EntityManager, limits: SignInLimits): Promise<number> {
  // Those that had ended before do not come back.
  const [row] = await manager.query<{ ended: number }[]>(
    `WITH alive AS (
       SELECT id, ${expiry(limits)} AS until FROM sessions WHERE expires_at > now()
     ), ended AS (
       DELETE FROM sessions USING alive WHERE alive.id = sessions.id AND alive.until <= now()
       RETURNING sessions.id
     ) SELECT count(*)::int AS ended FROM ended`,
  );
  await manager.query(`UPDATE sessions SET expires_at = ${expiry(limits)} WHERE expires_at > now()`);
  return row?.ended ?? 0;
}
