import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { Candidate, CandidateInterview } from '../../shared/contract/candidates.ts';
import type { OutputOf, ParsedInputOf } from '../../shared/contract/index.ts';
import { isRevealed } from '../desk/read-desk-interview.ts';
import { readCursor, writeCursor } from '../operations/cursor.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { interviewTime, isKnownTo, readCandidateRow } from './list-candidates.ts';

export function noCandidate(): OperationFailure {
  return new OperationFailure('NOT_FOUND', 'This candidate is not there any more, or has another role now.');
}

/** @throws OperationFailure NOT_FOUND */
export async function readCandidate(
  manager: EntityManager,
  person: SignedInPerson,
  id: string,
): Promise<Candidate> {
  const row = await readCandidateRow(manager, person, id);
  const [more] = await manager.query<
    {
      phone: string;
      notes: string;
      accommodation: Candidate['accommodation'];
      version: number;
      hasPassword: boolean;
      invitedUntil: Date | null;
      createdAt: Date;
    }[]
  >(
    // Whoever registered themselves has no profile yet.
    `SELECT coalesce(phone, '') AS phone, coalesce(notes, '') AS notes, coalesce(version, 0) AS version,
       jsonb_build_object(
         'timeMultiplier', coalesce(time_multiplier, 1), 'extraTakes', coalesce(extra_takes, 0),
         'note', coalesce(accommodation_note, '')
       ) AS accommodation,
       password_hash IS NOT NULL AS "hasPassword", users.created_at AS "createdAt",
       CASE WHEN invitation_expires_at > now() THEN invitation_expires_at END AS "invitedUntil"
     FROM users LEFT JOIN candidate_profiles ON user_id = users.id WHERE users.id = $1`,
    [id],
  );
  if (!row || !more) throw noCandidate();
  const { hasPassword, invitedUntil, createdAt, ...rest } = more;
  return {
    ...{ ...row, ...rest, identityEditable: !hasPassword },
    invitedUntil: invitedUntil?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}

type FoundInterview = Omit<CandidateInterview, 'at' | 'scheduledAt'> & {
  key: string;
  scheduledAt: Date | null;
  revealed: boolean;
};

/** PostgreSQL knows no year 0. */
const microseconds = z.iso.datetime({ precision: 6 }).refine((text) => !text.startsWith('0000'));

/**
 * A page of a candidate's interviews, newest first, as far as somebody may know of them.
 *
 * @throws OperationFailure INVALID_INPUT for a cursor that this list did not give out
 */
export async function listCandidateInterviews(
  manager: EntityManager,
  person: SignedInPerson,
  input: ParsedInputOf<'candidates.interviews'>,
): Promise<OutputOf<'candidates.interviews'>> {
  const parameters: unknown[] = [person.id, input.id];
  let further = '';
  if (input.after !== undefined) {
    const [at, id] = readCursor(input.after, [microseconds, z.uuid()] as const);
    parameters.push(at, id);
    further = `AND (${interviewTime}, interviews.id) < ($3::timestamptz, $4::uuid)`;
  }
  const found = await manager.query<FoundInterview[]>(
    `
    SELECT interviews.id, title, kind, status, difficulty, scheduled_at AS "scheduledAt", score::float8,
      ${isRevealed('$1')} AS revealed,
      (SELECT jsonb_build_object('id', id, 'name', name) FROM users WHERE id = interviewer_id) AS interviewer,
      to_char(${interviewTime} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS key
    FROM interviews
    WHERE interviews.user_id = $2 AND ${isKnownTo('$1')} ${further}
    ORDER BY ${interviewTime} DESC, interviews.id DESC LIMIT ${input.limit + 1}
    `,
    parameters,
  );
  const page = found.slice(0, input.limit);
  const last = page.at(-1);
  return {
    rows: page.map(({ key, revealed, scheduledAt, score, ...row }) => ({
      ...row,
      at: new Date(key).toISOString(),
      scheduledAt: scheduledAt?.toISOString() ?? null,
      score: revealed ? score : null,
    })),
    next: last && found.length > page.length ? writeCursor([last.key, last.id]) : null,
  };
}
