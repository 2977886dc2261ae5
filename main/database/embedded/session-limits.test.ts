import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openTestEngine, type TestEngine } from './testing.ts';

let test: TestEngine;

beforeAll(async () => {
  test = await openTestEngine({ limits: { sessionWaitMs: 300, idleInTransactionMs: 1_500 } });
  await test.pool().query('CREATE TABLE entries (id int PRIMARY KEY)');
  await test.endPools();
});

afterEach(() => test.endPools());
afterAll(() => test.dispose());

async function isThere(id: number): Promise<boolean> {
  const { rowCount } = await test.pool().query('SELECT FROM entries WHERE id = $1', [id]);
  return rowCount === 1;
}

describe('transactions that stay open and idle', () => {
  it('make a query of another connection fail in the end, instead of waiting for ever', async () => {
    const pool = test.pool(2);
    const inside = await pool.connect();
    await inside.query('BEGIN');
    await inside.query('INSERT INTO entries VALUES (1)');
    await expect(pool.query('SELECT 1')).rejects.toMatchObject({ code: '55P03' });
    await inside.query('COMMIT');
    inside.release();
    expect(await isThere(1)).toBe(true);
  });

  it('are rolled back after a while, and their connection ended', async () => {
    const pool = test.pool(2);
    const idle = await pool.connect();
    idle.on('error', () => undefined);
    const ended = once(idle, 'error');
    await idle.query('BEGIN');
    await idle.query('INSERT INTO entries VALUES (2)');
    const [error] = await ended;
    expect(error).toMatchObject({ code: '25P03' });
    idle.release(true);
    expect(await isThere(2)).toBe(false);
  });
});
