import type { DataSource } from 'typeorm';
import { Interview } from '../database/entities/index.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { moveInterview } from './interview-status.ts';
import { type AccessAs, holdOwnInterview } from './own-interview.ts';

/**
 * Takes an interview out of every list; it can be restored for a while. One in progress is ended first, with all its
 * answers kept. Harmless when repeated.
 *
 * @throws OperationFailure NOT_FOUND
 */
export function deleteInterview(
  dataSource: DataSource,
  person: SignedInPerson,
  id: string,
  as?: AccessAs,
): Promise<void> {
  return dataSource.transaction(async (manager) => {
    const interview = await holdOwnInterview(manager, person, { interviewId: id }, as);
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
export function restoreInterview(
  dataSource: DataSource,
  person: SignedInPerson,
  id: string,
  as?: AccessAs,
): Promise<void> {
  return dataSource.transaction(async (manager) => {
    await holdOwnInterview(manager, person, { interviewId: id }, as);
    await manager.update(Interview, { id }, { deletedAt: null });
  });
}
