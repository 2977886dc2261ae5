import { parentPort, workerData } from 'node:worker_threads';
import { measure, remux } from './remux.ts';
import type { RemuxJob, RemuxMessage } from './remux-run.ts';

/** Measures one recording, says so, and makes its finished file. A worker does one job and ends. */
const { raw, draft } = workerData as RemuxJob;
const say = (message: RemuxMessage) => parentPort?.postMessage(message);

const measured = await measure(raw);
say({ step: 'measured', measured });
if (measured.packets > 0) say({ step: 'remuxed', remuxed: await remux(raw, draft, measured) });
