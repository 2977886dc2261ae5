import { parentPort, workerData } from 'node:worker_threads';
import { listen } from './remux.ts';

/** Decodes one recording and says how loud it is over time. A worker does one job and ends. */
parentPort?.postMessage(await listen(workerData as string));
