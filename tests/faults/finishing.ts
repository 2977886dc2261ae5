import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataPaths } from '../../main/config/data-paths.ts';
import { takeFiles } from '../../main/recordings/take-files.ts';
import { longRecording, soundOf } from '../fixtures/recordings.ts';
import type { FinishingStep } from './finisher.ts';
import { openMachine, rowFolder } from './machine.ts';
import { hear } from './on-disk.ts';
import { type FaultRow, newRow } from './row.ts';

const MINUTES = 5;
const program = fileURLToPath(new URL('../../scripts/faults.mjs', import.meta.url));

/**
 * A take that was being recorded is put in order by a process that is killed at a step, then by another one that is
 * killed at the same step, then by one that is let live; and once more, which must change nothing.
 */
export async function killWhileFinishing(kills: number, steps: readonly FinishingStep[]): Promise<FaultRow> {
  const row = newRow('kill −9 at each step of finishing and of recovery', 0);
  const { folder: master, remove: removeMaster } = rowFolder();
  const bytes = await longRecording(MINUTES);
  const left = await leaveTake(master, bytes);
  const expected = { ms: MINUTES * 60_000, sound: await soundOf(bytes) };
  for (const step of steps) {
    const { folder, remove } = rowFolder();
    cpSync(master, folder, { recursive: true });
    for (let kill = 0; kill < kills; kill += 1) {
      const signal = await finishUntilKilled(folder, step, left);
      // Nothing is left to do at the same step when the first one came as far as the row.
      if (signal !== 'SIGKILL' && kill === 0) row.wrong.push(`${step}: was not reached`);
    }
    const machine = await openMachine(folder);
    await machine.recordings.reconcile();
    await machine.recordings.reconcile();
    const files = await readdir(join(machine.recordings.folder, left.interviewId));
    // What is drawn of it may be there or not: it is made again when it is asked for.
    if (files.filter((name) => name !== `${left.takeId}.peaks`).join() !== `${left.takeId}.webm`)
      row.wrong.push(`${step}: left ${files.join(' ')}`);
    const file = await machine.recordings.file(left.interviewId, `${left.takeId}.webm`).catch(() => null);
    const take = await machine.recordings.take(left.takeId);
    const whole = file !== null && (await soundOf(file)) === expected.sound;
    if (!whole || take.state !== 'FINISHED' || !take.chosen) row.answersLost += 1;
    row.lostMs.push(expected.ms - (file ? (await hear(file)).ms : 0));
    row.rounds += 1;
    await machine.close();
    remove();
  }
  removeMaster();
  row.note = `${steps.length} steps, each killed ${kills} times over, a take of ${MINUTES} minutes`;
  return row;
}

/** A data folder as a crash leaves it: a take that is RECORDING, with its file. */
async function leaveTake(
  folder: string,
  bytes: Uint8Array,
): Promise<{ interviewId: string; takeId: string }> {
  const machine = await openMachine(folder);
  const speaker = await machine.recordings.speaker();
  const { id: interviewId, questions } = await machine.recordings.interview(speaker);
  const takeId = await machine.recordings.leave(questions[0] ?? '');
  await machine.close();
  const files = takeFiles(dataPaths({ PARLEY_DATA_DIR: folder }).recordings, interviewId, takeId);
  await mkdir(files.folder, { recursive: true });
  await writeFile(files.raw, bytes);
  return { interviewId, takeId };
}

/** @returns the signal that ended it */
async function finishUntilKilled(
  folder: string,
  step: string,
  { interviewId, takeId }: { interviewId: string; takeId: string },
): Promise<NodeJS.Signals | null> {
  const child = spawn(
    process.execPath,
    [program, '--inside', 'finisher', folder, step, interviewId, takeId],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal;
}
