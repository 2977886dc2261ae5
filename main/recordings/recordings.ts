import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { validate as isUuid } from 'uuid';
import type { Strays } from '../../shared/contract/storage.ts';
import { recordingFormat, takeAddress } from '../../shared/model/recording.ts';
import type { Database } from '../database/database.ts';
import type { EventHub } from '../events.ts';
import type { JobReports } from '../jobs/failed-jobs.ts';
import type { Log } from '../log.ts';
import type { HandlersOf, SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import type { Fork } from '../worker-process.ts';
import { DiskWatch, NO_ROOM } from './disk-watch.ts';
import { syncFolder } from './folder-sync.ts';
import { deleteGoneTakes } from './gone-takes.ts';
import { Keeping } from './keeping.ts';
import { Media } from './media.ts';
import { isDiskFull, OpenTake, TakeDiskError } from './open-take.ts';
import { bucketMs } from './peaks.ts';
import { interviewsWithFiles, reconcile } from './reconcile.ts';
import { findStrays } from './strays.ts';
import { makeFolder, takeFiles } from './take-files.ts';
import { addTake, findOwnTake } from './take-rows.ts';
import { Waveforms } from './waveforms.ts';

/** How long closing waits for recordings that are being finished; the next start does what is left. */
const CLOSE_PATIENCE_MS = 5_000;

/** How long a move waits for recordings that are being finished. */
const FINISH_PATIENCE_MS = 10_000;

/** A take that is being recorded. */
interface Recording {
  take: OpenTake;
  interviewId: string;
  personId: string;
  startedAt: Date;
  stopping: Promise<Stopped | null> | null;
}

/** Null stands for a take in which nothing was recorded. */
interface Stopped {
  durationMs: number;
}

export interface Recordings {
  handlers: HandlersOf<'recordings'>;
  /** Serves a take to the person it belongs to, with Range. */
  media(request: Request, person: SignedInPerson | null): Promise<Response>;
  /** Whether a take is being recorded. */
  isRecording(): boolean;
  /** Puts in order what a crash has left. Run whenever the database has opened; harmless at any time. */
  reconcile(): Promise<void>;
  /**
   * Runs work during which nothing in the folder changes: nobody can record, nothing is finished or removed.
   *
   * @throws OperationFailure CONFLICT while somebody records, or such work runs already
   */
  whileStill<T>(work: () => Promise<T>): Promise<T>;
  /** Files without a row and rows without a file. Changes nothing. */
  findStrays(): Promise<Strays>;
  /** Stops every recording with everything kept. */
  close(): Promise<void>;
  /** Ends the recordings of an interview that is about to end. Not to be called inside a transaction. */
  stopTakesOf(interviewId: string): Promise<void>;
  /** The interviews of which this machine has files. */
  interviewsWithFiles(): Promise<string[]>;
  /** Removes an interview's files for good. Harmless when there are none. */
  deleteInterviewFiles(interviewId: string): Promise<void>;
  /** Removes the files of takes that were discarded longer ago than they can be brought back, or went by a retention rule. */
  deleteGoneTakes(): Promise<void>;
}

/**
 * Recordings: takes are opened, filled chunk by chunk, stopped, finished and played. docs/RECORDING.md tells the whole
 * way of a recording and what is lost when.
 *
 * @param parts.fork starts the processes in which recordings are finished
 * @param parts.folder where the files are; made when first needed, and read each time, since it may move
 * @param parts.requireFolder throws an OperationFailure while the folder is not there, its disk being away
 */
export function createRecordings(parts: {
  database: Pick<Database, 'dataSource' | 'engine'>;
  events: EventHub;
  log: Log;
  fork: Fork;
  jobs?: JobReports;
  readonly folder: string;
  requireFolder?: () => Promise<void>;
}): Recordings {
  const { database, log, requireFolder = async () => undefined } = parts;
  const disk = new DiskWatch();
  const keeping = new Keeping(parts);
  const media = new Media(parts);
  const waveforms = new Waveforms(parts);
  const recordings = new Map<string, Recording>();
  /** Takes that the disk has ended. They are kept, and do not count as attempts: the answer is to be saved whole. */
  const brokenOff = new Set<string>();
  /** Takes being opened, by person: one after the other for each. */
  const beginning = new Map<string, Promise<unknown>>();
  const closing = new AbortController();
  let reconciling: Promise<unknown> | null = null;
  /** Set while nothing may change in the folder. */
  let still: Promise<unknown> | null = null;

  /** Ends a recording. When that fails nothing is lost, and it can be asked again. */
  function stop(recording: Recording): Promise<Stopped | null> {
    recording.stopping ??= closeAndKeep(recording).catch((error: unknown) => {
      recording.stopping = null;
      throw error;
    });
    return recording.stopping;
  }

  async function closeAndKeep({
    take,
    interviewId,
    personId,
    startedAt,
  }: Recording): Promise<Stopped | null> {
    const stoppedAt = new Date();
    await take.close();
    if (take.failure)
      log.error({ takeId: take.id, err: take.failure }, 'the disk refused part of a recording');
    const kept = await keeping.keep({ id: take.id, interviewId, personId, stoppedAt, recovered: false });
    recordings.delete(take.id);
    return kept && { durationMs: kept.durationMs ?? elapsedMs(startedAt, stoppedAt) };
  }

  async function begin(questionId: string, personId: string): Promise<{ takeId: string; number: number }> {
    if (closing.signal.aborted) throw new OperationFailure('CONFLICT', 'Parley is closing.');
    if (still) throw moving();
    await requireFolder();
    for (const recording of recordings.values()) {
      if (recording.personId === personId) await stop(recording);
    }
    let opened: OpenTake | null = null;
    try {
      const { folder } = parts;
      await makeFolder(folder);
      const { id, number } = await addTake(
        database.dataSource,
        { questionId, personId, brokenOff },
        async (made) => {
          await disk.require(folder, made.answerTimeMs);
          opened = await OpenTake.create(made.take.id, takeFiles(folder, made.interviewId, made.take.id));
          const { interviewId, take } = made;
          const startedAt = take.startedAt;
          recordings.set(take.id, { take: opened, interviewId, personId, startedAt, stopping: null });
        },
      );
      return { takeId: id, number };
    } catch (error) {
      if (opened) await forget(opened);
      throw isDiskFull(error) ? new OperationFailure('DISK_FULL', NO_ROOM) : error;
    }
  }

  /** Takes back a file whose row could not be made. */
  async function forget(take: OpenTake): Promise<void> {
    recordings.delete(take.id);
    await take.close();
    await rm(take.file, { force: true });
  }

  const isBusy = (takeId: string) => recordings.has(takeId) || keeping.isBusyWith(takeId);

  const handlers: HandlersOf<'recordings'> = {
    async 'recordings.begin'({ input, person }) {
      if (input.mimeType.toLowerCase().replaceAll(' ', '') !== recordingFormat.mimeType) {
        throw new OperationFailure('INVALID_INPUT', `Recordings must be ${recordingFormat.mimeType}.`);
      }
      const before = beginning.get(person.id) ?? Promise.resolve();
      const begun = before.catch(() => undefined).then(() => begin(input.questionId, person.id));
      beginning.set(person.id, begun);
      try {
        return await begun;
      } finally {
        if (beginning.get(person.id) === begun) beginning.delete(person.id);
      }
    },

    async 'recordings.append'({ input, person }) {
      const recording = recordings.get(input.takeId);
      if (recording?.personId !== person.id) {
        const owned = await findOwnTake(database.dataSource, input.takeId, person.id);
        if (!owned) throw new OperationFailure('NOT_FOUND', NO_SUCH_TAKE);
        throw new OperationFailure('CONFLICT', 'This recording has ended; what was said is kept.', {
          ended: true,
        });
      }
      try {
        const safe = await recording.take.append(input.sequence, input.bytes);
        return { ...safe, disk: disk.room(parts.folder) };
      } catch (error) {
        if (!(error instanceof TakeDiskError)) throw error;
        brokenOff.add(input.takeId);
        const stopped = await stop(recording).catch((second: unknown) => {
          log.error(
            { takeId: input.takeId, err: second },
            'a recording could not be noted as stopped; beginning the next one does it, or the next start',
          );
          return undefined;
        });
        throw refusal(error, stopped);
      }
    },

    async 'recordings.finish'({ input: { takeId }, person }) {
      const recording = recordings.get(takeId);
      if (recording?.personId === person.id) {
        const stopped = await stop(recording);
        if (recording.take.failure) throw refusal(recording.take.failure, stopped);
        if (!stopped) {
          throw new OperationFailure('CONFLICT', 'Nothing was recorded, so this attempt does not count.', {
            empty: true,
          });
        }
        return { takeId, durationMs: stopped.durationMs, audioUrl: takeAddress(takeId) };
      }
      const owned = await findOwnTake(database.dataSource, takeId, person.id);
      if (!owned) throw new OperationFailure('NOT_FOUND', NO_SUCH_TAKE);
      const { state, durationMs, startedAt, stoppedAt } = owned.take;
      if (state === 'RECORDING') {
        throw new OperationFailure(
          'CONFLICT',
          'This recording was cut off; it is put in order when Parley starts.',
        );
      }
      return {
        takeId,
        durationMs: durationMs ?? elapsedMs(startedAt, stoppedAt ?? startedAt),
        audioUrl: takeAddress(takeId),
      };
    },

    async 'recordings.peaks'({ input: { takeId }, person }) {
      const owned = await findOwnTake(database.dataSource, takeId, person.id);
      if (!owned) throw new OperationFailure('NOT_FOUND', NO_SUCH_TAKE);
      const { state } = owned.take;
      if (state === 'RECORDING' || (state === 'STOPPED' && keeping.isBusyWith(takeId))) return null;
      if (still) throw moving();
      await requireFolder();
      const { durationMs, values } = await waveforms.of(owned);
      return { durationMs, bucketMs, peaks: values };
    },
  };

  return {
    handlers,
    media: (request, person) => media.respond(request, person),

    isRecording: () => recordings.size > 0,

    async reconcile() {
      while (still) await still.catch(() => undefined);
      try {
        await requireFolder();
      } catch (error) {
        log.warn({ err: error }, 'the folder of recordings is away; it is looked at when it is there');
        return;
      }
      const { signal } = closing;
      const { folder, jobs } = parts;
      reconciling ??= reconcile({ database, keeping, log, folder, isBusy, signal, jobs }).finally(() => {
        reconciling = null;
      });
      await reconciling;
    },

    async stopTakesOf(interviewId) {
      for (const recording of recordings.values()) {
        if (recording.interviewId === interviewId) await stop(recording);
      }
    },

    async whileStill(work) {
      if (still) throw moving();
      if (recordings.size > 0 || beginning.size > 0) {
        throw new OperationFailure('CONFLICT', 'An answer is being recorded. Stop it first, then try again.');
      }
      const running = Promise.resolve(reconciling)
        .catch(() => undefined)
        .then(async () => {
          if (await keeping.idle(FINISH_PATIENCE_MS)) return;
          throw new OperationFailure('CONFLICT', 'An answer is still being finished. Try again in a minute.');
        })
        .then(() => waveforms.stop())
        .then(() => {
          media.discard();
          return work();
        })
        .finally(() => {
          media.discard();
          still = null;
        });
      still = running;
      return running;
    },

    async findStrays() {
      if (still) throw moving();
      return findStrays({ database, folder: parts.folder, isBusy });
    },

    interviewsWithFiles: () => interviewsWithFiles(parts.folder),

    async deleteInterviewFiles(interviewId) {
      if (!isUuid(interviewId)) throw new Error('This is not the id of an interview.');
      if (still) throw moving();
      await requireFolder();
      const { folder } = parts;
      for (const recording of recordings.values()) {
        if (recording.interviewId !== interviewId) continue;
        await recording.take.close();
        recordings.delete(recording.take.id);
      }
      await keeping.stop(interviewId);
      await waveforms.stop(interviewId);
      media.discard(interviewId);
      const removed = join(folder, interviewId);
      await rm(removed, { recursive: true, force: true });
      await makeFolder(folder);
      await syncFolder(folder);
    },

    async deleteGoneTakes() {
      if (still) return;
      const { folder } = parts;
      const interviewIds = await interviewsWithFiles(folder);
      const { dataSource } = database;
      const release = async (interviewId: string, isOver: boolean) => {
        if (isOver) {
          await keeping.stop(interviewId);
          await waveforms.stop(interviewId);
        }
        media.discard(interviewId);
      };
      await deleteGoneTakes({ dataSource, log, folder, interviewIds, release });
    },

    async close() {
      closing.abort();
      await Promise.allSettled(beginning.values());
      for (const recording of recordings.values()) {
        await stop(recording).catch((error: unknown) => {
          log.error({ takeId: recording.take.id, err: error }, 'a recording is left to the next start');
        });
      }
      await keeping.close(CLOSE_PATIENCE_MS);
      await reconciling;
      await waveforms.stop();
      media.discard();
    },
  };
}

function moving(): OperationFailure {
  return new OperationFailure(
    'CONFLICT',
    'The recordings are being moved to another folder. Wait until that is done, then try again.',
  );
}

const NO_SUCH_TAKE = 'There is no such recording.';

/**
 * What to say when the disk has refused a chunk.
 *
 * @param stopped undefined when the database, perhaps on the same disk, could not be told
 */
function refusal({ full }: TakeDiskError, stopped: Stopped | null | undefined): OperationFailure {
  const why = full ? 'The disk is full.' : 'The disk could not be written to.';
  const kept = stopped
    ? `What was said up to ${clock(stopped.durationMs)} is kept.`
    : stopped === null
      ? 'Nothing had been recorded yet.'
      : 'What was said until then is kept.';
  const what = full ? 'Free some space.' : 'Check the disk before you record again.';
  return new OperationFailure(full ? 'DISK_FULL' : 'INTERNAL', `${why} ${kept} ${what}`, {
    ended: true,
    durationMs: stopped?.durationMs ?? 0,
  });
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function elapsedMs(from: Date, until: Date): number {
  return Math.max(0, until.getTime() - from.getTime());
}
