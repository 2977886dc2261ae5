import { z } from 'zod';
import type { BackupKeeping } from '../../shared/contract/backups.ts';
import { changeSettings, readSettings } from '../config/settings-file.ts';
import type { Manifest } from './manifest.ts';

/** Of those that were made before an upgrade, so many are kept. */
const KEEP_BEFORE_CHANGES = 5;

export const dayMs = 24 * 60 * 60_000;

const stored = z.object({
  daily: z.boolean().optional(),
  keepDaily: z.int().min(1).max(365).catch(7).default(7),
  keepWeekly: z.int().min(0).max(520).catch(4).default(4),
});

/**
 * What this machine keeps, by its settings.json. Of a server the backups are somebody's task, and not that of every
 * machine that uses it: there a person turns the daily one on.
 */
export function readKeeping(settings: string, isEmbedded: boolean): BackupKeeping {
  const { daily = isEmbedded, ...counts } = stored
    .catch(stored.parse({}))
    .parse(readSettings(settings).backups ?? {});
  return { daily, ...counts };
}

export function writeKeeping(settings: string, keeping: BackupKeeping): Promise<void> {
  return changeSettings(settings, ({ backups, ...others }) => ({
    ...others,
    // Where they are stands there too.
    backups: { ...z.looseObject({}).safeParse(backups).data, ...keeping },
  }));
}

/** Whether a daily backup is due: the last of any kind is of another day, and some hours old. */
export function isDailyDue(backups: readonly Manifest[], now: Date): boolean {
  const last = backups.find(({ verifiedAt }) => verifiedAt !== null);
  if (!last) return true;
  const age = now.getTime() - new Date(last.madeAt).getTime();
  return age >= dayMs || (age >= dayMs / 4 && dayOf(last) !== dayOf({ madeAt: now.toISOString() }));
}

/**
 * Which backups go: of the daily ones all but the last of each of the newest days, and of each of the weeks before
 * those; of those before a change all but the newest few. What a person asked for stays until they remove it.
 *
 * @param backups the newest first
 */
export function outlived(
  backups: readonly Manifest[],
  { keepDaily, keepWeekly }: Pick<BackupKeeping, 'keepDaily' | 'keepWeekly'>,
): Manifest[] {
  const daily = backups.filter(({ reason }) => reason === 'DAILY');
  const days = firstOfEach(daily, dayOf).slice(0, keepDaily);
  const oldest = days.at(-1)?.madeAt ?? '';
  const before = daily.filter(({ madeAt }) => madeAt < oldest);
  const newestWeeks = firstOfEach(before, weekOf).slice(0, keepWeekly);
  const kept = new Set([...days, ...newestWeeks]);
  const changes = backups.filter(({ reason }) => reason === 'MIGRATION');
  return [...daily.filter((backup) => !kept.has(backup)), ...changes.slice(KEEP_BEFORE_CHANGES)];
}

function firstOfEach(backups: readonly Manifest[], of: (backup: Manifest) => string): Manifest[] {
  const seen = new Set<string>();
  return backups.filter((backup) => {
    const group = of(backup);
    return !seen.has(group) && seen.add(group);
  });
}

/** The day where this machine is. */
function dayOf({ madeAt }: Pick<Manifest, 'madeAt'>): string {
  const day = new Date(madeAt);
  return `${day.getFullYear()}-${day.getMonth()}-${day.getDate()}`;
}

/** By its Monday. */
function weekOf(backup: Manifest): string {
  return dayOf({ madeAt: mondayOf(new Date(backup.madeAt)).toISOString() });
}

/** The Monday of a day's week, where this machine is. */
export function mondayOf(day: Date): Date {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - ((day.getDay() + 6) % 7));
}
