import type { DataSource } from 'typeorm';
import { restorableDays } from '../../shared/model/limits.ts';
import { Interview } from '../database/entities/index.ts';
import type { Log } from '../log.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { moveInterview } from './interview-status.ts';
import { holdOwnInterview } from './own-interview.ts';

/**
 * Takes an interview out of every list; it can be restored for a while. One in progress is ended first, with all its
 * answers kept. Harmless when repeated.
 *
 * @throws OperationFailure NOT_FOUND
 */
export function deleteInterview(dataSource: DataSource, person: SignedInPerson, id: string): Promise<void> {
  return dataSource.transaction(async (manager) => {
    const interview = await holdOwnInterview(manager, person, { interviewId: id });
    if (interview.deletedAt) return;
    if (interview.status === 'IN_PROGRESS') await moveInterview(manager, interview, 'ABANDONED');
    await manager.update(Interview, { id }, { deletedAt: () => 'now()' });
  });
}

/**
 * Puts a deleted interview back into the lists. Harmless for one that is there.
 *
 * @throws OperationFailure NOT_FOUND, also when it is gone for good
 */
export function restoreInterview(dataSource: DataSource, person: SignedInPerson, id: string): Promise<void> {
  return dataSource.transaction(async (manager) => {
    await holdOwnInterview(manager, person, { interviewId: id });
    await manager.update(Interview, { id }, { deletedAt: null });
  });
}

/** Few enough that one transaction stays short. */
const purgeBatch = 100;

/** Removes for good what was deleted longer ago than it can be restored: rows first, then files. */
export class Purge {
  readonly #deleteFiles: (interviewId: string) => Promise<void>;
  readonly #log: Log;
  /** Interviews whose rows are gone and whose files would not go; tried again each time. */
  readonly #filesLeft = new Set<string>();

  constructor(deleteFiles: (interviewId: string) => Promise<void>, log: Log) {
    this.#deleteFiles = deleteFiles;
    this.#log = log;
  }

  /**
   * Rows go before files: should it be cut short in between, files without rows are left, which the recordings'
   * reconciliation reports, and never rows whose files are gone. An interview that is just being restored is left
   * alone.
   */
  async run(dataSource: DataSource): Promise<void> {
    for (const id of this.#filesLeft) await this.#tryFiles(id);
    let deleted: { id: string }[];
    do {
      [deleted] = await dataSource.query<[{ id: string }[], number]>(
        `
        DELETE FROM interviews WHERE id IN (
          SELECT id FROM interviews WHERE deleted_at < now() - make_interval(days => $1)
          ORDER BY deleted_at LIMIT $2
          FOR UPDATE SKIP LOCKED
        ) RETURNING id
        `,
        [restorableDays, purgeBatch],
      );
      for (const { id } of deleted) await this.#tryFiles(id);
    } while (deleted.length === purgeBatch);
  }

  async #tryFiles(interviewId: string): Promise<void> {
    try {
      await this.#deleteFiles(interviewId);
      this.#filesLeft.delete(interviewId);
      this.#log.info({ interviewId }, 'deleted interview removed for good');
    } catch (error) {
      this.#filesLeft.add(interviewId);
      this.#log.error({ interviewId, err: error }, 'recordings of a deleted interview could not be removed');
    }
  }
}
