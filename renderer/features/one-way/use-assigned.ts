import type { OneWayRow } from '../../../shared/contract/one-way.ts';
import { useOperation } from '../../lib/queries.ts';

/** Whether any one-way interview is or was assigned to this person. */
export function useHasAssigned(): boolean {
  const open = useOpenAssigned();
  const ended = useOperation('oneWay.mine', { ended: true, limit: 1 });
  return open.rows.length > 0 || (ended.data?.rows.length ?? 0) > 0;
}

/** Those that are still to be answered, the most urgent first. */
export function useOpenAssigned() {
  const { data, ...query } = useOperation('oneWay.mine', { limit: 100 });
  return { ...query, rows: data?.rows.toSorted(byUrgency) ?? [] };
}

/** In progress first, then by when they are due, then the oldest. */
function byUrgency(a: OneWayRow, b: OneWayRow): number {
  const key = ({ status, dueAt, id }: OneWayRow) =>
    `${status === 'IN_PROGRESS' ? 0 : 1} ${dueAt ?? 'none'} ${id}`;
  return key(a) < key(b) ? -1 : 1;
}
