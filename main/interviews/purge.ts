import type { DataSource, EntityManager } from 'typeorm';
import { restorableDays } from '../../shared/model/limits.ts';
import type { Log } from '../log.ts';

/** Few enough that one statement stays short. */
const batchSize = 100;

/**
 * Removes for good what was deleted longer ago than it can be restored, and the files of whatever else is purged: rows first,
 * then files.
 *
 * The rows go in one statement that notes them as purged. Files are removed by that note and by nothing else: should
 * it be cut short, should a file not go, or is the interview's recording on another machine of the team, the next run
 * there completes it.
 *
 * @throws the first failure, once the rest is done
 */
export async function purgeDeleted(
  dataSource: DataSource,
  recordings: {
    interviewsWithFiles(): Promise<string[]>;
    deleteInterviewFiles(interviewId: string): Promise<void>;
  },
  log: Log,
): Promise<void> {
  let failure: unknown;
  while ((await purgeRows(dataSource)) === batchSize);
  for (const interviewId of await purgedAmong(dataSource, await recordings.interviewsWithFiles())) {
    try {
      await recordings.deleteInterviewFiles(interviewId);
      log.info({ interviewId }, 'recordings of a deleted interview removed for good');
    } catch (error) {
      failure ??= error;
      log.error(
        { interviewId, err: error },
        'recordings of a deleted interview could not be removed; it will be tried again',
      );
    }
  }
  if (failure) throw failure;
}

/** @returns how many went; one that is just being restored is left alone */
async function purgeRows(dataSource: DataSource): Promise<number> {
  const gone = await dataSource.query<{ id: string }[]>(
    removing(`
      SELECT id FROM interviews WHERE deleted_at < now() - make_interval(days => $1)
      ORDER BY deleted_at LIMIT $2
      FOR UPDATE SKIP LOCKED`),
    [restorableDays, batchSize],
  );
  return gone.length;
}

/** Removes the rows of interviews and all that is in them. Their files go by what is noted here: see purgeDeleted. */
export async function removeForGood(manager: EntityManager, interviewIds: readonly string[]): Promise<void> {
  if (interviewIds.length === 0) return;
  await manager.query(removing('SELECT id FROM interviews WHERE id = ANY ($1)'), [interviewIds]);
}

/** @param which SQL that gives the ids of interviews */
function removing(which: string): string {
  return `
    WITH gone AS (DELETE FROM interviews WHERE id IN (${which}) RETURNING id)
    INSERT INTO purged_interviews (id) SELECT id FROM gone
    ON CONFLICT (id) DO UPDATE SET updated_at = now()
    RETURNING id`;
}

async function purgedAmong(dataSource: DataSource, interviewIds: readonly string[]): Promise<string[]> {
  if (interviewIds.length === 0) return [];
  const purged = await dataSource.query<{ id: string }[]>(
    `SELECT id FROM purged_interviews
     WHERE id = ANY ($1) AND NOT EXISTS (SELECT FROM interviews WHERE interviews.id = purged_interviews.id)`,
    [interviewIds],
  );
  return purged.map(({ id }) => id);
}
