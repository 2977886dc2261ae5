import type { EntityManager } from 'typeorm';
import { type InterviewStatus, mayMove } from '../../shared/model/interview.ts';
import { Interview } from '../database/entities/index.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import type { OwnInterview } from './own-interview.ts';

const begun = { startedAt: () => 'now()' };
/** A break that was going on ends with it. */
const ended = {
  endedAt: () => 'now()',
  pausedMs: () => 'paused_ms + coalesce((extract(epoch FROM now() - paused_at) * 1000)::integer, 0)',
  pausedAt: null,
};

/**
 * Moves an interview along the allowed transitions. Of two who try at once, one does it and the other is told; the
 * database's own trigger holds the same rule.
 *
 * @throws OperationFailure CONFLICT
 */
export async function moveInterview(
  manager: EntityManager,
  { id, status }: OwnInterview,
  to: InterviewStatus,
): Promise<void> {
  requireMove(status, to);
  const { affected } = await manager.update(
    Interview,
    { id, status },
    { status: to, ...(to === 'IN_PROGRESS' ? begun : ended) },
  );
  if (affected !== 1) {
    throw new OperationFailure('CONFLICT', 'This interview has just changed elsewhere. Please look again.');
  }
}

/** @throws OperationFailure CONFLICT */
export function requireMove(from: InterviewStatus, to: InterviewStatus): void {
  if (!mayMove(from, to)) throw new OperationFailure('CONFLICT', whyNot(from, to));
}

function whyNot(from: InterviewStatus, to: InterviewStatus): string {
  switch (from) {
    case 'PENDING':
      return 'This interview has not begun yet.';
    case 'IN_PROGRESS':
      return 'This interview has begun already.';
    case 'COMPLETED':
      return 'This interview is completed.';
    case 'ABANDONED':
      return to === 'IN_PROGRESS'
        ? 'This interview was ended early. Start a new one instead.'
        : 'This interview was ended early already.';
  }
}
