import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { restorableDays } from '../../shared/model/limits.ts';
import type { Log } from '../log.ts';
import { syncFolder } from './folder-sync.ts';
import { listNames, takeFiles } from './take-files.ts';

/**
 * A take may be brought back until the last moment of its time; its file stays a day longer, so that the two never meet.
 */
const KEEP_DAYS = restorableDays + 1;

/**
 * Removes the files of takes that were erased, or were discarded longer ago than they can be brought back. Their rows stay: a take's
 * files may be on another machine of the team, which removes its own by them. Harmless when cut off and run again.
 *
 * @param parts.interviewIds the interviews of which this machine has files
 * @param parts.release lets go of what is open of an interview's files
 */
export async function deleteDiscardedTakes(parts: {
  dataSource: DataSource;
  log: Log;
  folder: string;
  interviewIds: readonly string[];
  release: (interviewId: string) => void;
}): Promise<void> {
  const { dataSource, log, folder, interviewIds, release } = parts;
  if (interviewIds.length === 0) return;
  const gone = await dataSource.query<{ takeId: string; interviewId: string }[]>(
    `SELECT takes.id AS "takeId", questions.interview_id AS "interviewId"
     FROM takes JOIN answers ON answers.id = takes.answer_id JOIN questions ON questions.id = answers.question_id
     WHERE (takes.erased_at IS NOT NULL OR takes.discarded_at < now() - make_interval(days => $1))
       AND questions.interview_id = ANY ($2)`,
    [KEEP_DAYS, interviewIds],
  );
  for (const { takeId, interviewId } of gone) {
    const files = takeFiles(folder, interviewId, takeId);
    // Everything that is named after it, whatever was made of it.
    const own = (await listNames(files.folder)).filter((name) => name.startsWith(`${takeId}.`));
    if (own.length === 0) continue;
    release(interviewId);
    try {
      for (const name of own) await rm(join(files.folder, name), { force: true });
      await syncFolder(files.folder);
      log.info({ takeId, interviewId }, 'the recording of a discarded take removed for good');
    } catch (error) {
      log.error({ takeId, err: error }, 'a discarded recording could not be removed; it will be tried again');
    }
  }
}
