import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDisk, run } from './mounts.ts';
import { pause, randomBetween, startWriter } from './processes.ts';
import { examine, newVerdict, type Verdict } from './verdict.ts';

const DISK_MB = 192;

/**
 * Cuts the power: the writer works on an ext4 file system in a file. At a random moment it is stopped and the
 * file is copied. What programs have written and the kernel has not yet brought to the "disk" is in the
 * kernel's memory and not in that file, so the copy is the disk as a power cut would have left it. Two reads of
 * it must agree, else the kernel wrote while it was copied, and the copy is made again. Then the copy is
 * mounted and the database opened.
 *
 * That this does take away what was not flushed is shown by a file that the writer appends to without
 * flushing: the note says in how many rounds some of it was lost.
 */
export async function cutPower(rounds: number, template: string): Promise<Verdict> {
  const verdict = newVerdict('power cut');
  const parent = mkdtempSync(join(tmpdir(), 'parley-power-cut-'));
  const paths = {
    disk: join(parent, 'disk.img'),
    copy: join(parent, 'copy.img'),
    before: join(parent, 'before'),
    after: join(parent, 'after'),
  };
  mkdirSync(paths.before);
  mkdirSync(paths.after);
  let acknowledged: number[] = [];
  let unflushedLost = 0;
  let writing = 0;
  for (let round = 0; round < rounds; round += 1) {
    // Every third round begins with an empty disk and cuts the power around the first start.
    if (round % 3 === 0) {
      makeDisk(paths.disk, DISK_MB);
      acknowledged = [];
    }
    run('mount', '-o', 'loop', paths.disk, paths.before);
    const unflushed = join('unflushed', `${round}`);
    mkdirSync(join(paths.before, 'unflushed'), { recursive: true });
    const writer = startWriter(join(paths.before, 'database'), template, join(paths.before, unflushed));
    if (round % 3 === 0 && Math.random() < 0.6) await pause(randomBetween(200, 2_500));
    else await writer.hasAcknowledged(randomBetween(0, 80)).then(() => pause(randomBetween(0, 20)));
    writer.child.kill('SIGSTOP');
    await copyDisk(paths.disk, paths.copy);
    await writer.kill();
    run('umount', paths.before);
    if (writer.error) verdict.wrong.push(`writer: ${writer.error.code} ${writer.error.message}`);
    acknowledged.push(...writer.acknowledged);
    verdict.acknowledged += writer.acknowledged.length;

    run('mount', '-o', 'loop', paths.copy, paths.after);
    if (writer.acknowledged.length > 0) {
      writing += 1;
      if (countLines(join(paths.after, unflushed)) < writer.acknowledged.length) unflushedLost += 1;
    }
    await examine(verdict, join(paths.after, 'database'), template, acknowledged);
    run('umount', paths.after);
    // The next round goes on with what the cut has left.
    run('mv', paths.copy, paths.disk);
    verdict.rounds += 1;
  }
  rmSync(parent, { recursive: true, force: true });
  verdict.note = `unflushed lines of another file lost in ${unflushedLost} of ${writing} cuts while writing`;
  return verdict;
}

async function copyDisk(disk: string, copy: string): Promise<void> {
  for (;;) {
    run('cp', '--sparse=always', disk, copy);
    if (digest(disk) === digest(copy)) return;
  }
}

function digest(file: string): string {
  return createHash('sha1').update(readFileSync(file)).digest('hex');
}

function countLines(file: string): number {
  return existsSync(file) ? readFileSync(file, 'latin1').split('\n').filter(Boolean).length : 0;
}
