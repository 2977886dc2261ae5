import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause, randomBetween, startWriter, type WriterProcess } from './processes.ts';
import { examine, newVerdict, type Verdict } from './verdict.ts';

/**
 * Starts two writers on one folder, at once or one soon after the other: exactly one may get in, the other is
 * told who has it. Then kills the one, and a third must get in.
 */
export async function twoOpeners(rounds: number, template: string): Promise<Verdict> {
  const verdict = newVerdict('two openers');
  const parent = mkdtempSync(join(tmpdir(), 'parley-openers-'));
  const acknowledged: number[] = [];
  let refused = 0;
  for (let round = 0; round < rounds; round += 1) {
    const folder = join(parent, `database-${Math.floor(round / 4)}`);
    if (round % 4 === 0) acknowledged.length = 0;
    const first = startWriter(folder, template);
    if (round % 2 === 0) await pause(randomBetween(0, 800));
    const second = startWriter(folder, template);
    const winner = await Promise.race([
      first.ended.then(() => second),
      second.ended.then(() => first),
      pause(60_000).then(() => null),
    ]);
    if (!winner) {
      verdict.wrong.push('both openers run');
      await Promise.all([first.kill(), second.kill()]);
      break;
    }
    const loser = winner === first ? second : first;
    if (loser.error?.code === 'DATA_FOLDER_HELD') refused += 1;
    else
      verdict.wrong.push(`the loser said: ${loser.error?.code ?? 'nothing'} ${loser.error?.message ?? ''}`);
    await winner.hasAcknowledged(randomBetween(1, 20));
    await winner.kill();
    note(verdict, acknowledged, winner);
    await examine(verdict, folder, template, acknowledged);
    verdict.rounds += 1;
  }
  rmSync(parent, { recursive: true, force: true });
  verdict.note = `second opener refused in ${refused}`;
  return verdict;
}

function note(verdict: Verdict, acknowledged: number[], writer: WriterProcess): void {
  if (writer.error) verdict.wrong.push(`writer: ${writer.error.code} ${writer.error.message}`);
  acknowledged.push(...writer.acknowledged);
  verdict.acknowledged += writer.acknowledged.length;
}
