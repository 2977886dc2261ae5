import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { ParsedInputOf } from '../../shared/contract/index.ts';
import { competencyLabel } from '../../shared/model/competencies.ts';
import { Interview, Rating, Scorecard, ScorecardEvent } from '../database/entities/index.ts';
import { holdForChange } from '../interviews/own-interview.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { holdOwnDraft, readOwnScorecard } from './own-scorecard.ts';
import { updateScores } from './scores.ts';

/**
 * Writes on one's own scorecard what is given, and leaves the rest.
 *
 * @throws OperationFailure NOT_FOUND; CONFLICT when another window has changed it, with what it says now, or once submitted
 */
export async function write(
  manager: EntityManager,
  person: SignedInPerson,
  { interviewId, seen, ...given }: ParsedInputOf<'scorecards.write'>,
): Promise<void> {
  const scorecard = await holdSeen(manager, person, interviewId, seen);
  // One more than a moment ago: two changes of one millisecond are still told apart.
  const updatedAt = new Date(Math.max(Date.now(), scorecard.updatedAt.getTime() + 1));
  await manager.update(Scorecard, { id: scorecard.id }, { ...given, updatedAt });
}

/**
 * Submits one's own scorecard: it is locked from now on, and the others' can be seen.
 *
 * @throws OperationFailure NOT_FOUND; CONFLICT when another window has changed it; INVALID_INPUT with details.missing
 */
export async function submit(
  manager: EntityManager,
  person: SignedInPerson,
  { interviewId, seen }: ParsedInputOf<'scorecards.submit'>,
): Promise<void> {
  const scorecard = await holdSeen(manager, person, interviewId, seen);
  const missing = await whatIsMissing(manager, interviewId, scorecard);
  if (missing.length > 0) {
    throw new OperationFailure('INVALID_INPUT', `Before you submit, please give ${listed(missing)}.`, {
      missing,
    });
  }
  const submittedAt = new Date();
  await manager.update(Scorecard, { id: scorecard.id }, { state: 'SUBMITTED', submittedAt });
  await manager.insert(ScorecardEvent, { id: v7(), scorecardId: scorecard.id, act: 'SUBMITTED' });
  await updateScores(manager, interviewId);
}

/**
 * Makes one's own submitted scorecard a draft again. That it was, and why, stays to be seen.
 *
 * @throws OperationFailure NOT_FOUND, CONFLICT for one that is not submitted
 */
export async function reopen(
  manager: EntityManager,
  person: SignedInPerson,
  { interviewId, reason }: ParsedInputOf<'scorecards.reopen'>,
): Promise<void> {
  await holdForChange(manager, person, { interviewId }, 'panel');
  const scorecard = await manager.findOneBy(Scorecard, { interviewId, interviewerId: person.id });
  if (scorecard?.state !== 'SUBMITTED') {
    throw new OperationFailure('CONFLICT', 'Your scorecard is not submitted, so it is open already.');
  }
  await manager.update(Scorecard, { id: scorecard.id }, { state: 'DRAFT', submittedAt: null });
  await manager.insert(ScorecardEvent, { id: v7(), scorecardId: scorecard.id, act: 'REOPENED', reason });
  await updateScores(manager, interviewId);
}

async function holdSeen(
  manager: EntityManager,
  person: SignedInPerson,
  interviewId: string,
  seen: string | null,
): Promise<Scorecard> {
  const before = await manager.findOneBy(Scorecard, { interviewId, interviewerId: person.id });
  const scorecard = await holdOwnDraft(manager, person, interviewId);
  if (before && seen !== before.updatedAt.toISOString()) {
    throw new OperationFailure('CONFLICT', 'You have changed this scorecard in another window.', {
      current: await readOwnScorecard(manager, person, interviewId),
    });
  }
  return scorecard;
}

async function whatIsMissing(
  manager: EntityManager,
  interviewId: string,
  { id, recommendation }: Scorecard,
): Promise<string[]> {
  const { rubric } = await manager.findOneByOrFail(Interview, { id: interviewId });
  const ratings = await manager.findBy(Rating, { scorecardId: id });
  const rated = new Set(ratings.map(({ competency }) => competency));
  const unrated = rubric.filter(({ key }) => !rated.has(key));
  return [
    ...(recommendation ? [] : ['a recommendation']),
    ...unrated.map(({ key }) => `a rating of ${competencyLabel(key)}`),
  ];
}

function listed(things: readonly string[]): string {
  return things.length < 2 ? things.join() : `${things.slice(0, -1).join(', ')} and ${things.at(-1)}`;
}
