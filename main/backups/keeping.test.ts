import { expect, test } from 'vitest';
import type { BackupReason } from '../../shared/contract/backups.ts';
import { isDailyDue, outlived } from './keeping.ts';
import type { Manifest } from './manifest.ts';

/** A Tuesday. */
const noon = new Date(2026, 2, 31, 12);
const hour = 60 * 60_000;
const day = 24 * hour;

function backup(ago: number, reason: BackupReason = 'DAILY', verified = true): Manifest {
  const madeAt = new Date(noon.getTime() - ago).toISOString();
  return {
    ...{ format: 1, id: `${reason} ${ago / day}`, reason, madeAt, parley: '0.1.0', place: '' },
    ...{ migrations: [], tables: [], recordings: [], verifiedAt: verified ? madeAt : null },
  };
}
const ids = (backups: readonly Manifest[]) => backups.map(({ id }) => id);

test('of daily backups the last of seven days stay, and of four weeks before them', () => {
  const backups = Array.from({ length: 80 }, (_, ago) => backup(ago * day));
  const twice = [backup(0), backup(2 * hour), ...backups.slice(1)];
  const gone = new Set(outlived(twice, { keepDaily: 7, keepWeekly: 4 }));
  const kept = twice.filter((candidate) => !gone.has(candidate));
  expect(ids(kept).slice(0, 7)).toEqual([0, 1, 2, 3, 4, 5, 6].map((ago) => `DAILY ${ago}`));
  // The rest of the seventh day's week is its Tuesday before; then the Sundays of the weeks before that.
  expect(ids(kept).slice(7)).toEqual([7, 9, 16, 23].map((ago) => `DAILY ${ago}`));
});

test('what a person asked for stays, and of those before changes the newest five', () => {
  const backups = [
    backup(400 * day, 'ASKED'),
    ...Array.from({ length: 7 }, (_, ago) => backup((ago + 401) * day, 'MIGRATION')),
  ];
  expect(ids(outlived(backups, { keepDaily: 1, keepWeekly: 0 }))).toEqual(['MIGRATION 406', 'MIGRATION 407']);
});

test('one a day is due, counting those of other kinds that could be restored', () => {
  expect(isDailyDue([], noon)).toBe(true);
  expect(isDailyDue([backup(2 * hour)], noon)).toBe(false);
  expect(isDailyDue([backup(2 * hour, 'ASKED')], noon)).toBe(false);
  expect(isDailyDue([backup(2 * hour, 'DAILY', false)], noon)).toBe(true);
  expect(isDailyDue([backup(14 * hour)], noon)).toBe(true);
  expect(isDailyDue([backup(5 * day)], noon)).toBe(true);
});
