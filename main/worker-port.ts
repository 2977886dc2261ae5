import type { FromWorkerProcess } from './worker-process.ts';

/** Four hours of speech take less than half of it; a damaged file must not take all that the machine has. */
const MOST_BYTES = 1024 ** 3;
const LOOK_EVERY_MS = 250;

/** What Electron gives a utility process to speak to main with. */
interface ParentPort {
  on(name: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

/**
 * Does the one job of a process that was started as a WorkerProcess: waits for it, and tells what came of it. The
 * process is ended from outside then, or ends by itself when whoever started it has gone.
 */
export function doJob<Job, Said, Result>(
  work: (job: Job, say: (said: Said) => void) => Promise<Result>,
): void {
  // Not by a flag of V8's: Electron does not pass it on, and it leaves out what lies outside the heap.
  setInterval(() => {
    if (process.memoryUsage.rss() > MOST_BYTES) process.exit(1);
  }, LOOK_EVERY_MS).unref();
  const send = listen((job) => {
    work(job as Job, (said) => send({ kind: 'said', said }))
      .then((result) => send({ kind: 'done', result }))
      .catch((error: unknown) => {
        send({ kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
      });
  });

  function listen(take: (job: unknown) => void): (message: FromWorkerProcess<Said, Result>) => void {
    const { parentPort } = process as { parentPort?: ParentPort };
    if (parentPort) {
      parentPort.on('message', ({ data }) => take(data));
      return (message) => parentPort.postMessage(message);
    }
    process.on('message', take);
    process.on('disconnect', () => process.exit());
    return (message) => process.send?.(message);
  }
}
