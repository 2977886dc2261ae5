import { rename, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../database/database.ts';
import type { EventHub } from '../events.ts';
import { type JobReports, jobFailureWords, unreported } from '../jobs/failed-jobs.ts';
import type { Log } from '../log.ts';
import type { Fork } from '../worker-process.ts';
import { syncFolder } from './folder-sync.ts';
import type { Measured } from './remux.ts';
import { RemuxRun } from './remux-run.ts';
import { sizeOf, type TakeFiles, takeFiles } from './take-files.ts';
import { markFinished, markStopped, removeEmptyTake } from './take-rows.ts';
import { savePeaks } from './waveforms.ts';

/** A take whose file is closed: it has been stopped, or found after a crash. */
export interface ClosedTake {
  id: string;
  interviewId: string;
  personId: string;
  stoppedAt: Date;
  /** Found unfinished after a crash. */
  recovered: boolean;
}

export interface KeptTake {
  /** Null when the file could not be measured; it is kept as it is. */
  durationMs: number | null;
  /** Whether the finished file has taken the raw one's place; the log has why not. Never rejects. */
  finished: Promise<boolean>;
}

interface Finishing {
  interviewId: string;
  run: RemuxRun;
  finished: Promise<boolean>;
  /** Ended by us: that is no failure. */
  isStopped: boolean;
}

/**
 * Takes a recording from its last chunk to its finished file: measured, noted in the database, remuxed, verified, put
 * in place. Every step can be cut off and begun again: until the row says FINISHED the raw file is there, and whatever
 * else is there is made anew.
 */
export class Keeping {
  readonly #database: Pick<Database, 'dataSource'>;
  readonly #events: EventHub;
  readonly #log: Log;
  readonly #jobs: JobReports;
  readonly #fork: Fork;
  readonly #place: { readonly folder: string };
  readonly #running = new Map<string, Finishing>();

  constructor(parts: {
    database: Pick<Database, 'dataSource'>;
    events: EventHub;
    log: Log;
    fork: Fork;
    folder: string;
    jobs?: JobReports;
  }) {
    this.#database = parts.database;
    this.#events = parts.events;
    this.#log = parts.log;
    this.#jobs = parts.jobs ?? unreported;
    this.#fork = parts.fork;
    this.#place = parts;
  }

  /**
   * Notes that a take is stopped, and has its finished file made behind.
   *
   * @returns null when nothing had been recorded: row and file are gone then
   * @throws when the database could not be told; everything is still there, to be tried again
   */
  async keep(take: ClosedTake): Promise<KeptTake | null> {
    const files = takeFiles(this.#place.folder, take.interviewId, take.id);
    const rawSize = await sizeOf(files.raw);
    // With only a finished file the database is behind: restored from a backup, say.
    const source = rawSize === null ? files.finished : files.raw;
    if (rawSize === 0) return this.#takeBack(take, files);
    // A draft is worth nothing, and a process that a killed app has left behind may still write into it.
    await rm(files.draft, { force: true });
    const run = new RemuxRun(this.#fork, { raw: source, draft: files.draft });
    try {
      const measured = await run.measured.catch((error: unknown) => {
        this.#log.error(
          { takeId: take.id, err: error },
          'a recording could not be measured; it is kept as it is',
        );
        return null;
      });
      if (measured?.packets === 0 && measured.damagedAt === null) return await this.#takeBack(take, files);
      const durationMs = measured && measured.packets > 0 ? measured.durationMs : null;
      await markStopped(this.#database.dataSource, {
        takeId: take.id,
        stoppedAt: take.stoppedAt,
        durationMs,
        sizeBytes: await sizeOf(source),
        recovered: take.recovered,
      });
      const finished = this.#finishBehind(take, files, run, measured);
      // A player would end where the first of several streams does.
      if (measured && measured.streams.length > 1) await finished;
      return { durationMs, finished };
    } catch (error) {
      await run.stop();
      throw error;
    }
  }

  /** Ends what is being finished of one interview, or of all, where it is. The next start does it again. */
  async stop(interviewId?: string): Promise<void> {
    for (const running of [...this.#running.values()]) {
      if (interviewId && running.interviewId !== interviewId) continue;
      running.isStopped = true;
      await running.run.stop();
      await running.finished;
    }
  }

  /** Waits for what is being finished, for `patienceMs` at most, and ends the rest. */
  async close(patienceMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patienceMs);
    });
    await Promise.race([
      patience,
      Promise.all([...this.#running.values()].map((running) => running.finished)),
    ]);
    clearTimeout(timer);
    await this.stop();
  }

  /** Waits for what is being finished, for `patienceMs` at most. @returns whether nothing is any more */
  async idle(patienceMs: number): Promise<boolean> {
    const ending = new AbortController();
    const finished = Promise.all([...this.#running.values()].map((running) => running.finished));
    await Promise.race([
      finished,
      wait(patienceMs, undefined, { signal: ending.signal }).catch(() => undefined),
    ]);
    ending.abort();
    return this.#running.size === 0;
  }

  /** Whether a take is being finished right now. */
  isBusyWith(takeId: string): boolean {
    return this.#running.has(takeId);
  }

  async #takeBack(take: ClosedTake, files: TakeFiles): Promise<null> {
    await removeEmptyTake(this.#database.dataSource, take.id);
    await rm(files.raw, { force: true });
    await syncFolder(files.folder);
    this.#log.info({ takeId: take.id }, 'a take in which nothing was recorded was taken back');
    return null;
  }

  #finishBehind(
    take: ClosedTake,
    files: TakeFiles,
    run: RemuxRun,
    measured: Measured | null,
  ): Promise<boolean> {
    const running: Finishing = {
      interviewId: take.interviewId,
      run,
      finished: Promise.resolve(false),
      isStopped: false,
    };
    running.finished = this.#finish(take, files, run, measured)
      .then(() => {
        this.#jobs.succeeded({ kind: 'FINISH_RECORDING', subject: take.id });
        return true;
      })
      .catch((error: unknown) => {
        if (!running.isStopped) {
          this.#jobs.failed(
            { kind: 'FINISH_RECORDING', subject: take.id },
            jobFailureWords(error, UNFINISHED),
          );
        }
        this.#log.error(
          { takeId: take.id, err: error },
          'a recording could not be finished; it plays as it is, and the next start tries again',
        );
        return false;
      })
      .finally(() => this.#running.delete(take.id));
    this.#running.set(take.id, running);
    return running.finished;
  }

  async #finish(take: ClosedTake, files: TakeFiles, run: RemuxRun, measured: Measured | null): Promise<void> {
    const remuxed = await run.remuxed;
    if (!remuxed) throw new Error('Nothing in it could be read.');
    await rename(files.draft, files.finished);
    await syncFolder(files.folder);
    const damage = { damagedAt: measured?.damagedAt ?? null, undecodable: remuxed.undecodable };
    const isWhole = damage.damagedAt === null && damage.undecodable === 0;
    // Before the row is told: of a take that is finished, the next start would remove the raw file.
    if (!isWhole) await keepDamaged(files, damage, this.#log);
    if (!(await markFinished(this.#database.dataSource, take.id, remuxed))) {
      throw new Error('Its row has gone.');
    }
    await savePeaks(files, remuxed.peaks, this.#log);
    this.#events.publish(
      'interviews.changed',
      { interviewId: take.interviewId },
      { personId: take.personId },
    );
    if (isWhole) await removeRaw(files);
  }
}

const UNFINISHED = 'It plays as it was recorded; part of it may not be readable. The log has the details.';

async function removeRaw(files: TakeFiles): Promise<void> {
  await rm(files.raw, { force: true });
  await syncFolder(files.folder);
}

/** Puts aside a raw file that could not all be read, or not all be decoded. */
async function keepDamaged(
  files: TakeFiles,
  damage: { damagedAt: number | null; undecodable: number },
  log: Log,
): Promise<void> {
  // It has been put aside already where what is finished now was read from the finished file.
  if ((await sizeOf(files.raw)) === null) return;
  log.warn(
    { file: files.damaged, ...damage },
    'a recording is damaged; what could be read is finished, the rest kept',
  );
  await rename(files.raw, files.damaged);
  await syncFolder(files.folder);
}
