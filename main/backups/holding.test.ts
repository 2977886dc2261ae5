import { expect, test } from 'vitest';
import type { BackupKeeping } from '../../shared/contract/backups.ts';
import { goneBy } from './holding.ts';
import { outlived } from './keeping.ts';
import type { Manifest } from './manifest.ts';

/** A Tuesday. */
const first = new Date(2026, 2, 31, 12);

function backup(day: number): Manifest {
  const made = new Date(first);
  made.setDate(made.getDate() + day);
  const madeAt = made.toISOString();
  return {
    ...{ format: 1, id: `${day}`, reason: 'DAILY', madeAt, parley: '0.1.0', place: '' },
    ...{ migrations: [], tables: [], recordings: [], verifiedAt: madeAt },
  };
}

/** On which day each goes, where one is made every day from the first on. */
function goesOn(keeping: BackupKeeping, days: number): Map<string, Date> {
  let kept: Manifest[] = [];
  const gone = new Map<string, Date>();
  for (let day = 0; day < days; day += 1) {
    const today = backup(day);
    kept = [today, ...kept];
    for (const { id } of outlived(kept, keeping)) {
      gone.set(id, new Date(today.madeAt));
      kept = kept.filter((candidate) => candidate.id !== id);
    }
  }
  return gone;
}

test.each([
  { keepDaily: 7, keepWeekly: 4 },
  { keepDaily: 1, keepWeekly: 0 },
  { keepDaily: 3, keepWeekly: 1 },
  { keepDaily: 30, keepWeekly: 12 },
])('a daily backup is gone by the day that is said: %j', (counts) => {
  const keeping = { daily: true, ...counts };
  const gone = goesOn(keeping, 250);
  for (let day = 0; day < 60; day += 1) {
    const said = goneBy(backup(day), keeping)?.getTime() ?? 0;
    const was = gone.get(`${day}`)?.getTime() ?? Number.POSITIVE_INFINITY;
    expect(was).toBeLessThanOrEqual(said);
  }
  // And not long before: of each week there is one that stays until then.
  const day = 24 * 60 * 60_000;
  const late = Array.from({ length: 60 }, (_, number) => {
    const said = goneBy(backup(number), keeping)?.getTime() ?? 0;
    return said - (gone.get(`${number}`)?.getTime() ?? 0);
  });
  expect(Math.min(...late)).toBeLessThan(2 * day);
});

test('no day is named for what only a person removes, nor while no daily ones are made', () => {
  const keeping = { daily: true, keepDaily: 7, keepWeekly: 4 };
  const { madeAt } = backup(0);
  for (const reason of ['ASKED', 'MIGRATION'] as const) {
    expect(goneBy({ reason, madeAt }, keeping)).toBeNull();
  }
  expect(goneBy({ reason: 'DAILY', madeAt }, { ...keeping, daily: false })).toBeNull();
});
