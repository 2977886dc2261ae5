import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type EmbeddedEngine, openEmbeddedEngine } from '../../main/database/embedded/embedded-engine.ts';
import { makeDisk, run } from './mounts.ts';
import { pause } from './processes.ts';
import { examine, newVerdict, type Verdict } from './verdict.ts';

const DISK_MB = 192;

/**
 * Fills the disk under an open engine, writes until it cannot, makes room again, and expects the same engine
 * to serve again by itself, with every acknowledged row.
 */
export async function fillDisk(rounds: number, template: string): Promise<Verdict> {
  const verdict = newVerdict('full disk');
  const parent = mkdtempSync(join(tmpdir(), 'parley-full-disk-'));
  const [disk, mounted] = [join(parent, 'disk.img'), join(parent, 'mounted')];
  mkdirSync(mounted);
  let restarts = 0;
  for (let round = 0; round < rounds; round += 1) {
    makeDisk(disk, DISK_MB);
    run('mount', '-o', 'loop', disk, mounted);
    const folder = join(mounted, 'database');
    const engine = await openEmbeddedEngine({ folder, template, log: () => undefined });
    const acknowledged = await writeUntilFull(engine, mounted, round);
    verdict.acknowledged += acknowledged.length;
    rmSync(join(mounted, 'filler'));
    if (!(await servesAgain(engine))) verdict.wrong.push('the engine did not come back after room was made');
    restarts += engine.figures().restarts;
    await engine.close();
    await examine(verdict, folder, template, acknowledged);
    run('umount', mounted);
    verdict.rounds += 1;
  }
  rmSync(parent, { recursive: true, force: true });
  verdict.note = `${restarts} restarts of the engine`;
  return verdict;
}

async function writeUntilFull(engine: EmbeddedEngine, mounted: string, round: number): Promise<number[]> {
  const pool = poolOn(engine);
  await pool.query(`
    CREATE TABLE entries (id bigint PRIMARY KEY, half int, body text NOT NULL);
    CREATE TABLE counters (name text PRIMARY KEY, value bigint NOT NULL);
    INSERT INTO counters VALUES ('entries', 0)`);
  const acknowledged: number[] = [];
  // Some room is left, another amount each round, so that it runs out at another place.
  const { bavail, bsize } = statfsSync(mounted);
  writeFileSync(join(mounted, 'filler'), Buffer.alloc(bavail * bsize - (2 + 3 * (round % 8)) * 1024 * 1024));
  for (let n = 1, failures = 0; failures < 3; n += failures === 0 ? 1 : 0) {
    const values = `(${2 * n - 1}, 0, repeat('x', 20000) || random()), (${2 * n}, 1, repeat(md5('${n}'), 500))`;
    try {
      await pool.query(
        `BEGIN; INSERT INTO entries VALUES ${values};
         UPDATE counters SET value = ${n} WHERE name = 'entries'; COMMIT`,
      );
      acknowledged.push(n);
      // A failed checkpoint must restart the engine, not stay in its session.
      if (n % 50 === 0) await engine.upkeep();
    } catch {
      failures += 1;
      await pool.query('ROLLBACK').catch(() => undefined);
    }
  }
  await engine.upkeep().catch(() => undefined);
  await pool.end();
  return acknowledged;
}

async function servesAgain(engine: EmbeddedEngine): Promise<boolean> {
  const pool = poolOn(engine);
  try {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const answer = await pool
        .query("UPDATE counters SET value = value WHERE name = 'entries'")
        .catch(() => null);
      if (answer?.rowCount === 1) return (await engine.upkeep().catch(() => null)) !== null;
      await pause(500);
    }
    return false;
  } finally {
    await pool.end();
  }
}

function poolOn(engine: EmbeddedEngine): pg.Pool {
  const pool = new pg.Pool({ stream: () => engine.stream(), max: 1 });
  pool.on('error', () => undefined);
  return pool;
}
