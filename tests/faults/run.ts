import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { finishingSteps } from './finisher.ts';
import { killWhileFinishing } from './finishing.ts';
import { fillDisk } from './full-disk.ts';
import { hostileChunks } from './hostile-chunks.ts';
import { killWhileRecording } from './kills.ts';
import { loseDevice, stallPage, twoApps } from './live.ts';
import { type FaultRow, isGood, type Random, type SkippedRow, seededRandom, worst } from './row.ts';
import { tableOf, writeTable } from './table.ts';
import { truncateEverywhere } from './truncation.ts';

type Fault = (rounds: number, random: Random) => Promise<FaultRow | SkippedRow>;

const faults: Record<string, Fault> = {
  truncation: (rounds, random) => truncateEverywhere(rounds, random),
  chunks: (rounds, random) => hostileChunks(rounds, random),
  finishing: (rounds, random) =>
    rounds < 10
      ? killWhileFinishing(1, someOf(finishingSteps, rounds, random))
      : killWhileFinishing(2, finishingSteps),
  'kill-renderer': (rounds, random) => killWhileRecording('renderer', rounds, random),
  'kill-main': (rounds, random) => killWhileRecording('main', rounds, random),
  'kill-both': (rounds, random) => killWhileRecording('both', rounds, random),
  'device-lost': (rounds, random) => loseDevice(Math.ceil(rounds / 3), random),
  'stalled-page': (rounds, random) => stallPage(Math.ceil(rounds / 3), random),
  'two-apps': (rounds, random) => twoApps(Math.ceil(rounds / 6), random),
  'full-disk': (rounds, random) => fillDisk(Math.ceil(rounds / 6), random),
};

/** `npm run test:faults`: what becomes of recordings when the worst happens, and a line for each. */
export async function main(args: string[]): Promise<boolean> {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '30' },
      seed: { type: 'string' },
      only: { type: 'string' },
      write: { type: 'boolean' },
    },
  });
  const rounds = Number(values.rounds);
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const names = Object.keys(faults).filter((name) => !values.only || values.only.split(',').includes(name));
  if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed) || names.length === 0) {
    console.log(
      `Usage: npm run test:faults -- [--rounds N] [--seed N] [--write] [--only ${Object.keys(faults)}]`,
    );
    return false;
  }
  console.log(`${rounds} rounds, seed ${seed}`);
  const rows: (FaultRow | SkippedRow)[] = [];
  for (const name of names) {
    const began = performance.now();
    const row = await faults[name]?.(rounds, seededRandom(seed));
    if (!row) continue;
    rows.push(row);
    report(name, row, (performance.now() - began) / 1000);
  }
  console.log(`\n${tableOf(rows)}`);
  if (values.write) await writeTable(rows);
  return rows.every((row) => 'skipped' in row || isGood(row));
}

/** In the short form, a few of many. */
function someOf<T>(all: readonly T[], count: number, random: Random): T[] {
  const left = [...all];
  while (left.length > count) left.splice(random(0, left.length - 1), 1);
  return left;
}

function report(name: string, row: FaultRow | SkippedRow, seconds: number): void {
  if ('skipped' in row) {
    console.log(`skip ${name.padEnd(14)} cannot run here: ${row.skipped}`);
    return;
  }
  const verdict = isGood(row) ? 'ok  ' : 'FAIL';
  const figures = `${row.rounds} rounds, ${worst(row)} ms lost at worst (aim ${row.aimMs}), ${row.answersLost} answers lost`;
  console.log(`${verdict} ${name.padEnd(14)} ${figures}; ${row.note} (${seconds.toFixed(0)} s)`);
  for (const line of row.wrong.slice(0, 10)) console.log(`       ${line}`);
}
