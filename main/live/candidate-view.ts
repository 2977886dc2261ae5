import type { EntityManager } from 'typeorm';
import type { CandidateView } from '../../shared/contract/live.ts';
import { Interview, Question } from '../database/entities/index.ts';
import { ownInterview } from '../interviews/own-interview.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { notLive } from './questions.ts';

/**
 * What the candidate may see while somebody interviews them: the question and its time. Neither the title nor anything
 * of what is judged.
 *
 * @throws OperationFailure NOT_FOUND, CONFLICT
 */
export async function readCandidateView(
  manager: EntityManager,
  person: SignedInPerson,
  interviewId: string,
): Promise<CandidateView> {
  const { kind, deletedAt } = await ownInterview(manager, person, { interviewId }, 'panel');
  if (kind !== 'LIVE') throw notLive();
  const interview = await manager.findOneByOrFail(Interview, { id: interviewId });
  if (deletedAt || interview.endedAt) return { state: 'ENDED', question: null };
  const { currentQuestionId: id, currentSince } = interview;
  const question = id && currentSince ? await manager.findOneBy(Question, { id }) : null;
  if (interview.status !== 'IN_PROGRESS' || !question || !currentSince)
    return { state: 'WAITING', question: null };
  return {
    state: interview.pausedAt ? 'BREAK' : 'QUESTION',
    question: {
      content: question.content,
      since: currentSince.toISOString(),
      answerTimeMs: question.answerTimeMs,
    },
  };
}
