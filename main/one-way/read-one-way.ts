import type { EntityManager } from 'typeorm';
import type { OneWayInterview, OneWayQuestion, OneWayRow } from '../../shared/contract/one-way.ts';
import { isOwnOneWay } from '../database/interview-access.ts';
import { notFound } from '../interviews/own-interview.ts';
import { isAnswered } from '../interviews/question-state.ts';
import { type ReadQuestion, readQuestions } from '../interviews/read-questions.ts';
import type { SignedInPerson } from '../operations/handlers.ts';

type Times = 'dueAt' | 'startedAt' | 'endedAt';
type FoundRow = Omit<OneWayRow, Times | 'assignedAt'> & Record<Times, Date | null> & { assignedAt: Date };

const columns = `interviews.id, title, status, interviews.created_at AS "assignedAt", due_at AS "dueAt",
  started_at AS "startedAt", ended_at AS "endedAt", "questionCount", "answeredCount", "plannedMs",
  (SELECT name FROM users WHERE users.id = interviewer_id) AS "from"`;

const counts = `CROSS JOIN LATERAL (
  SELECT count(*)::int AS "questionCount", (count(*) FILTER (WHERE ${isAnswered}))::int AS "answeredCount",
    coalesce(sum(think_time_ms + answer_time_ms), 0)::int AS "plannedMs"
  FROM questions LEFT JOIN answers ON answers.question_id = questions.id
  WHERE questions.interview_id = interviews.id
) AS counts`;

/** A page of the one-way interviews that are assigned to somebody, newest first, read by key. */
export async function listOneWay(
  manager: EntityManager,
  person: SignedInPerson,
  { ended, after, limit }: { ended: boolean; after?: string; limit: number },
): Promise<{ rows: OneWayRow[]; next: string | null }> {
  const found = await manager.query<FoundRow[]>(
    `SELECT ${columns} FROM interviews ${counts}
     WHERE ${isOwnOneWay('$1')} AND deleted_at IS NULL
       AND (status IN ('COMPLETED', 'ABANDONED')) = $2 AND ($3::uuid IS NULL OR interviews.id < $3)
     ORDER BY interviews.id DESC LIMIT $4`,
    // One more than the page tells whether there is a next one.
    [person.id, ended, after ?? null, limit + 1],
  );
  const rows = found.slice(0, limit).map(toRow);
  return { rows, next: found.length > limit ? (rows.at(-1)?.id ?? null) : null };
}

/**
 * A one-way interview as its candidate may see it; three queries, however many questions.
 *
 * @throws OperationFailure NOT_FOUND, also once it is deleted
 */
export async function readOneWay(
  manager: EntityManager,
  person: SignedInPerson,
  id: string,
): Promise<OneWayInterview> {
  const [row] = await manager.query<
    (FoundRow &
      Pick<OneWayInterview, 'welcome' | 'consentText'> & {
        consent: { decision: 'AGREED' | 'DECLINED'; decidedAt: string } | null;
      })[]
  >(
    `
    SELECT ${columns},
      coalesce(
        (SELECT definition->>'welcome' FROM interview_kit_versions WHERE id = kit_version_id), ''
      ) AS welcome,
      (
        SELECT jsonb_build_object('id', id, 'name', name, 'version', version, 'body', body)
        FROM consent_texts WHERE id = consent_text_id
      ) AS "consentText",
      (
        SELECT jsonb_build_object('decision', decision, 'decidedAt', decided_at)
        FROM consents WHERE interview_id = interviews.id ORDER BY decided_at DESC, id DESC LIMIT 1
      ) AS consent
    FROM interviews ${counts}
    WHERE interviews.id = $1 AND ${isOwnOneWay('$2')} AND deleted_at IS NULL
    `,
    [id, person.id],
  );
  if (!row) throw notFound('interview');
  const since = await readClocks(manager, id);
  const questions = (await readQuestions(manager, id)).map((question) => toQuestion(question, since));
  return {
    ...row,
    ...toRow(row),
    consent: row.consent && { ...row.consent, decidedAt: new Date(row.consent.decidedAt).toISOString() },
    currentQuestionId: questions.findLast((question) => since.has(question.id))?.id ?? null,
    questions,
  };
}

/** How long ago each question was asked, ms, by the database's clock; those that were not are not there. */
async function readClocks(manager: EntityManager, interviewId: string): Promise<Map<string, number>> {
  const rows = await manager.query<{ id: string; sinceMs: number }[]>(
    `SELECT id, least(extract(epoch FROM clock_timestamp() - asked_at) * 1000, 2147483647)::int AS "sinceMs"
     FROM questions WHERE interview_id = $1 AND asked_at IS NOT NULL`,
    [interviewId],
  );
  return new Map(rows.map(({ id, sinceMs }) => [id, sinceMs]));
}

/** What the candidate is shown of a question, named one by one: whatever a question may come to hold, it stays in main. */
function toQuestion(
  { id, position, content, thinkTimeMs, answerTimeMs, takesAllowed, state, answer }: ReadQuestion,
  since: ReadonlyMap<string, number>,
): OneWayQuestion {
  const sinceMs = since.get(id);
  const left = (ms: number) => Math.min(ms, Math.max(0, ms - (sinceMs ?? 0)));
  return {
    ...{ id, position, thinkTimeMs, answerTimeMs, takesAllowed, state },
    content: sinceMs === undefined ? '' : content,
    thinkLeftMs: left(thinkTimeMs),
    timeLeftMs: left(thinkTimeMs + answerTimeMs),
    answer: answer && {
      ...{ transcript: answer.transcript, takes: answer.takes, discarded: answer.discarded },
      recordingsRemovedAt: answer.recordingsRemovedAt,
      transcriptRemovedAt: answer.transcriptRemovedAt,
    },
  };
}

function toRow(row: FoundRow): OneWayRow {
  const { id, title, status, from, questionCount, answeredCount, plannedMs } = row;
  return {
    ...{ id, title, status, from, questionCount, answeredCount, plannedMs },
    assignedAt: row.assignedAt.toISOString(),
    dueAt: row.dueAt?.toISOString() ?? null,
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
