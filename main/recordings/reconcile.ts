import { rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { validate as isUuid } from 'uuid';
import type { Database } from '../database/database.ts';
import { Take } from '../database/entities/index.ts';
import { type JobReports, jobFailureWords, unreported } from '../jobs/failed-jobs.ts';
import type { Log } from '../log.ts';
import type { Keeping } from './keeping.ts';
import { listNames, takeFiles } from './take-files.ts';
import { findTakesOf, findUnfinishedInterviews, type OwnedTake } from './take-rows.ts';

/** Interviews looked at together: enough to keep queries few, little enough to keep memory small. */
const BATCH = 100;

/** What a start found. */
export interface Reconciled {
  /** Cut off while recording, now kept as recovered. */
  recovered: number;
  /** Stopped before, and finished now. */
  finished: number;
  /** Nothing had been recorded in them. */
  empty: number;
  /** Could not be finished; they stay as they are. */
  failed: number;
  /** Rows whose file is not on this machine, in interviews that have files here. */
  withoutFile: number;
  /** Rows of interviews that have no files here at all; on a team's server they are on other machines. */
  elsewhere: number;
  /** Finished files that are not as long as their row says. */
  changed: number;
  /** Files that belong to no row. Left where they are. */
  withoutRow: number;
}

/**
 * Compares the files on this machine with the rows, puts in order what a crash has left, and says what it cannot: a
 * row without a file, a file without a row. Deletes nothing that was spoken. May be cut off and run again at any time.
 *
 * Works from the files, since on a team's server most rows have their files on other machines.
 *
 * @param parts.isBusy tells the takes that are being recorded or finished right now: they are in good hands
 * @param parts.signal ends it between two takes
 */
export async function reconcile(parts: {
  database: Pick<Database, 'dataSource' | 'engine'>;
  keeping: Keeping;
  log: Log;
  jobs?: JobReports;
  folder: string;
  isBusy: (takeId: string) => boolean;
  signal: AbortSignal;
}): Promise<Reconciled> {
  const { folder, log } = parts;
  const { dataSource, engine } = parts.database;
  const found: Reconciled = {
    ...{ recovered: 0, finished: 0, empty: 0, failed: 0 },
    ...{ withoutFile: 0, elsewhere: 0, changed: 0, withoutRow: 0 },
  };
  const unfinished = await findUnfinishedInterviews(dataSource);
  // What waits to be heard comes first: a look at 60,000 files takes some seconds.
  const interviewIds = (await interviewsWithFiles(folder)).sort(
    (one, other) => Number(unfinished.has(other)) - Number(unfinished.has(one)),
  );
  let seen = 0;
  for (let start = 0; start < interviewIds.length; start += BATCH) {
    const batch = interviewIds.slice(start, start + BATCH);
    const files: FileNames = new Map();
    for (const id of batch) files.set(id, new Set(await listNames(join(folder, id))));
    // What is in good hands now may be done before we come to it, and is not what the folder said any more.
    const names = [...files.values()].flatMap((set) => [...set]);
    const busy = new Set(names.map(takeIdIn).filter(parts.isBusy));
    const isBusy = (takeId: string) => busy.has(takeId) || parts.isBusy(takeId);
    const takes = await findTakesOf(dataSource, batch);
    seen += takes.length;
    for (const owned of takes) {
      if (parts.signal.aborted) return found;
      if (!isBusy(owned.take.id)) await reconcileTake(owned, files, parts, found);
    }
    const known = new Set(takes.map(({ take }) => take.id));
    for (const [interviewId, names] of files) {
      for (const name of names) {
        if (known.has(takeIdIn(name)) || isBusy(takeIdIn(name))) continue;
        // Nobody spoke into it: what is drawn of a recording is no recording.
        if (name.endsWith('.peaks')) continue;
        found.withoutRow += 1;
        log.warn(
          { file: join(interviewId, name) },
          'a recording belongs to no answer; it is left where it is',
        );
      }
    }
  }
  found.elsewhere = (await dataSource.manager.count(Take)) - seen;
  const unexpected = found.withoutFile + found.changed + found.withoutRow + found.failed;
  const lost = engine.kind === 'embedded' ? found.elsewhere : 0;
  if (unexpected + lost > 0) log.warn(found, 'recordings and answers do not all match');
  else log.info(found, 'recordings reconciled');
  return found;
}

/** The names in each interview's folder. */
type FileNames = Map<string, Set<string>>;

function takeIdIn(name: string): string {
  return name.slice(0, name.indexOf('.'));
}

async function reconcileTake(
  { take, interviewId, personId }: OwnedTake,
  names: FileNames,
  {
    keeping,
    log,
    folder,
    jobs = unreported,
  }: { keeping: Keeping; log: Log; folder: string; jobs?: JobReports },
  found: Reconciled,
): Promise<void> {
  // It went by a retention rule; files that are left of it go soon (gone-takes.ts).
  if (take.removedAt) return;
  const files = takeFiles(folder, interviewId, take.id);
  const isThere = (file: string) => names.get(interviewId)?.has(basename(file)) ?? false;
  const raw = isThere(files.raw) ? await stat(files.raw) : null;
  const finished = isThere(files.finished) ? (await stat(files.finished)).size : null;
  if (raw === null && finished === null) {
    // Its files went when the time to bring it back had passed.
    if (take.discardedAt) return;
    found.withoutFile += 1;
    log.warn({ takeId: take.id, interviewId }, 'the file of a take is not on this machine');
    return;
  }
  if (take.state === 'FINISHED' && finished === take.sizeBytes) {
    // At most the last step was missing.
    if (raw !== null) await rm(files.raw, { force: true });
    if (isThere(files.draft)) await rm(files.draft, { force: true });
    return;
  }
  if (take.state === 'FINISHED' && raw === null) {
    found.changed += 1;
    log.error(
      { takeId: take.id, interviewId, size: finished },
      'a finished recording is not as long as it was',
    );
    return;
  }
  try {
    const recovered = take.state === 'RECORDING';
    // The last chunk came when the file was last written.
    const stoppedAt = take.stoppedAt ?? raw?.mtime ?? new Date();
    const kept = await keeping.keep({ id: take.id, interviewId, personId, stoppedAt, recovered });
    if (!kept) {
      found.empty += 1;
      return;
    }
    found[(await kept.finished) ? (recovered ? 'recovered' : 'finished') : 'failed'] += 1;
  } catch (error) {
    found.failed += 1;
    jobs.failed(
      { kind: 'FINISH_RECORDING', subject: take.id },
      jobFailureWords(
        error,
        'It was cut off and could not be put in order. Its file is kept. The log has the details.',
      ),
    );
    log.error(
      { takeId: take.id, err: error },
      'a take could not be put in order; the next start tries again',
    );
  }
}

/** The interviews of which there are files in a folder of recordings. */
export async function interviewsWithFiles(folder: string): Promise<string[]> {
  return (await listNames(folder)).filter((name) => isUuid(name));
}
