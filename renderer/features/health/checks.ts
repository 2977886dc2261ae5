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
export function checksOf({ database, recordings, log }: HealthReport): Check[] {
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
