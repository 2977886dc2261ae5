import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause, randomBetween, startWriter } from './processes.ts';
import { examine, newVerdict, type Verdict } from './verdict.ts';

/** How long a start takes about, in milliseconds: kills come within it, and after it. */
const START_MS = 1_200;

/**
 * Kills (-9) the writing process at random moments. Every third round begins with no database, so that kills
 * come upon the first start; most of the others kill again during recovery before they look.
 */
export async function killWhileWriting(rounds: number, template: string): Promise<Verdict> {
  const verdict = newVerdict('kill -9');
  let parent = mkdtempSync(join(tmpdir(), 'parley-kill-'));
  let acknowledged: number[] = [];
  let firstStarts = 0;
  let duringStart = 0;
  for (let round = 0; round < rounds; round += 1) {
    if (round % 3 === 0) {
      rmSync(parent, { recursive: true, force: true });
      parent = mkdtempSync(join(tmpdir(), 'parley-kill-'));
      acknowledged = [];
    }
    const folder = join(parent, 'database');
    for (let kills = round % 2 === 0 ? 1 : 2; kills > 0; kills -= 1) {
      if (!existsSync(folder)) firstStarts += 1;
      const writer = startWriter(folder, template);
      // Some of the kills come at any moment of the start, the others while it writes.
      if (Math.random() < 0.4) await Promise.race([pause(randomBetween(0, START_MS)), writer.ended]);
      else await writer.hasAcknowledged(randomBetween(0, 80)).then(() => pause(randomBetween(0, 20)));
      if (!writer.isOpen()) duringStart += 1;
      await writer.kill();
      if (writer.error) verdict.wrong.push(`writer: ${writer.error.code} ${writer.error.message}`);
      acknowledged.push(...writer.acknowledged);
      verdict.acknowledged += writer.acknowledged.length;
    }
    await examine(verdict, folder, template, acknowledged);
    verdict.rounds += 1;
  }
  rmSync(parent, { recursive: true, force: true });
  verdict.note = `${firstStarts} first starts, ${duringStart} kills before it was open`;
  return verdict;
}
