import type { DataSource } from 'typeorm';
import type { Interview } from '../../shared/contract/interviews.ts';
import { breaksConstraint } from '../database/breaks-constraint.ts';
import type { EventHub } from '../events.ts';
import { type JobReports, jobFailureWords, unreported } from '../jobs/failed-jobs.ts';
import type { Library } from '../library/library.ts';
import type { Log } from '../log.ts';
import type { HandlersOf, SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { chooseTake, rateAnswer, saveTranscript } from './answers.ts';
import { deleteInterview, restoreInterview } from './deleted-interviews.ts';
import { moveInterview, requireMove } from './interview-status.ts';
import { listInterviews } from './list-interviews.ts';
import { holdForChange, ownInterview, refuseDeleted } from './own-interview.ts';
import { createPractice } from './practice.ts';
import { purgeDeleted } from './purge.ts';
import { askQuestion, skipQuestion } from './questions.ts';
import { readInterview, readInterviewRow } from './read-interviews.ts';
import { discardTake, keepTake, restoreTake } from './recovered-takes.ts';

/** What interviews ask of the recordings. */
export interface InterviewRecordings {
  /** Ends whatever is being recorded in an interview, with everything kept. */
  stopTakesOf(interviewId: string): Promise<void>;
  /** The interviews of which this machine has files. */
  interviewsWithFiles(): Promise<string[]>;
  /** Removes every file of an interview. No error if there is none. */
  deleteInterviewFiles(interviewId: string): Promise<void>;
  /** Removes the files of takes that were discarded longer ago than they can be brought back, or went by a retention rule. */
  deleteGoneTakes(): Promise<void>;
}

export interface Interviews {
  readonly handlers: HandlersOf<'practice' | 'interviews' | 'questions' | 'answers'>;
  /** Removes for good what was deleted or discarded longer ago than it can be restored. Never rejects: failures are logged. */
  purgeDeleted(): Promise<void>;
  close(): void;
}

const purgeEveryMs = 60 * 60_000;

const NOT_PURGED =
  'Files of deleted interviews are still there. It is tried again every hour. The log has the details.';

/** Interviews, from being made to being reviewed and deleted. */
export function createInterviews(parts: {
  database: { readonly dataSource: DataSource };
  events: EventHub;
  log: Log;
  library: Library;
  recordings: InterviewRecordings;
  jobs?: JobReports;
}): Interviews {
  const { database, events, log, library, recordings, jobs = unreported } = parts;

  const changed = (person: SignedInPerson, interviewId: string) =>
    events.publish('interviews.changed', { interviewId }, { personId: person.id });

  const get = (person: SignedInPerson, id: string): Promise<Interview> =>
    readInterview(database.dataSource.manager, person, id);

  const begin = async (person: SignedInPerson, id: string): Promise<Interview> => {
    try {
      await database.dataSource.transaction(async (manager) => {
        const interview = await holdForChange(manager, person, { interviewId: id });
        await moveInterview(manager, interview, 'IN_PROGRESS');
      });
    } catch (error) {
      if (!breaksConstraint(error, 'interviews_one_practice_key')) throw error;
      throw new OperationFailure(
        'CONFLICT',
        'Another practice interview of yours is in progress. Resume it or end it first.',
      );
    }
    changed(person, id);
    return get(person, id);
  };

  const end = async (person: SignedInPerson, id: string, to: 'COMPLETED' | 'ABANDONED') => {
    const interview = await ownInterview(database.dataSource.manager, person, { interviewId: id });
    refuseDeleted(interview);
    requireMove(interview.status, to);
    await recordings.stopTakesOf(id);
    await database.dataSource.transaction(async (manager) =>
      moveInterview(manager, await holdForChange(manager, person, { interviewId: id }), to),
    );
    changed(person, id);
    return get(person, id);
  };

  const purge = async (): Promise<void> => {
    try {
      // Each for itself: what keeps the one from going does not keep the other.
      const purged = purgeDeleted(database.dataSource, recordings, log);
      await purged.catch(() => undefined);
      await recordings.deleteGoneTakes();
      await purged;
      jobs.succeeded({ kind: 'PURGE' });
    } catch (error) {
      jobs.failed({ kind: 'PURGE' }, jobFailureWords(error, NOT_PURGED));
      log.warn({ err: error }, 'removing deleted interviews will be tried again');
    }
  };
  const timer = setInterval(purge, purgeEveryMs);
  timer.unref();

  return {
    handlers: {
      'practice.competencies': () => library.practiceCompetencies(database.dataSource),

      async 'practice.create'({ input, person }) {
        const interview = await createPractice({ dataSource: database.dataSource, library }, person, input);
        changed(person, interview.id);
        return interview;
      },

      'interviews.unfinished': ({ person }) =>
        readInterviewRow(
          database.dataSource.manager,
          `user_id = $1 AND kind = 'PRACTICE' AND status = 'IN_PROGRESS' AND deleted_at IS NULL`,
          [person.id],
        ),
      'interviews.get': ({ input, person }) => get(person, input.id),
      'interviews.list': ({ input, person }) => listInterviews(database.dataSource, person, input),
      'interviews.begin': ({ input, person }) => begin(person, input.id),
      'interviews.complete': ({ input, person }) => end(person, input.id, 'COMPLETED'),
      'interviews.abandon': ({ input, person }) => end(person, input.id, 'ABANDONED'),
      async 'interviews.delete'({ input, person }) {
        await ownInterview(database.dataSource.manager, person, { interviewId: input.id });
        await recordings.stopTakesOf(input.id);
        await deleteInterview(database.dataSource, person, input.id);
        changed(person, input.id);
      },
      async 'interviews.restore'({ input, person }) {
        await restoreInterview(database.dataSource, person, input.id);
        changed(person, input.id);
      },

      'questions.ask': ({ input, person }) => askQuestion(database.dataSource, person, input.questionId),
      'questions.skip': ({ input, person }) => skipQuestion(database.dataSource, person, input.questionId),

      async 'answers.chooseTake'({ input, person }) {
        const { interviewId, question } = await chooseTake(database.dataSource, person, input.takeId);
        changed(person, interviewId);
        return question;
      },
      async 'answers.keepTake'({ input, person }) {
        const { interviewId, question } = await keepTake(database.dataSource, person, input.takeId);
        changed(person, interviewId);
        return question;
      },
      async 'answers.discardTake'({ input, person }) {
        const { interviewId, question } = await discardTake(database.dataSource, person, input.takeId);
        changed(person, interviewId);
        return question;
      },
      async 'answers.restoreTake'({ input, person }) {
        const { interviewId, question } = await restoreTake(database.dataSource, person, input);
        changed(person, interviewId);
        return question;
      },
      'answers.saveTranscript': ({ input, person }) => saveTranscript(database.dataSource, person, input),
      async 'answers.rate'({ input, person }) {
        const { interviewId, question } = await rateAnswer(database.dataSource, person, input);
        changed(person, interviewId);
        return question;
      },
    },
    purgeDeleted: purge,
    close: () => clearInterval(timer),
  };
}
