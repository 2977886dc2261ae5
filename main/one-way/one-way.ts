import type { DataSource, EntityManager } from 'typeorm';
import type { OneWayInterview } from '../../shared/contract/one-way.ts';
import { Interview } from '../database/entities/index.ts';
import { recordOwnConsent } from '../desk/consents.ts';
import type { EventHub } from '../events.ts';
import { type ChangedQuestion, chooseTake } from '../interviews/answers.ts';
import { moveInterview } from '../interviews/interview-status.ts';
import { holdForChange, holdOwnInterview, notFound } from '../interviews/own-interview.ts';
import { discardTake, keepTake, restoreTake } from '../interviews/recovered-takes.ts';
import type { HandlersOf, SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { askQuestion, saveAnswer, skipQuestion, submitInterview } from './course.ts';
import { listOneWay, readOneWay } from './read-one-way.ts';

type Decision = { consentTextId: string; decision: 'AGREED' | 'DECLINED' };

/** The candidate's side of one-way interviews: they answer alone, submit, and see nothing of how they are judged. */
export function createOneWay(parts: {
  database: { readonly dataSource: DataSource };
  events: EventHub;
  recordings: { stopTakesOf(interviewId: string): Promise<void> };
}): { handlers: HandlersOf<'oneWay'> } {
  const { database, events, recordings } = parts;
  const inTransaction = <T>(work: (manager: EntityManager) => Promise<T>): Promise<T> =>
    database.dataSource.transaction(work);
  const get = (person: SignedInPerson, id: string) => readOneWay(database.dataSource.manager, person, id);

  /** Tells the panel as well, and gives the interview as it is now. */
  async function changed(person: SignedInPerson, id: string): Promise<OneWayInterview> {
    events.publish('desk.changed', { interviewId: id });
    return get(person, id);
  }

  async function begin(
    manager: EntityManager,
    person: SignedInPerson,
    { id, consent }: { id: string; consent: Decision | null },
  ): Promise<void> {
    const interview = await holdOwnInterview(manager, person, { interviewId: id }, 'oneWay');
    if (interview.deletedAt) throw notFound('interview');
    await moveInterview(manager, interview, 'IN_PROGRESS');
    const { consentTextId } = await manager.findOneByOrFail(Interview, { id });
    if (consentTextId !== null && consent === null) {
      throw new OperationFailure(
        'CONFLICT',
        'Please say first whether you agree to be recorded. You may decline.',
      );
    }
    if (consent) await recordOwnConsent(manager, person, { interviewId: id, ...consent });
  }

  async function changeTake(
    person: SignedInPerson,
    change: Promise<ChangedQuestion>,
  ): Promise<OneWayInterview> {
    return changed(person, (await change).interviewId);
  }

  return {
    handlers: {
      'oneWay.mine': ({ input, person }) => listOneWay(database.dataSource.manager, person, input),
      'oneWay.get': ({ input, person }) => get(person, input.id),

      async 'oneWay.begin'({ input, person }) {
        await inTransaction((manager) => begin(manager, person, input));
        return changed(person, input.id);
      },
      async 'oneWay.recordConsent'({ input: { id, ...decision }, person }) {
        await inTransaction((manager) => recordOwnConsent(manager, person, { interviewId: id, ...decision }));
        // Nothing can begin any more; what runs ends here, and is kept.
        if (decision.decision === 'DECLINED') await recordings.stopTakesOf(id);
        return changed(person, id);
      },

      async 'oneWay.ask'({ input, person }) {
        return changed(
          person,
          await inTransaction((manager) => askQuestion(manager, person, input.questionId)),
        );
      },
      async 'oneWay.skip'({ input, person }) {
        return changed(
          person,
          await inTransaction((manager) => skipQuestion(manager, person, input.questionId)),
        );
      },
      async 'oneWay.saveAnswer'({ input, person }) {
        await inTransaction((manager) => saveAnswer(manager, person, input));
      },

      'oneWay.chooseTake': ({ input, person }) =>
        changeTake(person, chooseTake(database.dataSource, person, input.takeId, 'oneWay')),
      'oneWay.keepTake': ({ input, person }) =>
        changeTake(person, keepTake(database.dataSource, person, input.takeId, 'oneWay')),
      'oneWay.discardTake': ({ input, person }) =>
        changeTake(person, discardTake(database.dataSource, person, input.takeId, 'oneWay')),
      'oneWay.restoreTake': ({ input, person }) =>
        changeTake(person, restoreTake(database.dataSource, person, input, 'oneWay')),

      async 'oneWay.submit'({ input: { id }, person }) {
        // Refused before anything is stopped.
        await inTransaction((manager) => holdForChange(manager, person, { interviewId: id }, 'oneWay'));
        await recordings.stopTakesOf(id);
        await inTransaction((manager) => submitInterview(manager, person, id));
        return changed(person, id);
      },
    },
  };
}
