import { parentPort, workerData } from 'node:worker_threads';
import { compare, hash } from 'bcryptjs';

/** What a worker is started for: one computation, whose outcome it posts. */
export type BcryptTask =
  | { kind: 'hash'; password: string; cost: number }
  | { kind: 'compare'; password: string; hash: string };

const task = workerData as BcryptTask;
parentPort?.postMessage(
  task.kind === 'hash' ? await hash(task.password, task.cost) : await compare(task.password, task.hash),
);
