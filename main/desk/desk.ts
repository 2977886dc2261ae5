import type { DataSource } from 'typeorm';
import type { EventHub } from '../events.ts';
import { deleteInterview, restoreInterview } from '../interviews/deleted-interviews.ts';
import { moveInterview, requireMove } from '../interviews/interview-status.ts';
import { holdForChange, ownInterview } from '../interviews/own-interview.ts';
import type { Library } from '../library/library.ts';
import type { Log } from '../log.ts';
import type { HandlersOf } from '../operations/handlers.ts';
import { composeInterview } from './compose-interview.ts';
import { eraseRecordings, noteConsent } from './consents.ts';
import { listDesk } from './list-desk.ts';
import { listInterviewers, setPanel } from './panel.ts';
import { readDeskInterview } from './read-desk-interview.ts';
import { momentOrNull, reschedule } from './reschedule.ts';

export interface Desk {
  readonly handlers: HandlersOf<'desk'>;
}

/** The interviewer's desk: live and one-way interviews as those on their panels see them. */
export function createDesk({
  database,
  events,
  library,
  recordings,
  log,
}: {
  database: { readonly dataSource: DataSource };
  events: EventHub;
  library: Pick<Library, 'draw'>;
  recordings: {
    stopTakesOf(interviewId: string): Promise<void>;
    deleteGoneTakes(): Promise<void>;
  };
  log: Log;
}): Desk {
  const changed = (interviewId: string) => events.publish('desk.changed', { interviewId });

  return {
    handlers: {
      'desk.interview': ({ input, person }) =>
        readDeskInterview(database.dataSource.manager, person, input.id),
      'desk.list': ({ input, person }) => listDesk(database.dataSource, person, input),
      'desk.interviewers': () => listInterviewers(database.dataSource.manager),

      async 'desk.schedule'({ input, person }) {
        const { kind, candidateId, kitId, panel, scheduledAt, dueAt } = input;
        const id = await database.dataSource.transaction((manager) =>
          composeInterview(manager, library, {
            ...{ kind, candidateId, kitId, panel, interviewerId: person.id },
            ...{ scheduledAt: momentOrNull(scheduledAt), dueAt: momentOrNull(dueAt) },
          }),
        );
        changed(id);
        return { id };
      },

      async 'desk.reschedule'({ input, person }) {
        await database.dataSource.transaction((manager) => reschedule(manager, person, input));
        changed(input.id);
      },

      async 'desk.setPanel'({ input, person }) {
        await database.dataSource.transaction((manager) => setPanel(manager, person, input));
        changed(input.id);
      },

      async 'desk.recordConsent'({ input: { id, ...said }, person }) {
        await database.dataSource.transaction((manager) =>
          noteConsent(manager, person, { interviewId: id, ...said }),
        );
        // Nothing can begin any more; what runs ends here, and is kept.
        if (said.decision === 'DECLINED') await recordings.stopTakesOf(id);
        changed(id);
      },

      async 'desk.eraseRecordings'({ input: { id }, person }) {
        const erased = await database.dataSource.transaction((manager) =>
          eraseRecordings(manager, person, id),
        );
        log.info(
          { interviewId: id, erased },
          'recordings erased, since the candidate does not agree to them',
        );
        changed(id);
        // Nobody gets to hear them any more. Should a file stay behind, it is tried again with those that are due.
        await recordings.deleteGoneTakes().catch((error: unknown) => {
          log.error({ interviewId: id, err: error }, 'files of erased recordings could not be removed yet');
        });
        return { erased };
      },

      async 'desk.cancel'({ input: { id }, person }) {
        const part = { interviewId: id };
        const interview = await ownInterview(database.dataSource.manager, person, part, 'panel');
        requireMove(interview.status, 'ABANDONED');
        await recordings.stopTakesOf(id);
        await database.dataSource.transaction(async (manager) =>
          moveInterview(manager, await holdForChange(manager, person, part, 'panel'), 'ABANDONED'),
        );
        changed(id);
      },

      async 'desk.delete'({ input: { id }, person }) {
        await ownInterview(database.dataSource.manager, person, { interviewId: id }, 'panel');
        await recordings.stopTakesOf(id);
        await deleteInterview(database.dataSource, person, id, 'panel');
        changed(id);
      },

      async 'desk.restore'({ input: { id }, person }) {
        await restoreInterview(database.dataSource, person, id, 'panel');
        changed(id);
      },
    },
  };
}
