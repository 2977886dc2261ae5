import { once } from 'node:events';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openTestEngine, type TestEngine } from './testing.ts';

let test: TestEngine;

beforeAll(async () => {
  test = await openTestEngine();
  const pool = test.pool();
  await pool.query('CREATE TABLE entries (id int PRIMARY KEY, body text NOT NULL)');
  await pool.end();
});

afterEach(() => test.endPools());
afterAll(() => test.dispose());

async function countEntries(pool: pg.Pool, from: number): Promise<number> {
  const { rows } = await pool.query('SELECT count(*)::int AS n FROM entries WHERE id >= $1', [from]);
  return rows[0].n;
}

describe('queries through pg', () => {
  it('answers simple and parameterised queries, rows, errors and empty queries', async () => {
    const pool = test.pool();
    expect((await pool.query('SELECT 1 AS a; SELECT 2 AS b')) as unknown).toMatchObject([
      { rows: [{ a: 1 }] },
      { rows: [{ b: 2 }] },
    ]);
    expect((await pool.query('SELECT $1::jsonb AS doc', [{ ä: '✓' }])).rows).toEqual([{ doc: { ä: '✓' } }]);
    await expect(pool.query('SELECT nothing')).rejects.toMatchObject({ code: '42703' });
    await expect(pool.query('SELECT $1::int', ['x'])).rejects.toMatchObject({ code: '22P02' });
    expect((await pool.query('')).rowCount).toBeNull();
    expect((await pool.query('SELECT 3 AS c')).rows).toEqual([{ c: 3 }]);
  });

  it('takes and gives values of many megabytes', async () => {
    const pool = test.pool();
    const text = 'ü'.repeat(6_000_000);
    const { rows } = await pool.query('SELECT $1::text AS t, length($1) AS n', [text]);
    expect(rows[0].n).toBe(text.length);
    expect(rows[0].t === text).toBe(true);
  });

  it('keeps 240 parallel queries with 400 KB parameters apart', async () => {
    const pool = test.pool(6);
    const answers = await Promise.all(
      Array.from({ length: 240 }, async (_, n) => {
        const text = `${n}:`.padEnd(400_000, String.fromCharCode(97 + (n % 26)));
        const { rows } = await pool.query('SELECT $1::int AS n, $2::text AS t', [n, text]);
        return rows[0].n === n && rows[0].t === text;
      }),
    );
    expect(answers.filter((right) => !right)).toEqual([]);
  });

  it('refuses COPY FROM STDIN with an error, and goes on', async () => {
    const pool = test.pool();
    await expect(pool.query('COPY entries FROM STDIN')).rejects.toThrow(/no COPY FROM STDIN/);
    expect((await pool.query('SELECT 1 AS a')).rows).toEqual([{ a: 1 }]);
  });
});

describe('durability', () => {
  it('flushes to disk at least once a commit, and not for reading', async () => {
    const pool = test.pool();
    const before = test.engine.figures().fsyncs;
    for (let id = 1000; id < 1020; id += 1)
      await pool.query('INSERT INTO entries VALUES ($1, $2)', [id, 'x']);
    const written = test.engine.figures().fsyncs;
    expect(written - before).toBeGreaterThanOrEqual(20);
    for (let n = 0; n < 20; n += 1) await pool.query('SELECT * FROM entries');
    expect(test.engine.figures().fsyncs - written).toBe(0);
  });

  it('runs with the settings that make a commit safe', async () => {
    const { rows } = await test.pool().query(
      `SELECT name, setting FROM pg_settings WHERE name IN
         ('fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method', 'data_checksums') ORDER BY 1`,
    );
    expect(Object.fromEntries(rows.map((row) => [row.name, row.setting]))).toEqual({
      data_checksums: 'on',
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      wal_sync_method: 'fsync',
    });
  });
});

describe('transactions of several connections', () => {
  it('never interleave', async () => {
    const pool = test.pool(4);
    await pool.query('CREATE TABLE steps (n serial, writer int)');
    const write = async (writer: number): Promise<void> => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        for (let step = 0; step < 5; step += 1) {
          await client.query('INSERT INTO steps (writer) VALUES ($1)', [writer]);
          await new Promise(setImmediate);
        }
        await client.query(writer % 3 === 0 ? 'ROLLBACK' : 'COMMIT');
      } finally {
        client.release();
      }
    };
    await Promise.all(Array.from({ length: 12 }, (_, writer) => write(writer)));
    const { rows } = await pool.query('SELECT writer FROM steps ORDER BY n');
    const runs = rows.map((row) => row.writer).filter((writer, at, all) => writer !== all[at - 1]);
    expect(runs.toSorted((a, b) => a - b)).toEqual([1, 2, 4, 5, 7, 8, 10, 11]);
    expect(rows).toHaveLength(40);
  });

  it('stay failed after an error until they are rolled back, for their own connection only', async () => {
    const pool = test.pool(2);
    const failing = await pool.connect();
    await failing.query('BEGIN');
    await failing.query("INSERT INTO entries VALUES (2000, 'lost')");
    await expect(failing.query('SELECT 1/0')).rejects.toMatchObject({ code: '22012' });
    const other = pool.query('SELECT count(*)::int AS n FROM entries WHERE id = 2000');
    await expect(failing.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' });
    await failing.query('ROLLBACK');
    expect((await other).rows).toEqual([{ n: 0 }]);
    failing.release();
  });

  it('are rolled back when their connection goes', async () => {
    const pool = test.pool(2);
    const leaving = await pool.connect();
    leaving.on('error', () => undefined);
    await leaving.query('BEGIN');
    await leaving.query("INSERT INTO entries VALUES (3000, 'lost')");
    const waiting = countEntries(pool, 3000);
    leaving.release(new Error('dropped'));
    expect(await waiting).toBe(0);
  });

  it('are rolled back when their connection goes within an extended query', async () => {
    const pool = test.pool(2);
    const leaving = await pool.connect();
    await leaving.query('BEGIN');
    await leaving.query("INSERT INTO entries VALUES (3100, 'lost')");
    // A half-finished query: Parse and Flush, no Sync.
    const raw = (leaving as unknown as { connection: { stream: NodeJS.WritableStream } }).connection.stream;
    raw.write(Buffer.from([0x50, 0, 0, 0, 16, 0, ...Buffer.from('SELECT 1\0'), 0, 0, 0x48, 0, 0, 0, 4]));
    leaving.release(new Error('dropped'));
    expect(await countEntries(pool, 3100)).toBe(0);
  });
});

describe('connections', () => {
  it('find nothing of those before them', async () => {
    const first = test.pool();
    await first.query("SET application_name = 'first'");
    await first.query('CREATE TEMPORARY TABLE scratch (n int)');
    await first.end();
    const second = test.pool();
    expect((await second.query('SHOW application_name')).rows).toEqual([{ application_name: '' }]);
    await expect(second.query('SELECT * FROM scratch')).rejects.toMatchObject({ code: '42P01' });
  });

  it('are told a version of PostgreSQL, and that they are idle', async () => {
    const pool = test.pool();
    const client = await pool.connect();
    expect((await client.query('SHOW server_version')).rows).toEqual([
      { server_version: test.engine.serverVersion },
    ]);
    expect(test.engine.serverVersion).toMatch(/^18\./);
    client.release();
  });

  it('that send what is not the protocol are ended, and the others go on', async () => {
    const pool = test.pool();
    await pool.query('SELECT 1');
    const stream = test.engine.stream() as ReturnType<typeof test.engine.stream> & { connect(): void };
    stream.connect();
    await once(stream, 'connect');
    const received: Buffer[] = [];
    stream.on('data', (bytes: Buffer) => received.push(bytes));
    const closed = once(stream, 'close');
    stream.write(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
    await closed;
    expect(Buffer.concat(received).toString('latin1')).toContain('08P01');
    expect((await pool.query('SELECT 1 AS a')).rows).toEqual([{ a: 1 }]);
    expect(test.engine.figures().restarts).toBe(0);
  });
});
