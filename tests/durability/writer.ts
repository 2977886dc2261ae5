import { randomBytes } from 'node:crypto';
import { appendFileSync, writeSync } from 'node:fs';
import pg from 'pg';
import { openEmbeddedEngine } from '../../main/database/embedded/embedded-engine.ts';

// The process that gets killed: writes transactions one after the other and prints the number of each as soon
// as its commit has been acknowledged. Arguments: the database's folder, the template, and optionally a file
// that it appends the same numbers to without ever flushing it, to show what a power cut takes away.

const [folder = '', template, unsyncedFile] = process.argv.slice(2);

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

try {
  const engine = await openEmbeddedEngine({
    folder,
    template,
    holder: { kind: 'command', name: 'durability writer' },
    log: () => undefined,
    // So often that many of the kills come upon a checkpoint.
    upkeep: { everyMs: 40, quietMs: 0, checkpointBytes: 150_000 },
  });
  say('open');
  const client = new pg.Client({ stream: () => engine.stream() });
  await client.connect();
  await client.query(`
    CREATE TABLE IF NOT EXISTS entries (id bigint PRIMARY KEY, half int, body text NOT NULL);
    CREATE TABLE IF NOT EXISTS counters (name text PRIMARY KEY, value bigint NOT NULL);
    INSERT INTO counters VALUES ('entries', 0) ON CONFLICT DO NOTHING`);
  const { rows } = await client.query<{ last: string }>('SELECT coalesce(max(id), 0) AS last FROM entries');
  for (let n = Number(rows[0]?.last) / 2 + 1; ; n += 1) {
    await client.query('BEGIN');
    for (const half of [0, 1]) {
      const body = randomBytes(200 + Math.floor(Math.random() * 2_000)).toString('hex');
      await client.query('INSERT INTO entries VALUES ($1, $2, $3)', [2 * n - 1 + half, half, body]);
    }
    await client.query("UPDATE counters SET value = $1 WHERE name = 'entries'", [n]);
    await client.query('COMMIT');
    say(`ack ${n}`);
    if (unsyncedFile) appendFileSync(unsyncedFile, `${n}\n`);
  }
} catch (error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  say(`error ${code} ${error instanceof Error ? error.message : String(error)}`);
  process.exit(code === 'DATA_FOLDER_HELD' ? 3 : 1);
}
