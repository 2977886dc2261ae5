import { type WorkerName, workerEntry } from './worker-entry.ts';

/** A process that a host has started for us. */
export interface ForkedProcess {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Told once, however it ended. */
  onExit(listener: (code: number | null) => void): void;
  /** Ends it where it is. */
  kill(): void;
}

/** How a host starts a process that runs one of our files; `name` is for the system's list of processes. */
export type Fork = (file: URL, name: string) => ForkedProcess;

/** What a worker sends to whoever started it. */
export type FromWorkerProcess<Said, Result> =
  | { kind: 'said'; said: Said }
  | { kind: 'done'; result: Result }
  | { kind: 'failed'; error: Error };

/**
 * One job, done in a process of its own: a file that breaks it breaks nothing else, and the memory that it took is the
 * system's again when it ends, which that of a thread is not.
 */
export class WorkerProcess<Job, Said, Result> {
  /** Rejects where the job failed, and when it was ended before it was done. */
  readonly result: Promise<Result>;
  readonly #process: ForkedProcess;
  readonly #gone: Promise<void>;

  /** @param hear is given what the worker says while it works */
  constructor(fork: Fork, name: WorkerName, job: Job, hear: (said: Said) => void) {
    const forked = fork(workerEntry(name), name);
    this.#process = forked;
    this.result = new Promise((resolve, reject) => {
      forked.onMessage((message) => {
        const told = message as FromWorkerProcess<Said, Result>;
        if (told.kind === 'said') return hear(told.said);
        if (told.kind === 'done') resolve(told.result);
        else reject(told.error);
        // It has nothing left to do.
        forked.kill();
      });
      forked.onExit((code) => {
        reject(new Error(`The ${name} process ended with ${code} before its work was done.`));
      });
    });
    // Whoever ends it may not wait for it.
    this.result.catch(() => undefined);
    this.#gone = new Promise((resolve) => forked.onExit(() => resolve()));
    forked.send(job);
  }

  /** Ends it where it is. @returns when it is gone */
  stop(): Promise<void> {
    this.#process.kill();
    return this.#gone;
  }
}
