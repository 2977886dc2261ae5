import type { EntityManager } from 'typeorm';
import type { OutputOf, ParsedInputOf } from '../../shared/contract/index.ts';
import type { GridRow } from '../../shared/contract/review.ts';
import { isOnPanel } from '../database/interview-access.ts';
import { occurs, readCursor, writeCursor } from '../desk/list-desk.ts';
import { candidateOf, isRevealed } from '../desk/read-desk-interview.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { sameQuestion } from './same-question.ts';
import { wantedConditions } from './wanted.ts';

type FoundRow = Omit<GridRow, 'interviewId' | 'candidate' | 'startedAt'> & {
  id: string;
  blind: boolean;
  candidateId: string;
  candidateName: string;
  startedAt: Date;
  key: string;
};

/**
 * A page of the interviews that have begun and whose panel somebody is on, newest first and read by key, with what each
 * question scored; one query. No score leaves it before one's own scorecard is submitted.
 *
 * @throws OperationFailure INVALID_INPUT for a cursor that this grid did not give out
 */
export async function readGrid(
  manager: EntityManager,
  person: SignedInPerson,
  { competency, tag, after, limit, ...wanted }: ParsedInputOf<'review.grid'>,
): Promise<OutputOf<'review.grid'>> {
  const parameters: unknown[] = [person.id];
  const parameter = (value: unknown) => `$${parameters.push(value)}`;
  const conditions = [
    `interviews.kind <> 'PRACTICE' AND started_at IS NOT NULL AND deleted_at IS NULL`,
    ...[isOnPanel('$1'), ...wantedConditions(wanted, parameter)],
  ];
  const about: string[] = [];
  if (competency) about.push(`questions.competency = ${parameter(competency)}`);
  if (tag) {
    about.push(
      `questions.library_question_id IN (SELECT id FROM library_questions WHERE tags @> ARRAY[${parameter(tag)}]::text[])`,
    );
  }
  const isAbout = about.map((condition) => ` AND ${condition}`).join('');
  if (about.length > 0) {
    conditions.push(`EXISTS (SELECT FROM questions WHERE interview_id = interviews.id${isAbout})`);
  }
  if (after !== undefined) {
    const place = readCursor('GRID', after);
    conditions.push(
      `(${occurs}, interviews.id) < (${parameter(place.key)}::timestamptz, ${parameter(place.id)}::uuid)`,
    );
  }
  const found = await manager.query<FoundRow[]>(
    `
    SELECT page.id, title, status, blind, revealed, score::float8, started_at AS "startedAt",
      user_id AS "candidateId", (SELECT name FROM users WHERE id = user_id) AS "candidateName",
      coalesce(
        (SELECT state::text FROM scorecards WHERE interview_id = page.id AND scorecards.interviewer_id = $1), 'NONE'
      ) AS scorecard,
      ARRAY(
        SELECT jsonb_build_object(
          'questionId', questions.id, 'same', ${sameQuestion}, 'content', content, 'asked', asked_at IS NOT NULL,
          'score', CASE WHEN revealed THEN answers.score END
        )
        FROM questions LEFT JOIN answers ON answers.question_id = questions.id
        WHERE questions.interview_id = page.id${isAbout}
        ORDER BY position
      ) AS cells,
      to_char(sort_key AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS key
    FROM (
      SELECT interviews.*, ${occurs} AS sort_key, ${isRevealed('$1')} AS revealed
      FROM interviews
      WHERE ${conditions.join(' AND ')}
      ORDER BY sort_key DESC, id DESC LIMIT ${limit + 1}
    ) AS page
    ORDER BY sort_key DESC, id DESC
    `,
    parameters,
  );
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    rows: rows.map((row) => ({
      ...row,
      interviewId: row.id,
      candidate: candidateOf(row),
      score: row.revealed ? row.score : null,
      startedAt: row.startedAt.toISOString(),
    })),
    next: last && found.length > limit ? writeCursor('GRID', last.key, last.id) : null,
  };
}
