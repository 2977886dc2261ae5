import type { OneWayRow } from '../../../shared/contract/one-way.ts';
import { count, formatMoment } from '../../lib/formats.ts';

/** When an interview is wanted, and whether that has passed or was met. Null where nobody said. */
export function dueWords({ dueAt, endedAt, status }: OneWayRow, now = new Date()): string | null {
  if (dueAt === null) return null;
  const due = new Date(dueAt);
  if (endedAt !== null)
    return status === 'COMPLETED' && new Date(endedAt) > due ? 'submitted after it was due' : null;
  return due < now ? `was due ${formatMoment(dueAt, now)}` : `due ${formatMoment(dueAt, now)}`;
}

/** How long it takes at most, rounded up: `about 12 minutes`. */
export function lengthWords({ plannedMs }: OneWayRow): string {
  return `up to ${count(Math.max(1, Math.ceil(plannedMs / 60_000)), 'minute')}`;
}

/** Who assigned it, how much it is and when it is due, in a line. */
export function factsOf(row: OneWayRow): string {
  const answered =
    row.status === 'PENDING'
      ? count(row.questionCount, 'question')
      : `${row.answeredCount} of ${count(row.questionCount, 'question')} answered`;
  return [
    row.from && `From ${row.from}`,
    answered,
    row.status === 'PENDING' && lengthWords(row),
    dueWords(row),
  ]
    .filter(Boolean)
    .join(' · ');
}
