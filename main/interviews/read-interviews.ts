import type { EntityManager } from 'typeorm';
import type { Interview, InterviewRow } from '../../shared/contract/interviews.ts';
import { isOwnPractice } from '../database/interview-access.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { notFound } from './own-interview.ts';
import { isAnswered } from './question-state.ts';
import { readQuestions } from './read-questions.ts';

type Times = 'startedAt' | 'endedAt' | 'createdAt' | 'deletedAt';
type FoundRow = Omit<InterviewRow, Times> & {
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  deletedAt: Date | null;
};

/** Which interviews to read, in SQL over the table `interviews`. */
export interface Selection {
  readonly where: string;
  readonly parameters: readonly unknown[];
  /** The expression to sort by; those of equal value are told apart by id. */
  readonly sortBy: string;
  readonly direction: 'ASC' | 'DESC';
  readonly limit: number;
  /** SQL that gives `sort_key`, the value of `sortBy`, as text that loses nothing. */
  readonly keyText: string;
}

/** Reads interviews as rows of a list, with the counts of their questions; one query however many they are. */
export async function readInterviewRows(
  manager: EntityManager,
  { where, parameters, sortBy, direction, limit, keyText }: Selection,
): Promise<{ row: InterviewRow; key: string }[]> {
  const orderBy = `sort_key ${direction}, id ${direction}`;
  const found = await manager.query<(FoundRow & { key: string })[]>(
    `
    SELECT page.id, kind, title, status, difficulty, score::float8,
      started_at AS "startedAt", ended_at AS "endedAt", created_at AS "createdAt", deleted_at AS "deletedAt",
      "questionCount", "answeredCount", ${keyText} AS key
    FROM (
      SELECT *, ${sortBy} AS sort_key FROM interviews
      WHERE ${where}
      ORDER BY ${orderBy} LIMIT ${limit}
    ) AS page
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS "questionCount", (count(*) FILTER (WHERE ${isAnswered}))::int AS "answeredCount"
      FROM questions LEFT JOIN answers ON answers.question_id = questions.id
      WHERE questions.interview_id = page.id
    ) AS counts
    ORDER BY ${orderBy}
    `,
    [...parameters],
  );
  return found.map(({ key, ...row }) => ({ row: toRow(row), key }));
}

/**
 * A person's own practice interview with its questions, answers and takes; two queries, however many there are.
 *
 * @throws OperationFailure NOT_FOUND
 */
export async function readInterview(
  manager: EntityManager,
  person: SignedInPerson,
  id: string,
): Promise<Interview> {
  const row = await readInterviewRow(manager, `id = $1 AND ${isOwnPractice('$2')}`, [id, person.id]);
  if (!row) throw notFound('interview');
  return { ...row, questions: await readQuestions(manager, id) };
}

/** The newest interview for which a condition holds. */
export async function readInterviewRow(
  manager: EntityManager,
  where: string,
  parameters: readonly unknown[],
): Promise<InterviewRow | null> {
  const [found] = await readInterviewRows(manager, {
    ...{ where, parameters, limit: 1, keyText: "''" },
    ...{ sortBy: 'coalesce(started_at, created_at)', direction: 'DESC' },
  });
  return found?.row ?? null;
}

function toRow({ startedAt, endedAt, createdAt, deletedAt, ...row }: FoundRow): InterviewRow {
  return {
    ...row,
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    deletedAt: deletedAt?.toISOString() ?? null,
  };
}
