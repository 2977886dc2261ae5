import { DataSource, EntitySchema } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineRestartedError } from './errors.ts';
import { openTestEngine, type TestEngine } from './testing.ts';

interface Account {
  id: number;
  owner: string;
  cents: number;
}

const accounts = new EntitySchema<Account>({
  name: 'accounts',
  columns: {
    id: { type: 'int', primary: true },
    owner: { type: 'text' },
    cents: { type: 'int' },
  },
  checks: [{ expression: 'cents >= 0' }],
});

let test: TestEngine;
let source: DataSource;

beforeAll(async () => {
  test = await openTestEngine();
  source = new DataSource({
    type: 'postgres',
    entities: [accounts],
    synchronize: true,
    installExtensions: false,
    extra: { stream: () => test.engine.stream(), max: 1, connectionTimeoutMillis: 2_000 },
  });
  await source.initialize();
  await source.getRepository(accounts).insert([
    { id: 1, owner: 'Ada', cents: 1000 },
    { id: 2, owner: 'Grace', cents: 0 },
  ]);
});

afterAll(async () => {
  await source.destroy();
  await test.dispose();
});

async function balances(): Promise<number[]> {
  const rows = await source.getRepository(accounts).find({ order: { id: 'ASC' } });
  return rows.map((row) => row.cents);
}

function transfer(cents: number): Promise<void> {
  return source.transaction(async (manager) => {
    await manager.getRepository(accounts).increment({ id: 2 }, 'cents', cents);
    await new Promise(setImmediate);
    await manager.getRepository(accounts).decrement({ id: 1 }, 'cents', cents);
  });
}

describe('TypeORM on the embedded engine', () => {
  it('finds PostgreSQL and its own schema without drift', async () => {
    expect(source.options.type).toBe('postgres');
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    expect(upQueries.map((query) => query.query)).toEqual([]);
  });

  it('runs parallel transactions one after the other, and rolls failed ones back', async () => {
    const results = await Promise.allSettled([
      transfer(600),
      transfer(600),
      balances(),
      transfer(100),
      transfer(2_000),
    ]);
    expect(results.map((result) => result.status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
      'rejected',
    ]);
    const [ada, grace] = await balances();
    expect([ada, grace]).toEqual([300, 700]);
  });

  it('nests transactions by savepoints', async () => {
    await source.transaction(async (outer) => {
      await outer.getRepository(accounts).insert({ id: 3, owner: 'Joan', cents: 1 });
      await outer
        .transaction(async (inner) => {
          await inner.getRepository(accounts).delete({ id: 3 });
          throw new Error('undo the inner one');
        })
        .catch(() => undefined);
    });
    expect(await source.getRepository(accounts).existsBy({ id: 3 })).toBe(true);
  });

  it('turns a query outside of the open transaction into an error', async () => {
    const stuck = source.transaction(async (manager) => {
      await manager.query('SELECT 1');
      await source.query('SELECT 1');
    });
    await expect(stuck).rejects.toThrow(/timeout exceeded when trying to connect/);
    expect(await source.query('SELECT 1 AS a')).toEqual([{ a: 1 }]);
  });

  it('goes on after a restart in the middle of a transaction, which is rolled back', async () => {
    const before = await balances();
    let restarted: Promise<void> = Promise.resolve();
    const interrupted = source.transaction(async (manager) => {
      await manager.getRepository(accounts).increment({ id: 2 }, 'cents', 1);
      const pending = manager.query('SELECT pg_sleep(30)');
      restarted = test.engine.restart('requested');
      await pending;
    });
    await expect(interrupted).rejects.toMatchObject({ driverError: expect.any(EngineRestartedError) });
    await restarted;
    expect(await balances()).toEqual(before);
  });
});
