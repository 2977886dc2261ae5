import { type EntityManager, In } from 'typeorm';
import { v7 } from 'uuid';
import type { ParsedInputOf } from '../../shared/contract/index.ts';
import { usualAnchors } from '../../shared/model/anchors.ts';
import { Interview, LibraryQuestion, Question } from '../database/entities/index.ts';
import { holdForChange, type OwnInterview, requireInProgress } from '../interviews/own-interview.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

/** For questions of an interview that has none to go by. */
const usualLimits = { thinkTimeMs: 0, answerTimeMs: 5 * 60_000, takesAllowed: 1 };

/**
 * Puts a question before the candidate. When that was first stays, and one that was passed over is not any more.
 *
 * @returns the interview's id
 * @throws OperationFailure NOT_FOUND, CONFLICT, also when another question is before them than the one that was seen
 */
export async function askQuestion(
  manager: EntityManager,
  person: SignedInPerson,
  { questionId, seen }: ParsedInputOf<'live.ask'>,
): Promise<string> {
  const { id } = await holdRunning(manager, person, { questionId });
  const { currentQuestionId } = await manager.findOneByOrFail(Interview, { id });
  if (currentQuestionId !== seen) {
    throw new OperationFailure(
      'CONFLICT',
      `Somebody else has just asked ${currentQuestionId === questionId ? 'this' : 'another'} question. It is on your screen now.`,
      { currentQuestionId },
    );
  }
  await manager.update(
    Question,
    { id: questionId },
    { askedAt: () => 'coalesce(asked_at, now())', skippedAt: null },
  );
  await manager.update(Interview, { id }, { currentQuestionId: questionId, currentSince: () => 'now()' });
  return id;
}

/**
 * Goes past a question that was not asked. Harmless when repeated.
 *
 * @returns the interview's id
 * @throws OperationFailure NOT_FOUND, CONFLICT for one that was asked
 */
export async function passOver(
  manager: EntityManager,
  person: SignedInPerson,
  questionId: string,
): Promise<string> {
  const { id } = await holdRunning(manager, person, { questionId });
  const question = await manager.findOneByOrFail(Question, { id: questionId });
  if (question.askedAt) throw new OperationFailure('CONFLICT', 'This question has been asked already.');
  if (!question.skippedAt) await manager.update(Question, { id: questionId }, { skippedAt: () => 'now()' });
  return id;
}

/**
 * Puts the questions in another order.
 *
 * @throws OperationFailure NOT_FOUND, INVALID_INPUT, CONFLICT when they are not in the order that was seen
 */
export async function reorderQuestions(
  manager: EntityManager,
  person: SignedInPerson,
  { id, seen, order }: ParsedInputOf<'live.reorder'>,
): Promise<void> {
  requireNotEnded(await holdForChange(manager, person, { interviewId: id }, 'panel'));
  const now = await idsInOrder(manager, id);
  if (now.join() !== seen.join()) {
    throw new OperationFailure(
      'CONFLICT',
      'Somebody else has just changed the questions. Look at them again.',
      {
        order: now,
      },
    );
  }
  if (
    order.length !== now.length ||
    new Set(order).size !== now.length ||
    !order.every((one) => now.includes(one))
  ) {
    throw new OperationFailure('INVALID_INPUT', 'The order must name each question of this interview once.');
  }
  await writeOrder(manager, order);
}

/**
 * Adds a question after another one, or at the end. It has the limits of the others.
 *
 * @returns its id
 * @throws OperationFailure NOT_FOUND, CONFLICT
 */
export async function addQuestion(
  manager: EntityManager,
  person: SignedInPerson,
  { id, afterId, question }: ParsedInputOf<'live.addQuestion'>,
): Promise<string> {
  requireNotEnded(await holdForChange(manager, person, { interviewId: id }, 'panel'));
  const order = await idsInOrder(manager, id);
  const asked =
    question.type === 'LIBRARY' ? await ofLibrary(manager, question.libraryQuestionId) : onTheSpot(question);
  const like = await manager.findOneBy(Question, { interviewId: id });
  const { thinkTimeMs, answerTimeMs, takesAllowed } = like ?? usualLimits;
  const questionId = v7();
  await manager.insert(Question, {
    ...{ id: questionId, interviewId: id, position: order.length, ...asked },
    ...{ thinkTimeMs, answerTimeMs, takesAllowed },
  });
  const place = afterId === null ? -1 : order.indexOf(afterId);
  await writeOrder(manager, order.toSpliced(place === -1 ? order.length : place + 1, 0, questionId));
  return questionId;
}

async function ofLibrary(manager: EntityManager, libraryQuestionId: string) {
  const found = await manager.findOneBy(LibraryQuestion, { id: libraryQuestionId });
  if (!found) throw new OperationFailure('NOT_FOUND', 'This question is not in the library any more.');
  if (found.archivedAt) {
    throw new OperationFailure(
      'CONFLICT',
      'This question has been archived. Restore it in the library first.',
    );
  }
  const { content, difficulty, competency, covers, probes, levels } = found;
  return { libraryQuestionId, content, difficulty, competency, covers, probes, levels };
}

/** Nobody has written a rubric for it, so the levels are the usual ones of its competency. */
function onTheSpot({
  content,
  difficulty,
  competency,
}: Extract<ParsedInputOf<'live.addQuestion'>['question'], { type: 'NEW' }>) {
  return { content, difficulty, competency, covers: [], probes: [], levels: usualAnchors(competency) };
}

async function idsInOrder(manager: EntityManager, interviewId: string): Promise<string[]> {
  const questions = await manager.find(Question, {
    select: { id: true },
    where: { interviewId },
    order: { position: 'ASC' },
  });
  return questions.map(({ id }) => id);
}

/** A position is one question's only, at any moment: so all go out of the way first. */
async function writeOrder(manager: EntityManager, order: readonly string[]): Promise<void> {
  await manager.update(Question, { id: In([...order]) }, { position: () => '-1 - position' });
  await manager.query(
    `UPDATE questions SET position = place.position - 1, updated_at = now()
     FROM unnest($1::uuid[]) WITH ORDINALITY AS place (id, position)
     WHERE questions.id = place.id`,
    [order],
  );
}

async function holdRunning(
  manager: EntityManager,
  person: SignedInPerson,
  part: { questionId: string } | { interviewId: string },
): Promise<OwnInterview> {
  const interview = await holdForChange(manager, person, part, 'panel');
  if (interview.kind !== 'LIVE') throw notLive();
  requireInProgress(interview);
  return interview;
}

function requireNotEnded(interview: OwnInterview): void {
  if (interview.kind !== 'LIVE') throw notLive();
  if (interview.status !== 'PENDING') requireInProgress(interview);
}

/** In a one-way interview the candidate is alone with the questions. */
export function notLive(): OperationFailure {
  return new OperationFailure('CONFLICT', 'This is not a live interview.');
}
