import { type EntityManager, In } from 'typeorm';
import type { Debrief, Debriefed, Rating as RatingShape } from '../../shared/contract/scorecards.ts';
import type { Level } from '../../shared/model/rating.ts';
import { spreadOf } from '../../shared/model/spread.ts';
import { PanelMember, Rating, Scorecard } from '../database/entities/index.ts';
import { ownInterview } from '../interviews/own-interview.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { readEvents } from './own-scorecard.ts';

/**
 * The panel's scorecards side by side. Of one that is not submitted there is nothing but whose it is.
 *
 * @throws OperationFailure NOT_FOUND; FORBIDDEN until one's own is submitted
 */
export async function readDebrief(
  manager: EntityManager,
  person: SignedInPerson,
  interviewId: string,
): Promise<Debrief> {
  await ownInterview(manager, person, { interviewId }, 'panel');
  const cards = await manager.findBy(Scorecard, { interviewId });
  if (cards.find(({ interviewerId }) => interviewerId === person.id)?.state !== 'SUBMITTED') {
    throw new OperationFailure(
      'FORBIDDEN',
      'Submit your own scorecard first. So that each judges for themselves, the others’ show only then.',
    );
  }
  const panel = await manager.find(PanelMember, {
    where: { interviewId },
    relations: { user: true },
    order: { id: 'ASC' },
  });
  const submitted = cards.filter(({ state }) => state === 'SUBMITTED');
  const ratings = await manager.findBy(Rating, { scorecardId: In(submitted.map(({ id }) => id)) });
  const events = await readEvents(manager, cards);
  const scorecards = panel.map(({ user }): Debriefed => {
    const card = cards.find(({ interviewerId }) => interviewerId === user.id);
    return {
      interviewer: { id: user.id, name: user.name },
      state: card?.state ?? 'NONE',
      submitted: card ? contentOf(card, ratings) : null,
      events: (card && events.get(card.id)) ?? [],
    };
  });
  return { scorecards, spreads: spreadsOf(ratings) };
}

function contentOf(card: Scorecard, ratings: readonly Rating[]): Debriefed['submitted'] {
  const { recommendation, takeaways, sharedNotes, submittedAt } = card;
  if (card.state !== 'SUBMITTED' || !recommendation || !submittedAt) return null;
  return {
    ...{ recommendation, takeaways, sharedNotes, submittedAt: submittedAt.toISOString() },
    ratings: ratings
      .filter(({ scorecardId }) => scorecardId === card.id)
      .map(
        ({ questionId, competency, level, evidence }): RatingShape => ({
          ...{ questionId, competency, level, evidence },
        }),
      ),
  };
}

function spreadsOf(ratings: readonly Rating[]): Debrief['spreads'] {
  const subjects = new Map<
    string,
    { questionId: string | null; competency: string | null; levels: Level[] }
  >();
  for (const { questionId, competency, level } of ratings) {
    const key = JSON.stringify([questionId, competency]);
    const subject = subjects.get(key) ?? { questionId, competency, levels: [] };
    subject.levels.push(level);
    subjects.set(key, subject);
  }
  return [...subjects.values()].flatMap(({ questionId, competency, levels }) => {
    const spread = spreadOf(levels);
    return spread ? [{ questionId, competency, ...spread }] : [];
  });
}
