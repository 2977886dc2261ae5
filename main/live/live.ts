import type { DataSource, EntityManager } from 'typeorm';
import type { EventHub } from '../events.ts';
import { type ChangedQuestion, chooseTake } from '../interviews/answers.ts';
import { moveInterview, requireMove } from '../interviews/interview-status.ts';
import {
  holdForChange,
  type OwnInterview,
  ownInterview,
  requireInProgress,
} from '../interviews/own-interview.ts';
import { discardTake, keepTake, restoreTake } from '../interviews/recovered-takes.ts';
import type { HandlersOf, SignedInPerson } from '../operations/handlers.ts';
import { readCandidateView } from './candidate-view.ts';
import { addQuestion, askQuestion, notLive, passOver, reorderQuestions } from './questions.ts';

/** Windows beside the main one, where the host has them. */
export interface Windows {
  /** Opens the candidate's window of a live interview, or brings it to the front. */
  openCandidateView(interviewId: string): void;
}

/** Holding a live interview, from its start to its end. */
export function createLive(parts: {
  database: { readonly dataSource: DataSource };
  events: EventHub;
  recordings: { stopTakesOf(interviewId: string): Promise<void> };
  windows?: Windows;
}): { handlers: HandlersOf<'live'> } {
  const { database, events, recordings, windows } = parts;
  const changed = (interviewId: string) => events.publish('desk.changed', { interviewId });
  const inTransaction = <T>(work: (manager: EntityManager) => Promise<T>): Promise<T> =>
    database.dataSource.transaction(work);

  /** A one-way interview is refused before anything is done: in it the candidate alone agrees, records and ends. */
  async function requireLive(person: SignedInPerson, interviewId: string): Promise<OwnInterview> {
    const interview = await ownInterview(database.dataSource.manager, person, { interviewId }, 'panel');
    if (interview.kind !== 'LIVE') throw notLive();
    return interview;
  }

  async function move(person: SignedInPerson, id: string, to: 'IN_PROGRESS' | 'COMPLETED'): Promise<void> {
    await inTransaction(async (manager) => {
      const interview = await holdForChange(manager, person, { interviewId: id }, 'panel');
      if (interview.kind !== 'LIVE') throw notLive();
      await moveInterview(manager, interview, to);
    });
    changed(id);
  }

  async function pauseOrGoOn(person: SignedInPerson, id: string, statement: string): Promise<void> {
    await inTransaction(async (manager) => {
      const interview = await holdForChange(manager, person, { interviewId: id }, 'panel');
      if (interview.kind !== 'LIVE') throw notLive();
      requireInProgress(interview);
      await manager.query(statement, [id]);
    });
    changed(id);
  }

  async function changeTake(change: Promise<ChangedQuestion>): Promise<void> {
    changed((await change).interviewId);
  }

  return {
    handlers: {
      'live.start': ({ input, person }) => move(person, input.id, 'IN_PROGRESS'),

      async 'live.ask'({ input, person }) {
        changed(await inTransaction((manager) => askQuestion(manager, person, input)));
      },
      async 'live.passOver'({ input, person }) {
        changed(await inTransaction((manager) => passOver(manager, person, input.questionId)));
      },
      async 'live.reorder'({ input, person }) {
        await inTransaction((manager) => reorderQuestions(manager, person, input));
        changed(input.id);
      },
      async 'live.addQuestion'({ input, person }) {
        const questionId = await inTransaction((manager) => addQuestion(manager, person, input));
        changed(input.id);
        return { questionId };
      },

      'live.pause': ({ input, person }) =>
        pauseOrGoOn(
          person,
          input.id,
          'UPDATE interviews SET paused_at = coalesce(paused_at, now()), updated_at = now() WHERE id = $1',
        ),
      'live.goOn': ({ input, person }) =>
        pauseOrGoOn(
          person,
          input.id,
          `UPDATE interviews SET
             paused_ms = paused_ms + (extract(epoch FROM now() - paused_at) * 1000)::integer,
             current_since = current_since + (now() - paused_at),
             paused_at = NULL, updated_at = now()
           WHERE id = $1 AND paused_at IS NOT NULL`,
        ),

      async 'live.end'({ input: { id }, person }) {
        requireMove((await requireLive(person, id)).status, 'COMPLETED');
        await recordings.stopTakesOf(id);
        await move(person, id, 'COMPLETED');
      },

      'live.keepTake': ({ input, person }) =>
        changeTake(keepTake(database.dataSource, person, input.takeId, 'livePanel')),
      'live.discardTake': ({ input, person }) =>
        changeTake(discardTake(database.dataSource, person, input.takeId, 'livePanel')),
      'live.restoreTake': ({ input, person }) =>
        changeTake(restoreTake(database.dataSource, person, input, 'livePanel')),
      'live.chooseTake': ({ input, person }) =>
        changeTake(chooseTake(database.dataSource, person, input.takeId, 'livePanel')),

      async 'live.openCandidateView'({ input: { id }, person }) {
        await requireLive(person, id);
        windows?.openCandidateView(id);
        return { opened: windows !== undefined };
      },
      'live.candidateView': ({ input, person }) =>
        readCandidateView(database.dataSource.manager, person, input.id),
    },
  };
}
