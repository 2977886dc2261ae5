import { join } from 'node:path';
import type { BackupKeeping, HoldingBackup } from '../../shared/contract/backups.ts';
import { dayMs, mondayOf } from './keeping.ts';
import type { Manifest } from './manifest.ts';
import { BackupDamagedError, rowFiles } from './row-files.ts';

/**
 * The backups that still hold somebody, the newest first. One that cannot be read is among them: nobody can say that it
 * does not.
 *
 * @param folder of all backups
 */
export async function backupsHolding(
  folder: string,
  backups: readonly Manifest[],
  keeping: BackupKeeping,
  personId: string,
): Promise<HoldingBackup[]> {
  const holding: HoldingBackup[] = [];
  for (const backup of backups) {
    if (!(await holds(folder, backup, personId))) continue;
    const { id, reason, madeAt } = backup;
    holding.push({ id, reason, madeAt, goneBy: goneBy(backup, keeping)?.toISOString() ?? null });
  }
  return holding;
}

async function holds(folder: string, backup: Manifest, personId: string): Promise<boolean> {
  try {
    for await (const rows of rowFiles(join(folder, backup.id), backup).read('users')) {
      if (rows.some((row) => row.includes(personId))) return true;
    }
    return false;
  } catch (error) {
    if (error instanceof BackupDamagedError) return true;
    throw error;
  }
}

/**
 * When a backup makes way for newer ones at the latest, given that one is made every day; null where no day can be named:
 * nobody makes daily ones, a person asked for it, or it was made before a change, where only further changes replace it.
 *
 * A daily one that is the last of its week counts as its week's until `keepWeekly` newer weeks have one.
 */
export function goneBy(
  { reason, madeAt }: Pick<Manifest, 'reason' | 'madeAt'>,
  { daily, keepDaily, keepWeekly }: BackupKeeping,
): Date | null {
  if (reason !== 'DAILY' || !daily) return null;
  const made = new Date(madeAt);
  if (keepWeekly === 0) return new Date(made.getTime() + keepDaily * dayMs);
  const days = 7 * keepWeekly + keepDaily;
  const monday = mondayOf(made);
  // By the calendar: a day in which the clocks change has not 24 hours.
  return new Date(monday.getFullYear(), monday.getMonth(), monday.getDate() + days + 1);
}
