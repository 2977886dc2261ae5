import { QueryFailedError } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase, testEngines } from '../fixtures/databases.ts';

describe.each(testEngines)('transactions and connections: %s', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase(engine, { migrated: false });
    await database.dataSource.query('CREATE TABLE notes (id integer PRIMARY KEY, text text NOT NULL)');
  });
  afterAll(() => database.close());
  beforeEach(() => database.dataSource.query('TRUNCATE notes'));

  async function notes(): Promise<number[]> {
    const rows: { id: number }[] = await database.dataSource.query('SELECT id FROM notes ORDER BY id');
    return rows.map((row) => row.id);
  }

  test('transactions that run at the same time keep to themselves', async () => {
    const { dataSource } = database;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 24 }, (_, n) =>
        dataSource.transaction(async (manager) => {
          await manager.query('INSERT INTO notes VALUES ($1, $2)', [n, 'first']);
          await manager.query('UPDATE notes SET text = $2 WHERE id = $1', [n, 'second']);
          if (n % 3 === 0) throw new Error('not this one');
          const rows: unknown[] = await manager.query('SELECT text FROM notes WHERE id = $1', [n]);
          expect(rows).toEqual([{ text: 'second' }]);
        }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(8);
    const kept = Array.from({ length: 24 }, (_, n) => n).filter((n) => n % 3 !== 0);
    expect(await notes()).toEqual(kept);
  });

  test('single queries between transactions see what is committed and nothing else', async () => {
    const { dataSource } = database;
    const both = (n: number) =>
      dataSource.transaction(async (manager) => {
        await manager.query('INSERT INTO notes VALUES ($1, $2)', [2 * n, 'a']);
        await manager.query('INSERT INTO notes VALUES ($1, $2)', [2 * n + 1, 'b']);
      });
    const counts = Array.from({ length: 20 }, () => dataSource.query('SELECT count(*)::int AS n FROM notes'));
    const [seen] = await Promise.all([Promise.all(counts), ...Array.from({ length: 20 }, (_, n) => both(n))]);
    for (const [{ n }] of seen as { n: number }[][] as [{ n: number }][]) expect(n % 2).toBe(0);
    expect(await notes()).toHaveLength(40);
  });

  test('parallel queries with parameters of 400 KB get their own answers', async () => {
    const { dataSource } = database;
    const texts = Array.from({ length: 40 }, (_, n) =>
      `${n}:`.padEnd(400_000, String.fromCodePoint(0x4e00 + n)),
    );
    const answers = await Promise.all(
      texts.map((text, n) => dataSource.query('SELECT $1::text AS text, $2::integer AS n', [text, n])),
    );
    for (const [n, answer] of answers.entries()) {
      // Not by toEqual: a difference of this size should not be printed.
      expect(answer[0].n).toBe(n);
      expect(answer[0].text === texts[n]).toBe(true);
    }
  });

  test('queries asked at once of one transaction are answered in order', async () => {
    const warnings: string[] = [];
    const note = (warning: Error) => void warnings.push(warning.message);
    process.on('warning', note);
    await database.dataSource.transaction(async (manager) => {
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, n) => manager.query('SELECT $1::integer AS n', [n])),
      );
      expect(answers.map(([{ n }]) => n)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    });
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });

  test('after an error a transaction can only be rolled back', async () => {
    const { dataSource } = database;
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query("INSERT INTO notes VALUES (1, 'kept?')");
    await expect(runner.query('INSERT INTO notes VALUES (2, NULL)')).rejects.toBeInstanceOf(QueryFailedError);
    await expect(runner.query('SELECT 1')).rejects.toMatchObject({ driverError: { code: '25P02' } });
    await runner.rollbackTransaction();
    expect(await runner.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await runner.release();
    expect(await notes()).toEqual([]);
  });

  test('an inner transaction fails by itself', async () => {
    await database.dataSource.transaction(async (manager) => {
      await manager.query("INSERT INTO notes VALUES (1, 'outer')");
      const inner = manager.transaction((nested) => nested.query("INSERT INTO notes VALUES (1, 'again')"));
      await expect(inner).rejects.toMatchObject({ driverError: { code: '23505' } });
      await manager.query("INSERT INTO notes VALUES (2, 'outer')");
    });
    expect(await notes()).toEqual([1, 2]);
  });

  test.each([
    ['a syntax error', 'SELEC 1', '42601'],
    ['a missing table', 'SELECT * FROM nowhere', '42P01'],
    ['a division by zero', 'SELECT 1 / 0', '22012'],
    ['text that is no number', "SELECT 'x'::integer", '22P02'],
  ])('%s is told by its code, and the next query works', async (_, sql, code) => {
    await expect(database.dataSource.query(sql)).rejects.toMatchObject({ driverError: { code } });
    expect(await database.dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('a connection that drops within a transaction takes back what it did', async () => {
    const { dataSource } = database;
    await dataSource.query("INSERT INTO notes VALUES (1, 'before')");
    const lost = dataSource.transaction(async (manager) => {
      await manager.query('DELETE FROM notes');
      await manager.query("INSERT INTO notes VALUES (2, 'within')");
      const client = await manager.queryRunner?.connect();
      client.connection.stream.destroy(new Error('cut by a test'));
      await manager.query("INSERT INTO notes VALUES (3, 'after')");
    });
    await expect(lost).rejects.toThrow();
    expect(await notes()).toEqual([1]);
  });

  test('settings of one transaction do not reach the next', async () => {
    const { dataSource } = database;
    await dataSource.transaction((manager) => manager.query(`SET LOCAL application_name = 'within'`));
    const [row] = await dataSource.query(`SELECT current_setting('application_name') AS name`);
    expect(row.name).not.toBe('within');
  });
});
