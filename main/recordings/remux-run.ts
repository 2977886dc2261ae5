import { Worker } from 'node:worker_threads';
import { workerEntry } from '../worker-entry.ts';
import type { Measured, Remuxed } from './remux.ts';

/** What a remux worker is started with: where to read and where to write. */
export interface RemuxJob {
  raw: string;
  draft: string;
}

/** What a remux worker says, in this order; only the first of a recording with nothing in it. */
export type RemuxMessage = { step: 'measured'; measured: Measured } | { step: 'remuxed'; remuxed: Remuxed };

/** Far beyond what an hour of speech takes on a slow disk; what takes longer is stuck. */
const TIME_LIMIT_MS = 5 * 60_000;

/** A recording being measured and remuxed in a worker of its own, so that a file that breaks it breaks nothing else. */
export class RemuxRun {
  /** Comes early: within a tenth of a second for half an hour of speech. */
  readonly measured: Promise<Measured>;
  /** Null when there was nothing to remux. */
  readonly remuxed: Promise<Remuxed | null>;
  readonly #worker: Worker;

  constructor(job: RemuxJob) {
    const worker = new Worker(workerEntry('remux'), {
      workerData: job,
      name: 'remux',
      resourceLimits: { maxOldGenerationSizeMb: 512 },
      // The decoder complains there of every packet it cannot read; what matters comes as a message.
      stderr: true,
    });
    worker.stderr.resume();
    this.#worker = worker;
    const failed = new Promise<never>((_, reject) => {
      const timer = setTimeout(() => {
        reject(new Error('Finishing a recording took too long.'));
        void worker.terminate();
      }, TIME_LIMIT_MS);
      worker.on('error', reject);
      worker.on('exit', (code) => {
        clearTimeout(timer);
        reject(new Error(`The remux worker ended with ${code} before its work was done.`));
      });
    });
    const measured = new Promise<Measured>((resolve) => {
      worker.on('message', (message: RemuxMessage) => {
        if (message.step === 'measured') resolve(message.measured);
      });
    });
    const remuxed = new Promise<Remuxed | null>((resolve) => {
      worker.on('message', (message: RemuxMessage) => {
        if (message.step === 'remuxed') resolve(message.remuxed);
        else if (message.measured.packets === 0) resolve(null);
      });
    });
    this.measured = Promise.race([measured, failed]);
    this.remuxed = Promise.race([remuxed, failed]);
    // Whoever awaits one of the two may never come to the other.
    this.measured.catch(() => undefined);
    this.remuxed.catch(() => undefined);
  }

  /** Ends the worker where it is. The raw file is as it was. */
  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
