import { type DataSource, type EntityManager, IsNull, Not } from 'typeorm';
import { restorableDays } from '../../shared/model/limits.ts';
import { Answer, Take } from '../database/entities/index.ts';
import { makeChosen } from '../database/make-chosen.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import type { ChangedQuestion } from './answers.ts';
import { type AccessAs, holdForChange } from './own-interview.ts';
import { readQuestion } from './read-questions.ts';
import { refuseRemoved } from './removed-take.ts';

/**
 * The person keeps a take that was recovered after a crash: it is not offered any more. Harmless when repeated.
 *
 * @throws OperationFailure NOT_FOUND, CONFLICT for a take that was not recovered, or was discarded
 */
export function keepTake(
  dataSource: DataSource,
  person: SignedInPerson,
  takeId: string,
  as?: AccessAs,
): Promise<ChangedQuestion> {
  return change(dataSource, person, { takeId, as }, async (manager, take) => {
    if (take.discardedAt) {
      throw new OperationFailure('CONFLICT', 'This recording was discarded. Bring it back first.');
    }
    await manager.update(Take, { id: take.id, keptAt: IsNull() }, { keptAt: () => 'now()' });
  });
}

/**
 * The person does not want a recovered take: it counts for nothing from now on, neither as an answer nor as one of the
 * attempts allowed. Where it was the chosen one, the newest of the others takes its place. Nothing is deleted yet.
 * Harmless when repeated.
 *
 * @throws OperationFailure NOT_FOUND, CONFLICT for a take that was not recovered
 */
export function discardTake(
  dataSource: DataSource,
  person: SignedInPerson,
  takeId: string,
  as?: AccessAs,
): Promise<ChangedQuestion> {
  return change(dataSource, person, { takeId, as }, async (manager, take) => {
    if (take.discardedAt) return;
    if (take.chosen) {
      const other = await manager.findOne(Take, {
        where: {
          answerId: take.answerId,
          id: Not(take.id),
          state: Not('RECORDING'),
          discardedAt: IsNull(),
          removedAt: IsNull(),
        },
        order: { number: 'DESC' },
      });
      await makeChosen(manager, take.answerId, other?.id ?? null);
    }
    await manager.update(Take, { id: take.id }, { discardedAt: () => 'now()' });
  });
}

/**
 * Brings a discarded take back. Whoever does so wants to keep it. Harmless for one that is there.
 *
 * @param restored.chosen whether it was the chosen one; it becomes so in any case where no other is
 * @throws OperationFailure NOT_FOUND, also when its file may be gone for good
 */
export function restoreTake(
  dataSource: DataSource,
  person: SignedInPerson,
  restored: { takeId: string; chosen: boolean },
  as?: AccessAs,
): Promise<ChangedQuestion> {
  return change(dataSource, person, { takeId: restored.takeId, as }, async (manager, take) => {
    if (!take.discardedAt) return;
    const { affected } = await manager
      .createQueryBuilder()
      .update(Take)
      .set({ discardedAt: null, keptAt: () => 'now()' })
      .where('id = :id AND erased_at IS NULL AND discarded_at > now() - make_interval(days => :days)', {
        id: take.id,
        days: restorableDays,
      })
      .execute();
    if (affected === 0) {
      throw new OperationFailure(
        'NOT_FOUND',
        take.erasedAt
          ? 'This recording was deleted for good: its candidate does not agree to it any more.'
          : `A discarded recording can be brought back for ${restorableDays} days, and they are over.`,
      );
    }
    const hasChosen = await manager.existsBy(Take, { answerId: take.answerId, chosen: true });
    if (restored.chosen || !hasChosen) await makeChosen(manager, take.answerId, take.id);
  });
}

/** Holds interview and answer, in this order as everywhere, and changes a recovered take of theirs. */
function change(
  dataSource: DataSource,
  person: SignedInPerson,
  { takeId, as }: { takeId: string; as: AccessAs | undefined },
  work: (manager: EntityManager, take: Take) => Promise<void>,
): Promise<ChangedQuestion> {
  return dataSource.transaction(async (manager) => {
    const interview = await holdForChange(manager, person, { takeId }, as);
    const { answerId } = await manager.findOneByOrFail(Take, { id: takeId });
    const answer = await manager.findOneOrFail(Answer, {
      where: { id: answerId },
      lock: { mode: 'pessimistic_write' },
    });
    const take = await manager.findOneByOrFail(Take, { id: takeId });
    if (!take.recovered || take.state === 'RECORDING') {
      throw new OperationFailure(
        'CONFLICT',
        'Only a recording that was recovered after a break-off can be kept or discarded.',
      );
    }
    refuseRemoved(take);
    await work(manager, take);
    return { interviewId: interview.id, question: await readQuestion(manager, answer.questionId) };
  });
}
