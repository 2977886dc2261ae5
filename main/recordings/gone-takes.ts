import { rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { restorableDays } from '../../shared/model/limits.ts';
import type { Log } from '../log.ts';
import { syncFolder } from './folder-sync.ts';
import { listNames, takeFiles } from './take-files.ts';

/**
 * A take may be brought back until the last moment of its time; its file stays a day longer, so that the two never meet.
 */
export const keepDiscardedDays = restorableDays + 1;

/**
 * Removes the files of takes that are not to be heard any more: erased, discarded longer ago than they can be brought back, or
 * removed by a retention rule. Their rows stay: a take's files may be on another machine of the team, which removes its own
 * by them. Harmless when cut off and run again.
 *
 * @param parts.interviewIds the interviews of which this machine has files
 * @param parts.release lets go of what is open of an interview's files; where it is over, of what is being made of them too
 */
export async function deleteGoneTakes(parts: {
  dataSource: DataSource;
  log: Log;
  folder: string;
  interviewIds: readonly string[];
  release: (interviewId: string, isOver: boolean) => Promise<void>;
}): Promise<void> {
  const { dataSource, log, folder, interviewIds, release } = parts;
  if (interviewIds.length === 0) return;
  const gone = await dataSource.query<{ takeId: string; interviewId: string; removed: boolean }[]>(
    `SELECT takes.id AS "takeId", questions.interview_id AS "interviewId", takes.removed_at IS NOT NULL AS removed
     FROM takes JOIN answers ON answers.id = takes.answer_id JOIN questions ON questions.id = answers.question_id
     WHERE (takes.erased_at IS NOT NULL OR takes.discarded_at < now() - make_interval(days => $1) OR takes.removed_at IS NOT NULL)
       AND questions.interview_id = ANY ($2)`,
    [keepDiscardedDays, interviewIds],
  );
  for (const { takeId, interviewId, removed } of gone) {
    const files = takeFiles(folder, interviewId, takeId);
    try {
      if ((await namesOf(files.folder, takeId)).length === 0) continue;
      // Rules remove nothing of an interview in progress. What is being made of it would come back.
      await release(interviewId, removed);
      for (const name of await namesOf(files.folder, takeId)) {
        await rm(join(files.folder, name), { force: true });
      }
      await syncFolder(files.folder);
      if (removed && (await listNames(files.folder)).length === 0) await rmdir(files.folder);
      log.info({ takeId, interviewId }, 'the recording of a take removed for good');
    } catch (error) {
      log.error({ takeId, err: error }, 'a recording could not be removed; it will be tried again');
    }
  }
}

/** Everything that is named after a take, whatever was made of it. */
async function namesOf(folder: string, takeId: string): Promise<string[]> {
  return (await listNames(folder)).filter((name) => name.startsWith(`${takeId}.`));
}
