import { type Fork, WorkerProcess } from '../worker-process.ts';
import type { Measured, Remuxed } from './remux.ts';

/** What a remux process is given: where to read and where to write. */
export interface RemuxJob {
  raw: string;
  /** Must not be there yet. */
  draft: string;
}

/** Far beyond what an hour of speech takes on a slow disk; what takes longer is stuck. */
const TIME_LIMIT_MS = 5 * 60_000;

/** A recording being measured and remuxed in a process of its own. */
export class RemuxRun {
  /** Comes early: within a tenth of a second for half an hour of speech, once the process has started. */
  readonly measured: Promise<Measured>;
  /** Null when there was nothing to remux. */
  readonly remuxed: Promise<Remuxed | null>;
  readonly #process: WorkerProcess<RemuxJob, Measured, Remuxed | null>;

  constructor(fork: Fork, job: RemuxJob) {
    let told = (_: Measured): void => undefined;
    const measured = new Promise<Measured>((resolve) => {
      told = resolve;
    });
    this.#process = new WorkerProcess(fork, 'remux', job, told);
    const late = new Promise<never>((_, reject) => {
      const timer = setTimeout(() => {
        reject(new Error('Finishing a recording took too long.'));
        void this.stop();
      }, TIME_LIMIT_MS);
      this.#process.result.catch(() => undefined).finally(() => clearTimeout(timer));
    });
    this.remuxed = Promise.race([this.#process.result, late]);
    this.measured = Promise.race([measured, this.remuxed.then(() => measured)]);
    // Whoever awaits one of the two may never come to the other.
    this.measured.catch(() => undefined);
    this.remuxed.catch(() => undefined);
  }

  /** Ends it where it is. The raw file is as it was. */
  stop(): Promise<void> {
    return this.#process.stop();
  }
}
