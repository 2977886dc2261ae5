import { type EntityManager, In } from 'typeorm';
import { v7 } from 'uuid';
import type { ParsedInputOf } from '../../shared/contract/index.ts';
import type { OwnScorecard } from '../../shared/contract/scorecards.ts';
import { Question, Rating, Scorecard, ScorecardEvent } from '../database/entities/index.ts';
import { holdForChange } from '../interviews/own-interview.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

/** One's own scorecard of an interview; an empty draft where nothing was written yet. */
export async function readOwnScorecard(
  manager: EntityManager,
  person: SignedInPerson,
  interviewId: string,
): Promise<OwnScorecard> {
  const scorecard = await manager.findOneBy(Scorecard, { interviewId, interviewerId: person.id });
  const ratings = scorecard ? await manager.findBy(Rating, { scorecardId: scorecard.id }) : [];
  return {
    state: scorecard?.state ?? 'DRAFT',
    recommendation: scorecard?.recommendation ?? null,
    takeaways: scorecard?.takeaways ?? '',
    privateNotes: scorecard?.privateNotes ?? '',
    sharedNotes: scorecard?.sharedNotes ?? '',
    submittedAt: scorecard?.submittedAt?.toISOString() ?? null,
    updatedAt: scorecard?.updatedAt.toISOString() ?? null,
    events: scorecard ? ((await readEvents(manager, [scorecard])).get(scorecard.id) ?? []) : [],
    ratings: ratings.map(({ questionId, competency, level, evidence }) => ({
      ...{ questionId, competency, level, evidence },
    })),
  };
}

/** What has left a trace on scorecards, each in its order, by the scorecard's id. */
export async function readEvents(
  manager: EntityManager,
  scorecards: readonly Scorecard[],
): Promise<Map<string, OwnScorecard['events']>> {
  const events = await manager.find(ScorecardEvent, {
    where: { scorecardId: In(scorecards.map(({ id }) => id)) },
    order: { id: 'ASC' },
  });
  const found = new Map<string, OwnScorecard['events']>(scorecards.map(({ id }) => [id, []]));
  for (const { scorecardId, act, reason, createdAt } of events) {
    found.get(scorecardId)?.push({ act, reason, at: createdAt.toISOString() });
  }
  return found;
}

/**
 * Rates an answer or a competency on one's own scorecard, which is made where there is none; null takes the rating back.
 *
 * @throws OperationFailure NOT_FOUND; CONFLICT once it is submitted, before the interview has begun, and when another window
 *   has changed what this would change
 */
export async function rate(
  manager: EntityManager,
  person: SignedInPerson,
  { interviewId, subject, seen, level, evidence }: ParsedInputOf<'scorecards.rate'>,
): Promise<void> {
  const scorecard = await holdOwnDraft(manager, person, interviewId);
  if ('questionId' in subject) {
    const { questionId } = subject;
    if (!(await manager.existsBy(Question, { id: questionId, interviewId }))) {
      throw new OperationFailure('NOT_FOUND', 'This question is not in this interview.');
    }
  }
  const which = { scorecardId: scorecard.id, ...subject };
  const now = await manager.findOneBy(Rating, which);
  const overLevel = level !== (now?.level ?? null) && (seen?.level ?? null) !== (now?.level ?? null);
  const overEvidence =
    (level === null || (evidence !== undefined && evidence !== now?.evidence)) &&
    (seen?.evidence ?? '') !== (now?.evidence ?? '');
  if (overLevel || overEvidence) {
    throw new OperationFailure(
      'CONFLICT',
      'You have changed this rating in another window. Look at it there.',
      {
        current: await readOwnScorecard(manager, person, interviewId),
      },
    );
  }
  if (level === null) {
    await manager.delete(Rating, which);
    return;
  }
  const change = evidence === undefined ? { level } : { level, evidence };
  if (now) await manager.update(Rating, { id: now.id }, change);
  else await manager.insert(Rating, { id: v7(), ...which, ...change });
}

/**
 * One's own scorecard as a draft, made where there is none, held with its interview until the transaction ends.
 *
 * @throws OperationFailure NOT_FOUND, CONFLICT before the interview has begun, and once it is submitted
 */
export async function holdOwnDraft(
  manager: EntityManager,
  person: SignedInPerson,
  interviewId: string,
): Promise<Scorecard> {
  const interview = await holdForChange(manager, person, { interviewId }, 'panel');
  if (interview.status === 'PENDING') {
    throw new OperationFailure('CONFLICT', 'This interview has not begun yet, so there is nothing to rate.');
  }
  const which = { interviewId, interviewerId: person.id };
  await manager
    .createQueryBuilder()
    .insert()
    .into(Scorecard)
    .values({ id: v7(), ...which })
    .orIgnore()
    .execute();
  const scorecard = await manager.findOneByOrFail(Scorecard, which);
  if (scorecard.state === 'SUBMITTED') {
    throw new OperationFailure('CONFLICT', 'Your scorecard is submitted. Reopen it to change something.');
  }
  return scorecard;
}
