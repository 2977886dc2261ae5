import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { CandidateRow } from '../../shared/contract/candidates.ts';
import type { OutputOf, ParsedInputOf } from '../../shared/contract/index.ts';
import { storableText } from '../../shared/contract/shapes.ts';
import { signInState } from '../accounts/sign-in-state.ts';
import { isOnPanel } from '../database/interview-access.ts';
import { isRevealed } from '../desk/read-desk-interview.ts';
import { readCursor, writeCursor } from '../operations/cursor.ts';
import type { SignedInPerson } from '../operations/handlers.ts';

type LastInterview = CandidateRow['lastInterview'];
type FoundRow = Omit<CandidateRow, 'archivedAt' | 'lastInterview'> & {
  archivedAt: Date | null;
  lastInterview: LastInterview;
  key: string;
};

/**
 * SQL over a row of `interviews`: whether a person may know whose interview it is. They are on its panel, and where it is
 * blind they have submitted their scorecard.
 *
 * @param person the parameter that holds the person's id
 */
export const isKnownTo = (person: string) =>
  `(interviews.deleted_at IS NULL AND ${isOnPanel(person)} AND (NOT interviews.blind OR ${isRevealed(person)}))`;

/** When an interview takes or took place, as far as is known; SQL over a row of `interviews`. */
export const interviewTime =
  'coalesce(interviews.started_at, interviews.scheduled_at, interviews.created_at)';

/**
 * A page of the candidates by name, in the order of code points, which is the same on every server.
 *
 * @throws OperationFailure INVALID_INPUT for a cursor that this list did not give out
 */
export async function listCandidates(
  manager: EntityManager,
  person: SignedInPerson,
  input: ParsedInputOf<'candidates.list'>,
): Promise<OutputOf<'candidates.list'>> {
  const parameters: unknown[] = [person.id];
  const parameter = (value: unknown) => `$${parameters.push(value)}`;
  const conditions = [`profiles.archived_at IS ${input.archived ? 'NOT NULL' : 'NULL'}`];
  if (input.search?.trim()) {
    const searched = 'concat_ws(chr(10), users.name, users.email, array_to_string(profiles.tags, chr(10)))';
    conditions.push(`position(lower(${parameter(input.search.trim())}) IN lower(${searched})) > 0`);
  }
  if (input.tag) conditions.push(`profiles.tags @> ARRAY[${parameter(input.tag)}]`);
  if (input.after !== undefined) {
    const [key, id] = readCursor(input.after, [storableText, z.uuid()] as const);
    conditions.push(
      `(lower(users.name) COLLATE "C", users.id) > (${parameter(key)} COLLATE "C", ${parameter(id)}::uuid)`,
    );
  }
  const found = await readRows(manager, conditions, parameters, input.limit + 1);
  const page = found.slice(0, input.limit);
  const last = page.at(-1);
  return {
    rows: page.map(toRow),
    next: last && found.length > page.length ? writeCursor([last.key, last.id]) : null,
  };
}

/** One of the same rows; null where this is no candidate. */
export async function readCandidateRow(
  manager: EntityManager,
  person: SignedInPerson,
  id: string,
): Promise<CandidateRow | null> {
  const [found] = await readRows(manager, ['users.id = $2'], [person.id, id], 1);
  return found ? toRow(found) : null;
}

/** @param parameters the first is the id of the person who asks */
function readRows(
  manager: EntityManager,
  conditions: readonly string[],
  parameters: readonly unknown[],
  limit: number,
): Promise<FoundRow[]> {
  return manager.query<FoundRow[]>(
    `
    SELECT page.*, last_interview AS "lastInterview"
    FROM (
      SELECT users.id, users.name, users.email, lower(users.name) AS key, ${signInState} AS "signIn",
        coalesce(profiles.headline, '') AS headline, coalesce(profiles.tags, '{}') AS tags,
        profiles.archived_at AS "archivedAt"
      FROM users LEFT JOIN candidate_profiles AS profiles ON profiles.user_id = users.id
      WHERE users.role = 'CANDIDATE' AND ${conditions.join(' AND ')}
      ORDER BY lower(users.name) COLLATE "C", users.id LIMIT ${limit}
    ) AS page
    LEFT JOIN LATERAL (
      SELECT jsonb_build_object(
        'id', interviews.id, 'title', title, 'kind', kind, 'status', status, 'at', ${interviewTime}
      ) AS last_interview
      FROM interviews WHERE interviews.user_id = page.id AND ${isKnownTo('$1')}
      ORDER BY ${interviewTime} DESC, interviews.id DESC LIMIT 1
    ) AS newest ON true
    ORDER BY page.key COLLATE "C", page.id
    `,
    [...parameters],
  );
}

function toRow({ key: _, ...row }: FoundRow): CandidateRow {
  const { lastInterview } = row;
  return {
    ...row,
    archivedAt: row.archivedAt?.toISOString() ?? null,
    lastInterview: lastInterview && { ...lastInterview, at: new Date(lastInterview.at).toISOString() },
  };
}
