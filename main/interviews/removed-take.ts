import type { Take } from '../database/entities/index.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

/** @throws OperationFailure CONFLICT for a take whose recording went by a retention rule */
export function refuseRemoved({ removedAt }: Take): void {
  if (!removedAt) return;
  throw new OperationFailure(
    'CONFLICT',
    'This recording was removed by the retention rules, so nothing can be done with it.',
  );
}
