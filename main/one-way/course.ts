import type { EntityManager } from 'typeorm';
import { requireCurrentQuestion } from '../database/current-question.ts';
import { Answer, Question } from '../database/entities/index.ts';
import { makeAnswer } from '../database/make-answer.ts';
import { moveInterview } from '../interviews/interview-status.ts';
import { holdForChange } from '../interviews/own-interview.ts';
import { type ReadQuestion, readQuestions } from '../interviews/read-questions.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

/*
 * The course of a one-way interview. Questions come one after the other, each when the one before is settled, and none
 * comes back. Every function takes the manager of a transaction, and gives the interview's id.
 */

/**
 * Puts a question before the candidate. When that was first stays: the clock goes on whatever they do. One that was
 * skipped is open again as long as none has been asked after it.
 *
 * @throws OperationFailure NOT_FOUND, CONFLICT
 */
export async function askQuestion(
  manager: EntityManager,
  person: SignedInPerson,
  questionId: string,
): Promise<string> {
  const { interview, questions, at, last } = await hold(manager, person, questionId);
  if (at < last) {
    throw new OperationFailure(
      'CONFLICT',
      'You have gone on from this question, so its answer stays as it is.',
    );
  }
  const before = questions[last];
  if (at > last + 1 || (at > last && before && isOpen(before))) {
    throw new OperationFailure(
      'CONFLICT',
      'Questions come one after the other. Answer or skip the one before first.',
    );
  }
  await manager.update(
    Question,
    { id: questionId },
    { askedAt: () => 'coalesce(asked_at, now())', skippedAt: null },
  );
  return interview.id;
}

/**
 * Leaves the question before the candidate without an answer. Harmless when repeated.
 *
 * @throws OperationFailure NOT_FOUND, CONFLICT
 */
export async function skipQuestion(
  manager: EntityManager,
  person: SignedInPerson,
  questionId: string,
): Promise<string> {
  const { interview, questions, at } = await hold(manager, person, questionId);
  const question = questions[at];
  if (question?.state === 'SKIPPED') return interview.id;
  await requireCurrentQuestion(manager, questionId);
  if (question?.state === 'ANSWERED') {
    throw new OperationFailure('CONFLICT', 'This question is answered; the answer is kept. Just go on.');
  }
  if (question && isRecording(question)) throw stillRecording();
  await manager.update(Question, { id: questionId }, { skippedAt: () => 'now()' });
  return interview.id;
}

/**
 * Keeps an answer's words while its question is before the candidate.
 *
 * @throws OperationFailure NOT_FOUND, CONFLICT
 */
export async function saveAnswer(
  manager: EntityManager,
  person: SignedInPerson,
  { questionId, transcript }: { questionId: string; transcript: string },
): Promise<string> {
  const { id } = await holdForChange(manager, person, { questionId }, 'oneWay');
  await requireCurrentQuestion(manager, questionId);
  await makeAnswer(manager, questionId);
  // Spaces alone say nothing, and would count as an answer.
  await manager.update(Answer, { questionId }, { transcript: transcript.trim() === '' ? '' : transcript });
  return id;
}

/**
 * IN_PROGRESS → COMPLETED.
 *
 * @throws OperationFailure NOT_FOUND, CONFLICT while a question is open
 */
export async function submitInterview(
  manager: EntityManager,
  person: SignedInPerson,
  id: string,
): Promise<void> {
  const interview = await holdForChange(manager, person, { interviewId: id }, 'oneWay');
  const questions = await readQuestions(manager, id);
  const last = await lastAsked(manager, questions);
  const open = questions.filter((question, at) => at > last || (at === last && isOpen(question)));
  if (open.length > 0) {
    throw new OperationFailure(
      'CONFLICT',
      `${open.length === 1 ? 'One question is' : `${open.length} questions are`} still open. Answer or skip each before you submit.`,
    );
  }
  await moveInterview(manager, interview, 'COMPLETED');
}

async function hold(manager: EntityManager, person: SignedInPerson, questionId: string) {
  const interview = await holdForChange(manager, person, { questionId }, 'oneWay');
  const questions = await readQuestions(manager, interview.id);
  const at = questions.findIndex(({ id }) => id === questionId);
  return { interview, questions, at, last: await lastAsked(manager, questions) };
}

/** Where the question is that is before the candidate; −1 before the first. */
async function lastAsked(manager: EntityManager, questions: readonly ReadQuestion[]): Promise<number> {
  const asked = await manager.query<{ id: string }[]>(
    'SELECT id FROM questions WHERE id = ANY($1) AND asked_at IS NOT NULL',
    [questions.map(({ id }) => id)],
  );
  return questions.findLastIndex(({ id }) => asked.some((row) => row.id === id));
}

function isOpen(question: ReadQuestion): boolean {
  return question.state === 'ASKED' || isRecording(question);
}

function isRecording({ answer }: ReadQuestion): boolean {
  return answer?.takes.some(({ state }) => state === 'RECORDING') ?? false;
}

function stillRecording(): OperationFailure {
  return new OperationFailure('CONFLICT', 'This answer is being recorded. Stop the recording first.');
}
