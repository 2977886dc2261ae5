import { Worker } from 'node:worker_threads';
import { workerEntry } from '../worker-entry.ts';
import type { Heard } from './sound-check.ts';

/** A recording being decoded in a worker of its own, so that a file that breaks it breaks nothing else. */
export class PeaksRun {
  /** Rejects where the recording cannot be read, and when it is stopped. */
  readonly heard: Promise<Heard>;
  readonly #worker: Worker;

  constructor(file: string) {
    const worker = new Worker(workerEntry('peaks'), {
      workerData: file,
      name: 'peaks',
      resourceLimits: { maxOldGenerationSizeMb: 512 },
      // The decoder complains there of every packet it cannot read; what matters comes as a message.
      stderr: true,
    });
    worker.stderr.resume();
    this.#worker = worker;
    this.heard = new Promise((resolve, reject) => {
      worker.on('message', resolve);
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`The peaks worker ended with ${code} too soon.`)));
    });
    // Whoever stops it may not wait for it.
    this.heard.catch(() => undefined);
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
