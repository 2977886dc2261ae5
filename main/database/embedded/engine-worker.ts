import { Worker } from 'node:worker_threads';
import { workerEntry } from '../../worker-entry.ts';
import type { EngineVitals, FromWorker, ToWorker, WorkerInput } from './engine-messages.ts';
import { EngineOpenError, openError } from './errors.ts';

/** What the worker tells while it is open. */
export interface EngineWorkerListener {
  message(message: FromWorker): void;
  /** The thread has ended and nobody asked it to. */
  lost(detail: string): void;
}

/** An open engine in its thread. */
export interface EngineWorker {
  readonly serverVersion: string;
  readonly firstStart: boolean;
  readonly leftoverRemoved: boolean;
  post(message: ToWorker, transfer?: ArrayBuffer[]): void;
  /** Ends the thread at once, whatever it does. Resolves when it has ended and its files are closed. */
  terminate(): Promise<void>;
  /** Closes the database and ends the thread; after `limitMs` milliseconds it ends it anyway. */
  close(limitMs: number): Promise<void>;
}

/**
 * Starts the engine's thread and waits until the database is open.
 *
 * @param limitMs how long opening may take, recovery after a kill included.
 * @throws the EmbeddedEngineError that opening failed with.
 */
export function startEngineWorker(
  input: Omit<WorkerInput, 'vitals'>,
  vitals: EngineVitals,
  limitMs: number,
  listener: EngineWorkerListener,
): Promise<EngineWorker> {
  const worker = new Worker(workerEntry('embedded-database'), {
    name: 'embedded database',
    workerData: { ...input, vitals: vitals.buffer } satisfies WorkerInput,
  });
  let stopping = false;
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));

  const terminate = async (): Promise<void> => {
    stopping = true;
    await worker.terminate();
  };

  return new Promise<EngineWorker>((resolve, reject) => {
    let open = false;
    let lastError = '';

    const giveUp = (error: Error): void => {
      clearTimeout(timer);
      void terminate().then(() => reject(error));
    };
    const timer = setTimeout(
      () => giveUp(new EngineOpenError(`The database did not open within ${Math.round(limitMs / 1000)} s.`)),
      limitMs,
    );

    worker.on('error', (error) => {
      lastError = error instanceof Error ? error.message : String(error);
    });
    worker.on('exit', (code) => {
      if (stopping) return;
      stopping = true;
      const detail = lastError || `its thread ended with code ${code}`;
      if (open) listener.lost(detail);
      else giveUp(new EngineOpenError(`The database could not be started: ${detail}.`));
    });
    worker.on('message', (message: FromWorker) => {
      if (stopping && message.kind !== 'server log') return;
      if (message.kind === 'failed') {
        giveUp(openError(message.failure));
        return;
      }
      if (message.kind === 'broken' && !open) {
        giveUp(new EngineOpenError(`The database could not be started: ${message.detail}.`));
        return;
      }
      if (message.kind === 'broken') stopping = true;
      if (message.kind !== 'open') {
        listener.message(message);
        return;
      }
      clearTimeout(timer);
      open = true;
      resolve({
        serverVersion: message.serverVersion,
        firstStart: message.firstStart,
        leftoverRemoved: message.leftoverRemoved,
        post: (sent, transfer = []) => worker.postMessage(sent, transfer),
        terminate,
        async close(closeLimitMs) {
          stopping = true;
          worker.postMessage({ kind: 'close' } satisfies ToWorker);
          const deadline = setTimeout(() => void worker.terminate(), closeLimitMs);
          await exited;
          clearTimeout(deadline);
        },
      });
    });
  });
}
