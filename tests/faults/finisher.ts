import { existsSync, promises } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { openMachine } from './machine.ts';

/** Where a process that finishes a recording is killed. Each is a place between two things that reach the disk. */
export const finishingSteps = [
  'before it is measured',
  'measured, not yet noted as stopped',
  'while the finished file is written',
  'written, not yet renamed',
  'renamed, not yet noted as finished',
  'noted as finished, the raw file still there',
  'the raw file just removed',
] as const;
export type FinishingStep = (typeof finishingSteps)[number];

/**
 * A process that opens a data folder, puts its recordings in order, and kills itself (-9) at a step: `<folder> <step>`.
 * Code and database are the real ones; only the calls of the file system that mark the step are listened to.
 */
export async function main([folder = '', step = '']: string[]): Promise<boolean> {
  const machine = await openMachine(folder);
  killAt(step as FinishingStep, machine.recordings.folder);
  await machine.recordings.reconcile();
  // Nothing has killed it: the step was never reached.
  await machine.close();
  return true;
}

function killAt(step: FinishingStep, folder: string): void {
  const { stat, rename, rm } = promises;
  const isRaw = (path: unknown) => String(path).endsWith('.webm.part');
  let looks = 0;
  switch (step) {
    case 'before it is measured':
    case 'measured, not yet noted as stopped': {
      // Its size is asked for in the look at the folder, before the measuring, and for the row.
      const last = step === 'before it is measured' ? 2 : 3;
      promises.stat = (async (path: string) => {
        if (isRaw(path)) looks += 1;
        if (looks === last) die();
        return stat(path);
      }) as typeof stat;
      break;
    }
    case 'while the finished file is written': {
      const timer = setInterval(() => {
        if (draftIn(folder)) die();
      }, 1);
      timer.unref();
      break;
    }
    case 'written, not yet renamed':
      promises.rename = async () => die();
      break;
    case 'renamed, not yet noted as finished':
      promises.rename = async (from, to) => {
        await rename(from, to);
        die();
      };
      break;
    case 'noted as finished, the raw file still there':
    case 'the raw file just removed':
      promises.rm = async (path, options) => {
        if (isRaw(path) && step === 'noted as finished, the raw file still there') die();
        await rm(path, options);
        if (isRaw(path)) die();
      };
      break;
  }
  syncBuiltinESMExports();
}

function draftIn(folder: string): boolean {
  const [interviewId = '', takeId = ''] = process.argv.slice(-2);
  return existsSync(join(folder, interviewId, `${takeId}.webm.tmp`));
}

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('unreachable');
}
