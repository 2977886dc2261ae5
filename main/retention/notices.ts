import type { EntityManager } from 'typeorm';
import type { OutputOf } from '../../shared/contract/index.ts';
import type { RetentionWhat } from '../../shared/model/retention.ts';
import { mayHear } from '../database/interview-access.ts';
import { notFound } from '../interviews/own-interview.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { matching } from './matching.ts';

/**
 * Makes what is announced agree with the rules: what has become old enough is announced from now on, what no rule is about
 * any more is not. A date that was announced is put off by a longer grace period, and never brought forward.
 *
 * @param interviewId of this one only
 * @returns how many announcements there are that were not before
 */
export async function announce(manager: EntityManager, interviewId: string | null = null): Promise<number> {
  const among = interviewId === null ? '$1::uuid IS NULL' : 'interviews.id = $1';
  await manager.query(
    `DELETE FROM retention_notices AS notices
     WHERE ($1::uuid IS NULL OR notices.interview_id = $1) AND NOT EXISTS (
       SELECT FROM ${matching(among)} AS matching
       WHERE matching.interview_id = notices.interview_id AND matching.what = notices.what
     )`,
    [interviewId],
  );
  const announced = await manager.query<{ isNew: boolean }[]>(
    `INSERT INTO retention_notices AS notices (interview_id, what, announced_at, due_at)
     SELECT interview_id, what, now(), now() + make_interval(days => grace) FROM ${matching(among)} AS matching
     ON CONFLICT (interview_id, what) DO UPDATE SET
       due_at = notices.announced_at + (EXCLUDED.due_at - EXCLUDED.announced_at), updated_at = now()
     WHERE notices.due_at < notices.announced_at + (EXCLUDED.due_at - EXCLUDED.announced_at)
     RETURNING announced_at = now() AS "isNew"`,
    [interviewId],
  );
  return announced.filter(({ isNew }) => isNew).length;
}

/** What is due by now, the longest due first. Whether it still goes is looked at again when it does. */
export async function readDue(manager: EntityManager): Promise<string[]> {
  const rows = await manager.query<{ id: string }[]>(
    `SELECT interview_id AS id FROM retention_notices WHERE due_at <= now()
     GROUP BY interview_id ORDER BY min(due_at), interview_id`,
  );
  return rows.map(({ id }) => id);
}

/**
 * What is announced of one interview, to those who may hear it.
 *
 * @throws OperationFailure NOT_FOUND, for somebody else's as well
 */
export async function noticesOf(
  manager: EntityManager,
  person: SignedInPerson,
  id: string,
): Promise<OutputOf<'retention.ofInterview'>> {
  const access = person.role === 'ADMIN' ? '$2::uuid IS NOT NULL' : mayHear('$2');
  const [row] = await manager.query<{ kept: boolean; notices: { what: RetentionWhat; goesAt: string }[] }[]>(
    `SELECT EXISTS (SELECT FROM retention_holds WHERE interview_id = interviews.id) AS kept,
       coalesce(
         (SELECT json_agg(json_build_object('what', what, 'goesAt', due_at) ORDER BY due_at, what)
          FROM retention_notices WHERE interview_id = interviews.id), '[]'
       ) AS notices
     FROM interviews WHERE interviews.id = $1 AND ${access}`,
    [id, person.id],
  );
  if (!row) throw notFound('interview');
  const notices = row.notices.map(({ what, goesAt }) => ({ what, goesAt: new Date(goesAt).toISOString() }));
  return { kept: row.kept, notices };
}
