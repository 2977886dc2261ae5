import { existsSync, renameSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EngineClosedError, EngineDamagedError, EngineRestartedError } from './errors.ts';
import { openTestEngine, type TestEngine } from './testing.ts';

let test: TestEngine;

async function openWithRows(options: Parameters<typeof openTestEngine>[0]): Promise<void> {
  test = await openTestEngine(options);
  const pool = test.pool();
  await pool.query('CREATE TABLE kept (n int); INSERT INTO kept SELECT generate_series(1, 100)');
  await pool.end();
}

async function keptRows(): Promise<number> {
  const { rows } = await test.pool().query('SELECT count(*)::int AS n FROM kept');
  return rows[0].n;
}

/** COPY FROM STDIN, hidden behind a comment so long that the worker does not find it, ends the engine. */
const DEADLY = `/*${' '.repeat(20_000)}*/ COPY kept FROM STDIN`;

describe('the supervisor', () => {
  beforeAll(() => openWithRows({ limits: { queryMs: 1_000 } }));
  afterEach(() => test.endPools());
  afterAll(() => test.dispose());

  it('ends a query that computes for too long, and what waits behind it; what was committed is there', async () => {
    const pool = test.pool(3);
    const reasons: string[] = [];
    const restarts = test.engine.figures().restarts;
    const forget = test.engine.onRestart((reason) => reasons.push(reason));
    const results = await Promise.allSettled([
      pool.query('SELECT count(*) FROM generate_series(1, 100000000000)'),
      pool.query('SELECT 1'),
      pool.query('INSERT INTO kept VALUES (0)'),
    ]);
    const errors = results.map((result) => (result.status === 'rejected' ? result.reason : null));
    expect(errors[0]).toBeInstanceOf(EngineRestartedError);
    expect(errors[0]).toMatchObject({ code: 'ENGINE_RESTARTED', reason: 'query time limit' });
    expect(errors).toEqual([errors[0], errors[0], errors[0]]);
    expect(await keptRows()).toBe(100);
    expect(reasons).toEqual(['query time limit']);
    expect(test.engine.figures().restarts).toBe(restarts + 1);
    forget();
  });

  it('ends a query that sleeps for too long', async () => {
    await expect(test.pool().query('SELECT pg_sleep(60)')).rejects.toBeInstanceOf(EngineRestartedError);
    expect(await keptRows()).toBe(100);
  });

  it('gives migrations more time', async () => {
    const restarts = test.engine.figures().restarts;
    await test.engine.withQueryLimit(30_000, () => test.pool().query('SELECT pg_sleep(1.6)'));
    expect(test.engine.figures().restarts).toBe(restarts);
  });

  it('does not take many short queries for a long one', async () => {
    const restarts = test.engine.figures().restarts;
    const pool = test.pool();
    const until = performance.now() + 1_500;
    while (performance.now() < until) await pool.query('SELECT count(*) FROM kept');
    expect(test.engine.figures().restarts).toBe(restarts);
  });

  it('opens the engine anew when it dies, and rolls back the open transaction', async () => {
    const client = await test.pool().connect();
    client.on('error', () => undefined);
    await client.query('BEGIN');
    await client.query('DELETE FROM kept');
    await expect(client.query(DEADLY)).rejects.toMatchObject({ code: 'ENGINE_RESTARTED', reason: 'crash' });
    client.release(true);
    expect(await keptRows()).toBe(100);
  });

  it('ends pending queries at once when a restart is asked for; those that come meanwhile wait for it', async () => {
    const client = await test.pool().connect();
    client.on('error', () => undefined);
    await test.engine.withQueryLimit(60_000, async () => {
      const pending = client.query('SELECT pg_sleep(60)');
      let reopened = false;
      const restarted = test.engine.restart('requested').then(() => {
        reopened = true;
      });
      await expect(pending).rejects.toBeInstanceOf(EngineRestartedError);
      expect(reopened).toBe(false);
      client.release(true);
      expect(await keptRows()).toBe(100);
      await restarted;
    });
  });
});

describe('an engine', () => {
  afterEach(() => test.dispose());

  it('that cannot be opened anew says why, and is tried again later', async () => {
    await openWithRows({});
    const control = `${test.folder}/global/pg_control`;
    renameSync(control, `${control}.away`);
    await expect(test.engine.restart('requested')).rejects.toBeInstanceOf(EngineDamagedError);
    await expect(test.pool().query('SELECT 1')).rejects.toMatchObject({ code: 'ENGINE_FOLDER_DAMAGED' });
    renameSync(`${control}.away`, control);
    const rows = (): Promise<number | null> => keptRows().catch(() => null);
    await expect.poll(rows, { timeout: 20_000 }).toBe(100);
    expect(test.events.map((event) => event.event)).toContain('reopening failed');
  });

  it('that is closed refuses connections and restarts', async () => {
    await openWithRows({});
    const pool = test.pool();
    await test.engine.close();
    await expect(pool.query('SELECT 1')).rejects.toBeInstanceOf(EngineClosedError);
    await expect(test.engine.restart('requested')).rejects.toBeInstanceOf(EngineClosedError);
    expect(existsSync(`${test.folder}.lock`)).toBe(true);
  });
});

describe('upkeep', () => {
  afterEach(() => test.dispose());

  it('shortens the write-ahead log and vacuums the tables that changed, on request', async () => {
    await openWithRows({ upkeep: { everyMs: 0 } });
    const pool = test.pool();
    await pool.query('UPDATE kept SET n = n + 1');
    const first = await test.engine.upkeep();
    expect(first).toMatchObject({ checkpoint: true, vacuumed: ['public.kept'] });
    expect(first?.walBytes).toBeGreaterThan(1_000);
    const second = await test.engine.upkeep();
    expect(second?.vacuumed).toEqual([]);
    expect(second?.walBytes).toBeLessThan(1_000);
  });

  it('comes by itself when enough has been written', async () => {
    await openWithRows({ upkeep: { everyMs: 20, quietMs: 0, checkpointBytes: 500_000 } });
    await test.pool().query('INSERT INTO kept SELECT generate_series(1, 20000)');
    const checkpoint = (): boolean =>
      test.events.some((event) => event.event === 'upkeep' && event.checkpoint);
    await expect.poll(checkpoint).toBe(true);
  });

  it('waits for an open transaction', async () => {
    await openWithRows({ upkeep: { everyMs: 0 } });
    const client = await test.pool().connect();
    await client.query('BEGIN; INSERT INTO kept VALUES (0)');
    const upkeep = test.engine.upkeep();
    await client.query('INSERT INTO kept VALUES (0)');
    await client.query('COMMIT');
    client.release();
    expect(await upkeep).toMatchObject({ checkpoint: true });
    expect(await keptRows()).toBe(102);
  });
});
