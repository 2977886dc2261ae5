import { readFile, writeFile } from 'node:fs/promises';
import type { Log } from '../log.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { type Fork, WorkerProcess } from '../worker-process.ts';
import { decodePeaks, encodePeaks, type Peaks } from './peaks.ts';
import type { Heard } from './sound-check.ts';
import { sizeOf, type TakeFiles, takeFiles } from './take-files.ts';
import type { OwnedTake } from './take-rows.ts';

/** A waveform being made. */
interface Making {
  interviewId: string;
  peaks: Promise<Peaks>;
  decoding: WorkerProcess<string, never, Heard> | null;
  stopped: boolean;
}

/**
 * What is drawn of takes. Made when a take is finished, kept beside it, and made again where that file is missing or
 * damaged: it can always be had from the recording.
 */
export class Waveforms {
  readonly #place: { readonly folder: string };
  readonly #log: Log;
  readonly #fork: Fork;
  readonly #making = new Map<string, Making>();
  /** One after the other: a page with many old takes must not take every core. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: { readonly folder: string; log: Log; fork: Fork }) {
    this.#place = parts;
    this.#log = parts.log;
    this.#fork = parts.fork;
  }

  /**
   * The peaks of a take that is not being recorded or finished.
   *
   * @throws OperationFailure NOT_FOUND when its file is missing here, CONFLICT when it is damaged
   */
  async of({ take, interviewId }: OwnedTake): Promise<Peaks> {
    const files = takeFiles(this.#place.folder, interviewId, take.id);
    const isFinished = take.state === 'FINISHED';
    const finishedSize = await sizeOf(files.finished);
    if (finishedSize === null && (await sizeOf(files.raw)) === null) throw missing();
    if (isFinished && finishedSize !== null && finishedSize !== take.sizeBytes) throw damaged();
    const kept = isFinished ? await readPeaks(files) : null;
    if (kept) return kept;
    // A raw file that is not finished may yet be trimmed, so what is drawn of it is not kept.
    return this.#make(take.id, interviewId, files, isFinished && finishedSize !== null);
  }

  /** Ends what is being made for one interview, or for all. */
  async stop(interviewId?: string): Promise<void> {
    for (const making of [...this.#making.values()]) {
      if (interviewId && making.interviewId !== interviewId) continue;
      making.stopped = true;
      await making.decoding?.stop();
      await making.peaks.catch(() => undefined);
    }
  }

  #make(takeId: string, interviewId: string, files: TakeFiles, isFinished: boolean): Promise<Peaks> {
    const begun = this.#making.get(takeId);
    if (begun) return begun.peaks;
    const before = this.#last;
    const peaks = before.then(() => decode());
    const making: Making = { interviewId, peaks, decoding: null, stopped: false };
    const decode = async () => {
      if (making.stopped) throw missing();
      const source = isFinished || (await sizeOf(files.raw)) === null ? files.finished : files.raw;
      making.decoding = new WorkerProcess(this.#fork, 'peaks', source, () => undefined);
      const { peaks, undecodable } = await making.decoding.result.catch((error: unknown) => {
        if (making.stopped) throw missing();
        this.#log.warn({ takeId, err: error }, 'a recording cannot be decoded');
        throw damaged();
      });
      if (undecodable > 0) this.#log.warn({ takeId, undecodable }, 'a recording can be decoded in part only');
      if (isFinished) await savePeaks(files, peaks, this.#log);
      return peaks;
    };
    this.#making.set(takeId, making);
    this.#last = making.peaks.catch(() => undefined).finally(() => this.#making.delete(takeId));
    return making.peaks;
  }
}

/** Keeps a take's peaks beside it. Not flushed: a file that a power cut damages is noticed, and made again. */
export async function savePeaks(files: TakeFiles, peaks: Peaks, log: Log): Promise<void> {
  try {
    await writeFile(files.peaks, encodePeaks(peaks), { mode: 0o600 });
  } catch (error) {
    log.warn({ file: files.peaks, err: error }, 'a waveform could not be kept; it is made again when shown');
  }
}

/** @returns null when there is none that can be used */
async function readPeaks(files: TakeFiles): Promise<Peaks | null> {
  try {
    return decodePeaks(await readFile(files.peaks));
  } catch {
    // Whatever is wrong with it, it is made again.
    return null;
  }
}

function missing(): OperationFailure {
  return new OperationFailure('NOT_FOUND', 'The file of this recording is missing on this machine.');
}

function damaged(): OperationFailure {
  return new OperationFailure('CONFLICT', 'The file of this recording is damaged.', { damaged: true });
}
