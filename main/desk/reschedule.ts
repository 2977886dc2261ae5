import type { EntityManager } from 'typeorm';
import type { ParsedInputOf } from '../../shared/contract/index.ts';
import { Interview } from '../database/entities/index.ts';
import { holdForChange } from '../interviews/own-interview.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

/**
 * Moves an interview that has not begun to other times.
 *
 * @throws OperationFailure NOT_FOUND; CONFLICT once it has begun, and when its times are not those that were seen
 */
export async function reschedule(
  manager: EntityManager,
  person: SignedInPerson,
  { id, seen, scheduledAt, dueAt }: ParsedInputOf<'desk.reschedule'>,
): Promise<void> {
  const { status } = await holdForChange(manager, person, { interviewId: id }, 'panel');
  if (status !== 'PENDING') {
    throw new OperationFailure('CONFLICT', 'This interview has begun, so it cannot be moved any more.');
  }
  const now = await manager.findOneByOrFail(Interview, { id });
  if (!isSame(now.scheduledAt, seen.scheduledAt) || !isSame(now.dueAt, seen.dueAt)) {
    throw new OperationFailure('CONFLICT', 'Somebody else has just moved this interview. Look at it again.', {
      scheduledAt: now.scheduledAt?.toISOString() ?? null,
      dueAt: now.dueAt?.toISOString() ?? null,
    });
  }
  await manager.update(
    Interview,
    { id },
    { scheduledAt: momentOrNull(scheduledAt), dueAt: momentOrNull(dueAt) },
  );
}

export function momentOrNull(iso: string | null): Date | null {
  return iso === null ? null : new Date(iso);
}

function isSame(held: Date | null, seen: string | null): boolean {
  return held?.getTime() === momentOrNull(seen)?.getTime();
}
