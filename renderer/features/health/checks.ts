import type { HealthReport } from '../../../shared/contract/health.ts';
import { count, formatMoment } from '../../lib/formats.ts';
import { formatBytes } from '../../lib/sizes.ts';

/** One thing that is well, or wants somebody's attention. */
export interface Check {
  name: string;
  good: boolean;
  /** What is so, and where it is not well, what to do. */
  words: string;
}

/** Below this a long interview may fill the disk. */
const lowBytes = 2_000_000_000;

/** What a report says in words, in the order in which it matters. */
export function checksOf(report: HealthReport): Check[] {
  const { database, recordings, failedJobs, log } = report;
  const { there, freeBytes, strays, unfinished } = recordings;
  return [
    {
      name: 'Database',
      good: database.version !== null,
      words: database.version
        ? `Answers, with ${database.sizeBytes === null ? 'a size not known' : formatBytes(database.sizeBytes)} in it.`
        : 'Does not answer.',
    },
    {
      name: 'Room for recordings',
      good: there && freeBytes >= lowBytes,
      words: !there
        ? 'The folder is not there. Connect its disk, or choose another folder under Recordings.'
        : freeBytes >= lowBytes
          ? `${formatBytes(freeBytes)} free.`
          : `Only ${formatBytes(freeBytes)} free. Make room, or move the recordings to another disk.`,
    },
    {
      name: 'Files and answers',
      good: strays !== null && strays.files + strays.takes === 0,
      words:
        strays === null
          ? 'Cannot be compared right now.'
          : strays.files + strays.takes === 0
            ? 'Every file belongs to an answer, and every answer has its file.'
            : `${count(strays.files, 'file')} without an answer, ${count(strays.takes, 'take')} without a file. See Recordings.`,
    },
    {
      name: 'Finishing recordings',
      good: unfinished === 0,
      words:
        unfinished === 0
          ? 'Nothing is left to be done.'
          : `${count(unfinished, 'recording')} could not be finished. They play; the next start tries again.`,
    },
    backupCheck(report),
    {
      name: 'Work in the background',
      good: failedJobs.length === 0,
      words:
        failedJobs.length === 0
          ? 'Nothing has failed.'
          : `${count(failedJobs.length, 'job')} failed. See below.`,
    },
    {
      name: 'Log',
      good: log.errors === 0,
      words:
        log.errors === 0
          ? 'No error in the last seven days.'
          : `${count(log.errors, 'error')} in the last seven days${log.lastErrorAt ? `, the last ${formatMoment(log.lastErrorAt)}` : ''}. See below.`,
    },
  ];
}

const dayMs = 24 * 60 * 60_000;
/** Older than this, a day has been missed. */
const freshDays = 2;

function backupCheck({
  database,
  backups: { daily, there, last },
  failedJobs,
  checkedAt,
}: HealthReport): Check {
  const name = 'Backups';
  const failed = failedJobs.find(({ kind }) => kind === 'BACKUP');
  if (!there) {
    return {
      name,
      good: false,
      words: 'Their folder is not there. Connect its disk, or choose another folder under Backups.',
    };
  }
  const lastWords = last
    ? `The last one: ${formatMoment(last.madeAt)}, ${last.verifiedAt ? 'restored once to verify it' : 'which could not be verified'}.`
    : 'There is none yet.';
  if (failed) return { name, good: false, words: `The last attempt failed. ${failed.why} ${lastWords}` };
  if (database.kind === 'server' && !daily) {
    return {
      name,
      good: true,
      words: `None are made daily on this machine: see that the server is backed up. ${lastWords}`,
    };
  }
  const ageDays = last ? (Date.parse(checkedAt) - Date.parse(last.madeAt)) / dayMs : Number.POSITIVE_INFINITY;
  if (last?.verifiedAt && ageDays <= freshDays) return { name, good: true, words: lastWords };
  const advice = daily
    ? 'One is made each day while Parley is open; make one now under Backups.'
    : 'Daily backups are off: turn them on, or make one now, under Backups.';
  return { name, good: false, words: `${lastWords} ${advice}` };
}
