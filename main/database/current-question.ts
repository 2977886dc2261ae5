import type { EntityManager } from 'typeorm';
import { OperationFailure } from '../operations/operation-failure.ts';

/**
 * SQL over a row of `questions`: whether it was asked, and none after it. In a one-way interview that is the question
 * before the candidate; the answers to those before it are settled.
 */
export const isCurrentQuestion = `(
  questions.asked_at IS NOT NULL
  AND NOT EXISTS (
    SELECT FROM questions AS later
    WHERE later.interview_id = questions.interview_id AND later.position > questions.position
      AND later.asked_at IS NOT NULL
  )
)`;

/**
 * Lets an answer be changed only while its question is before the candidate, so that nobody looks ahead and comes back.
 * The interview must be held.
 *
 * @throws OperationFailure CONFLICT
 */
export async function requireCurrentQuestion(manager: EntityManager, questionId: string): Promise<void> {
  const [question] = await manager.query<{ asked: boolean; skipped: boolean; current: boolean }[]>(
    `SELECT asked_at IS NOT NULL AS asked, skipped_at IS NOT NULL AS skipped, ${isCurrentQuestion} AS current
     FROM questions WHERE id = $1`,
    [questionId],
  );
  if (question?.current && !question.skipped) return;
  throw new OperationFailure(
    'CONFLICT',
    question?.asked ? goneBy(question) : 'This question has not been asked yet.',
  );
}

function goneBy({ current }: { current: boolean }): string {
  return current
    ? 'You have skipped this question. Go back to it first.'
    : 'You have gone on from this question, so its answer stays as it is.';
}
