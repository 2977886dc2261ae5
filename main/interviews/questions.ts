import type { DataSource } from 'typeorm';
import type { Question } from '../../shared/contract/interviews.ts';
import { Question as QuestionEntity } from '../database/entities/index.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { holdForChange, requireInProgress } from './own-interview.ts';
import { readQuestion } from './read-questions.ts';

/**
 * Notes that the question is before the candidate; when that was first stays. A skipped question is open again.
 *
 * @throws OperationFailure NOT_FOUND, CONFLICT
 */
export function askQuestion(
  dataSource: DataSource,
  person: SignedInPerson,
  questionId: string,
): Promise<Question> {
  return dataSource.transaction(async (manager) => {
    requireInProgress(await holdForChange(manager, person, { questionId }));
    await manager.update(
      QuestionEntity,
      { id: questionId },
      { askedAt: () => 'coalesce(asked_at, now())', skippedAt: null },
    );
    return readQuestion(manager, questionId);
  });
}

/**
 * Passes an asked question over. Nothing that was recorded goes. Harmless when repeated.
 *
 * @throws OperationFailure NOT_FOUND, CONFLICT
 */
export function skipQuestion(
  dataSource: DataSource,
  person: SignedInPerson,
  questionId: string,
): Promise<Question> {
  return dataSource.transaction(async (manager) => {
    requireInProgress(await holdForChange(manager, person, { questionId }));
    const question = await readQuestion(manager, questionId);
    refuseSkip(question);
    if (question.state === 'SKIPPED') return question;
    await manager.update(QuestionEntity, { id: questionId }, { skippedAt: () => 'now()' });
    return readQuestion(manager, questionId);
  });
}

function refuseSkip({ state, answer }: Question): void {
  if (state === 'NOT_ASKED') {
    throw new OperationFailure('CONFLICT', 'This question has not been asked yet.');
  }
  if (state === 'ANSWERED') {
    throw new OperationFailure('CONFLICT', 'This question is answered; the answer is kept. Just go on.');
  }
  if (answer?.takes.some((take) => take.state === 'RECORDING')) {
    throw new OperationFailure('CONFLICT', 'This answer is being recorded. Stop the recording first.');
  }
}
