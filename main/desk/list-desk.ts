import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { DeskRow } from '../../shared/contract/desk.ts';
import type { OutputOf, ParsedInputOf } from '../../shared/contract/index.ts';
import { isOnPanel } from '../database/interview-access.ts';
import { isAnswered } from '../interviews/question-state.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { candidateOf, isRevealed } from './read-desk-interview.ts';

/** When an interview takes place, took place or was made. The table has an index on this and the id. */
export const occurs = 'coalesce(interviews.started_at, interviews.scheduled_at, interviews.created_at)';

type FoundRow = Omit<DeskRow, 'candidate' | 'createdAt' | Times> &
  Record<Times, Date | null> & {
    createdAt: Date;
    blind: boolean;
    revealed: boolean;
    candidateId: string;
    candidateName: string;
    key: string;
  };
type Times = 'scheduledAt' | 'dueAt' | 'startedAt' | 'endedAt' | 'deletedAt';

/**
 * A page of the live and one-way interviews whose panel somebody is on, read by key.
 *
 * @throws OperationFailure INVALID_INPUT for a cursor that this list did not give out
 */
export async function listDesk(
  dataSource: DataSource,
  person: SignedInPerson,
  input: ParsedInputOf<'desk.list'>,
): Promise<OutputOf<'desk.list'>> {
  const direction = input.sort === 'NEWEST' ? 'DESC' : 'ASC';
  const parameters: unknown[] = [person.id];
  const parameter = (value: unknown) => `$${parameters.push(value)}`;
  const conditions = [
    `interviews.kind <> 'PRACTICE'`,
    `interviews.deleted_at IS ${input.deleted ? 'NOT NULL' : 'NULL'}`,
    isOnPanel('$1'),
  ];
  if (input.candidateId) {
    conditions.push(`user_id = ${parameter(input.candidateId)} AND (NOT blind OR ${isRevealed('$1')})`);
  }
  if (input.kind) conditions.push(`kind = ${parameter(input.kind)}`);
  if (input.status) conditions.push(`status = ${parameter(input.status)}`);
  if (input.mine) conditions.push('interviewer_id = $1');
  if (input.toRate) conditions.push(`status = 'COMPLETED' AND NOT ${isRevealed('$1')}`);
  if (input.from) conditions.push(`${occurs} >= ${parameter(new Date(input.from))}`);
  if (input.until) conditions.push(`${occurs} < ${parameter(new Date(input.until))}`);
  if (input.search?.trim()) {
    const words = parameter(input.search.trim());
    conditions.push(`(
      position(lower(${words}) IN lower(title)) > 0
      OR ((NOT blind OR ${isRevealed('$1')}) AND position(lower(${words}) IN lower(candidate.name)) > 0)
    )`);
  }
  if (input.after !== undefined) {
    const after = readCursor(input.sort, input.after);
    conditions.push(
      `(${occurs}, interviews.id) ${direction === 'DESC' ? '<' : '>'} ` +
        `(${parameter(after.key)}::timestamptz, ${parameter(after.id)}::uuid)`,
    );
  }
  const orderBy = `sort_key ${direction}, id ${direction}`;
  const found = await dataSource.query<FoundRow[]>(
    `
    SELECT page.id, kind, title, status, difficulty, blind, revealed, score::float8,
      user_id AS "candidateId", candidate_name AS "candidateName",
      (SELECT jsonb_build_object('id', id, 'name', name) FROM users WHERE id = interviewer_id) AS interviewer,
      scheduled_at AS "scheduledAt", due_at AS "dueAt", started_at AS "startedAt", ended_at AS "endedAt",
      created_at AS "createdAt", deleted_at AS "deletedAt", "questionCount", "answeredCount",
      coalesce(
        (SELECT state::text FROM scorecards WHERE interview_id = page.id AND scorecards.interviewer_id = $1), 'NONE'
      ) AS scorecard,
      to_char(sort_key AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS key
    FROM (
      SELECT interviews.*, candidate.name AS candidate_name, ${occurs} AS sort_key, ${isRevealed('$1')} AS revealed
      FROM interviews JOIN users AS candidate ON candidate.id = interviews.user_id
      WHERE ${conditions.join(' AND ')}
      ORDER BY ${orderBy} LIMIT ${input.limit + 1}
    ) AS page
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS "questionCount", (count(*) FILTER (WHERE ${isAnswered}))::int AS "answeredCount"
      FROM questions LEFT JOIN answers ON answers.question_id = questions.id
      WHERE questions.interview_id = page.id
    ) AS counts
    ORDER BY ${orderBy}
    `,
    parameters,
  );
  const rows = found.slice(0, input.limit);
  const last = rows.at(-1);
  return {
    rows: rows.map(toRow),
    next: last && found.length > rows.length ? writeCursor(input.sort, last.key, last.id) : null,
  };
}

function toRow(row: FoundRow): DeskRow {
  return {
    ...row,
    candidate: candidateOf(row),
    score: row.revealed ? row.score : null,
    scheduledAt: row.scheduledAt?.toISOString() ?? null,
    dueAt: row.dueAt?.toISOString() ?? null,
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}

export function writeCursor(sort: string, key: string, id: string): string {
  return Buffer.from(JSON.stringify([sort, key, id])).toString('base64url');
}

export function readCursor(sort: string, text: string): { key: string; id: string } {
  const shape = z.tuple([
    z.literal(sort),
    z.iso.datetime({ precision: 6 }).refine((time) => !time.startsWith('0000')),
    z.uuid(),
  ]);
  const parsed = shape.safeParse(jsonOrNull(Buffer.from(text, 'base64url').toString()));
  if (!parsed.success) {
    throw new OperationFailure('INVALID_INPUT', 'This list has changed. Please go back to its beginning.');
  }
  return { key: parsed.data[1], id: parsed.data[2] };
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
