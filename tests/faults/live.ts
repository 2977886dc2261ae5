import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { electronPath } from '../e2e/launch.ts';
import {
  type App,
  beginInterview,
  endApp,
  finishedTakes,
  kill9,
  recordedIn,
  startApp,
  stopAnswer,
  takeFile,
} from './app.ts';
import { rowFolder } from './machine.ts';
import { hear } from './on-disk.ts';
import { type FaultRow, newRow, pause, type Random, type SkippedRow, until } from './row.ts';

/** What a running app goes through while an answer is spoken, and lives. */

const STALL_MS = 4_000;
/** From the microphone to the encoder, and from a click to its effect on a busy machine. */
const LATENCY_MS = 500;
const root = fileURLToPath(new URL('../..', import.meta.url));

/** The process of Chromium that reads the microphone dies: what was said until then is kept, and recording works again. */
export async function loseDevice(rounds: number, random: Random): Promise<FaultRow | SkippedRow> {
  const fault = 'Microphone lost (Chromium’s audio process killed)';
  if (process.platform !== 'linux')
    return { fault, skipped: 'the process is found under /proc, which needs Linux' };
  return withApp(newRow(fault, LATENCY_MS), rounds, async ({ app, folder, row }) => {
    const { id } = await beginInterview(app.page, 2);
    await pause(random(1_000, 3_000));
    const audio = audioProcessOf(app.mainPid);
    if (audio === null) throw new Error('There is no audio process to kill.');
    const lostAt = kill9(audio);
    await until(
      'the recorder has stopped',
      async () => (await recordedIn(app.page)).at(-1)?.stoppedAt !== null,
    );
    const [recorded] = await recordedIn(app.page);
    await stopAnswer(app.page);
    const [take] = await finishedTakes(app.page, id);
    const kept = take ? (await hear(await takeFile(folder, take.id))).ms : 0;
    row.lostMs.push(Math.max(0, lostAt - (recorded?.startedAt ?? 0) - kept));
    if (!take) row.answersLost += 1;
  });
}

/** The page's main thread stands still: chunks come late, and none is lost. */
export async function stallPage(rounds: number, random: Random): Promise<FaultRow | SkippedRow> {
  const row = newRow(`Page stalled for ${STALL_MS / 1000} s while recording`, LATENCY_MS);
  let longestGapMs = 0;
  await withApp(row, rounds, async ({ app, folder }) => {
    const { id } = await beginInterview(app.page, 1);
    await pause(random(500, 1_500));
    await app.page.evaluate((ms) => {
      const began = performance.now();
      while (performance.now() - began < ms);
    }, STALL_MS);
    await pause(random(300, 1_000));
    await stopAnswer(app.page);
    const [recorded] = await recordedIn(app.page);
    const [take] = await finishedTakes(app.page, id);
    if (!recorded?.stoppedAt || !take) throw new Error('Nothing was recorded.');
    const heard = await hear(await takeFile(folder, take.id));
    row.lostMs.push(Math.max(0, recorded.stoppedAt - recorded.startedAt - heard.ms));
    longestGapMs = Math.max(longestGapMs, heard.longestGapMs);
  });
  row.note = `longest gap in the recordings ${longestGapMs} ms`;
  if (longestGapMs > 250) row.wrong.push(row.note);
  return row;
}

/** A second app and a browser host are started on the folder in which the first one is recording. */
export async function twoApps(rounds: number, random: Random): Promise<FaultRow | SkippedRow> {
  const row = newRow('Second app and browser host on the same folder', LATENCY_MS);
  return withApp(row, rounds, async ({ app, folder }) => {
    const { id } = await beginInterview(app.page, 1);
    await pause(random(200, 800));
    const [second, host] = await Promise.all([
      exitCode(electronPath ?? '', [root, '--no-sandbox', '--disable-gpu'], folder),
      exitCode(process.execPath, [`${root}scripts/serve.mjs`, '--port', '0'], folder),
    ]);
    if (second !== 0) row.wrong.push(`the second app ended with ${second}`);
    if (host === 0 || host === null) row.wrong.push(`the browser host ended with ${host}`);
    await stopAnswer(app.page);
    const [recorded] = await recordedIn(app.page);
    const [take] = await finishedTakes(app.page, id);
    if (!recorded?.stoppedAt || !take) throw new Error('Nothing was recorded.');
    const kept = (await hear(await takeFile(folder, take.id))).ms;
    row.lostMs.push(Math.max(0, recorded.stoppedAt - recorded.startedAt - kept));
  });
}

async function withApp(
  row: FaultRow,
  rounds: number,
  round: (parts: { app: App; folder: string; row: FaultRow }) => Promise<void>,
): Promise<FaultRow> {
  const { folder, remove } = rowFolder();
  const app = await startApp(folder);
  for (let count = 0; count < rounds; count += 1) {
    await round({ app, folder, row });
    row.rounds += 1;
  }
  await endApp(app);
  remove();
  return row;
}

/** Finds Chromium's audio service among the descendants of a process. */
function audioProcessOf(pid: number): number | null {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const words = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      if (!words.includes('audio.mojom.AudioService')) continue;
      const [, parent = ''] = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8')) ?? [];
      if (Number(parent) === pid) return Number(name);
    } catch {
      // It ended while we looked.
    }
  }
  return null;
}

async function exitCode(program: string, args: string[], folder: string): Promise<number | null> {
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, PARLEY_DATA_DIR: folder, DATABASE_HOST: '' },
    stdio: 'ignore',
  });
  const late = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(late);
  return code;
}
