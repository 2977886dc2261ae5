import { parseArgs } from 'node:util';
import { sharedTemplate } from '../../main/database/embedded/testing.ts';
import { fillDisk } from './full-disk.ts';
import { killWhileWriting } from './kill.ts';
import { whyNoMounts } from './mounts.ts';
import { twoOpeners } from './openers.ts';
import { cutPower } from './power-cut.ts';
import { isGood, type Verdict } from './verdict.ts';

// `npm run test:durability`: what the embedded database does when the worst happens, and a line for each.

const ROWS = ['kill', 'power-cut', 'full-disk', 'openers'] as const;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '30' },
    only: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1 || (values.only && !ROWS.some((row) => row === values.only))) {
  say(`Usage: npm run test:durability -- [--rounds N] [--only ${ROWS.join('|')}|migrations]`);
  process.exit(2);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function report(verdict: Verdict): void {
  const { name, acknowledged, lost, torn, failedToOpen, note } = verdict;
  const figures = [
    `${verdict.rounds} rounds`,
    `${acknowledged} acknowledged`,
    `${lost} lost`,
    `${torn} torn`,
    `${failedToOpen} failed to open`,
  ].join(', ');
  say(`${isGood(verdict) ? 'ok  ' : 'FAIL'} ${name.padEnd(12)} ${figures}${note ? ` (${note})` : ''}`);
  for (const line of verdict.wrong.slice(0, 10)) say(`       ${line}`);
}

const template = await sharedTemplate();
const noMounts = whyNoMounts();
let good = true;

for (const row of ROWS) {
  if (values.only && values.only !== row) continue;
  if (noMounts && (row === 'power-cut' || row === 'full-disk')) {
    say(`skip ${row.padEnd(12)} cannot mount a file system here (${noMounts})`);
    continue;
  }
  const verdict =
    row === 'kill'
      ? await killWhileWriting(rounds, template)
      : row === 'power-cut'
        ? await cutPower(rounds, template)
        : row === 'full-disk'
          ? await fillDisk(Math.ceil(rounds / 5), template)
          : await twoOpeners(Math.ceil((rounds * 2) / 3), template);
  report(verdict);
  good &&= isGood(verdict);
}

process.exit(good ? 0 : 1);
