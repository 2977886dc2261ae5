import { parentPort, workerData } from 'node:worker_threads';
import { type BcryptTask, computeHere } from './bcrypt.ts';

/** Does the one computation that it is started for, and posts the outcome. */
parentPort?.postMessage(await computeHere(workerData as BcryptTask));
