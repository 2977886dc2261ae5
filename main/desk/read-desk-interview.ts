import type { EntityManager } from 'typeorm';
import type { DeskInterview } from '../../shared/contract/desk.ts';
import { isOnPanel } from '../database/interview-access.ts';
import { notFound } from '../interviews/own-interview.ts';
import { readQuestions } from '../interviews/read-questions.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { asConsent, consentsOf } from './consents.ts';

type Times = 'scheduledAt' | 'dueAt' | 'startedAt' | 'endedAt' | 'pausedAt' | 'currentSince' | 'deletedAt';
type FoundRow = Omit<DeskInterview, Times | 'createdAt' | 'candidate' | 'consent' | 'questions'> &
  Record<Times, Date | null> & {
    createdAt: Date;
    candidateId: string;
    candidateName: string;
  };

/**
 * SQL over a row of `interviews`: whether a person has submitted their scorecard of it. Until then they see no score, no
 * scorecard of anybody else, and in a blind interview not who the candidate is.
 *
 * @param person the parameter that holds the person's id
 */
export const isRevealed = (person: string) => `EXISTS (
  SELECT FROM scorecards
  WHERE scorecards.interview_id = interviews.id AND scorecards.interviewer_id = ${person}
    AND scorecards.state = 'SUBMITTED'
)`;

/**
 * A live or one-way interview, as somebody on its panel may see it; three queries, however many questions.
 *
 * @throws OperationFailure NOT_FOUND
 */
export async function readDeskInterview(
  manager: EntityManager,
  person: SignedInPerson,
  id: string,
): Promise<DeskInterview> {
  const [row] = await manager.query<FoundRow[]>(
    `
    SELECT interviews.id, kind, title, status, interviews.difficulty, blind, instructions, rubric,
      score::float8, scheduled_at AS "scheduledAt", due_at AS "dueAt", started_at AS "startedAt",
      ended_at AS "endedAt", interviews.created_at AS "createdAt", paused_at AS "pausedAt", paused_ms AS "pausedMs",
      current_question_id AS "currentQuestionId", current_since AS "currentSince", deleted_at AS "deletedAt",
      ${isRevealed('$2')} AS revealed,
      candidate.id AS "candidateId", candidate.name AS "candidateName",
      (SELECT jsonb_build_object('id', id, 'name', name) FROM users WHERE id = interviewer_id) AS interviewer,
      ARRAY(
        SELECT jsonb_build_object('id', users.id, 'name', users.name)
        FROM panel_members JOIN users ON users.id = panel_members.user_id
        WHERE panel_members.interview_id = interviews.id
        ORDER BY panel_members.id
      ) AS panel,
      (
        SELECT jsonb_build_object('id', kit_id, 'name', name, 'version', version)
        FROM interview_kit_versions WHERE id = kit_version_id
      ) AS kit,
      jsonb_build_object(
        'timeMultiplier', time_multiplier, 'extraTakes', extra_takes, 'note', accommodation_note
      ) AS accommodation,
      (
        SELECT jsonb_build_object('id', id, 'name', name, 'version', version, 'body', body)
        FROM consent_texts WHERE id = consent_text_id
      ) AS "consentText",
      ${consentsOf} AS consents
    FROM interviews JOIN users AS candidate ON candidate.id = interviews.user_id
    WHERE interviews.id = $1 AND ${isOnPanel('$2')}
    `,
    [id, person.id],
  );
  if (!row) throw notFound('interview');
  const { candidateId, candidateName, ...rest } = row;
  const consents = row.consents.map(asConsent);
  const questions = await readQuestions(manager, id);
  return {
    ...rest,
    candidate: candidateOf(row),
    accommodation: row.blind && !row.revealed ? null : row.accommodation,
    consents,
    consent: consents[0] ?? null,
    scheduledAt: row.scheduledAt?.toISOString() ?? null,
    dueAt: row.dueAt?.toISOString() ?? null,
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    pausedAt: row.pausedAt?.toISOString() ?? null,
    currentSince: row.currentSince?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
    score: row.revealed ? row.score : null,
    questions: row.revealed ? questions : questions.map(withoutScore),
  };
}

/** Who the candidate is, or a name that stands for them: the same one wherever this interview is shown. */
export function candidateOf({
  id,
  blind,
  revealed,
  candidateId,
  candidateName,
}: {
  id: string;
  blind: boolean;
  revealed: boolean;
  candidateId: string;
  candidateName: string;
}): DeskInterview['candidate'] {
  if (!blind || revealed) return { id: candidateId, name: candidateName };
  return { id: null, name: `Candidate ${id.slice(-4).toUpperCase()}` };
}

export function withoutScore(
  question: DeskInterview['questions'][number],
): DeskInterview['questions'][number] {
  const { answer } = question;
  return answer ? { ...question, answer: { ...answer, score: null, level: null } } : question;
}
