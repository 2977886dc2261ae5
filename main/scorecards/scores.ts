import type { EntityManager } from 'typeorm';
import { makeAnswer } from '../database/make-answer.ts';

/**
 * Brings an interview's scores in line with its submitted scorecards; the only place where they are computed.
 *
 * An answer's score is the mean of what its submitted ratings stand for, 25 × (level − 1); null without any. The
 * interview's score is the mean of its answers' scores, each weighted by its question's competency in the rubric, or by 1
 * where the rubric does not have it: Σ(weight × score) / Σ weight, over the answers that have one. Both are rounded to two
 * decimals, 0–100. (docs/guide/scorecards.md says it to interviewers.)
 *
 * The questions rated get an answer's row where they have none: what was said without being recorded is judged too.
 */
export async function updateScores(manager: EntityManager, interviewId: string): Promise<void> {
  const rated = await manager.query<{ id: string }[]>(
    `SELECT DISTINCT ratings.question_id AS id
     FROM ratings JOIN scorecards ON scorecards.id = ratings.scorecard_id
     WHERE scorecards.interview_id = $1 AND ratings.question_id IS NOT NULL`,
    [interviewId],
  );
  for (const { id } of rated) await makeAnswer(manager, id);
  await manager.query(
    `UPDATE answers SET updated_at = now(), score = (
       SELECT round(avg((ratings.level - 1) * 25), 2)
       FROM ratings JOIN scorecards ON scorecards.id = ratings.scorecard_id
       WHERE ratings.question_id = answers.question_id AND scorecards.state = 'SUBMITTED'
     )
     WHERE question_id IN (SELECT id FROM questions WHERE interview_id = $1)`,
    [interviewId],
  );
  await manager.query(
    `UPDATE interviews SET updated_at = now(), score = (
       SELECT round(sum(weight * answers.score) / sum(weight), 2)
       FROM questions JOIN answers ON answers.question_id = questions.id
       CROSS JOIN LATERAL (
         SELECT coalesce(max((judged ->> 'weight')::numeric), 1) AS weight
         FROM jsonb_array_elements(interviews.rubric) AS judged
         WHERE judged ->> 'key' = questions.competency
       ) AS weighted
       WHERE questions.interview_id = interviews.id AND answers.score IS NOT NULL
     )
     WHERE id = $1`,
    [interviewId],
  );
}
