import { type DataSource, QueryFailedError, type QueryRunner } from 'typeorm';
import type { MigrationLoss } from '../../shared/contract/migrations.ts';
import { schemaState } from '../database/migrator.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { quoted } from '../transfer/rows.ts';

/** By PostgreSQL's codes: why it could not be tried out. */
const hindrances: Record<string, string> = {
  '55P03':
    'Somebody is using these tables at the moment, so it could not be tried out what would go. Try again.',
  '42501':
    'Parley’s user on the server may not change these tables, and so can revert nothing. Sign in there as their owner.',
};

interface Field {
  table: string;
  name: string;
}

/**
 * What reverting the last migration would take away. It is tried in a transaction that is rolled back, so what is told
 * is what would happen; the schema of before and after are compared, and what would go is counted.
 *
 * @returns null where there is none, or one that only a newer Parley can revert
 */
export async function migrationLoss(dataSource: DataSource): Promise<MigrationLoss | null> {
  const { applied } = await schemaState(dataSource);
  const name = applied.at(-1);
  const migration = dataSource.migrations.find((candidate) => candidate.name === name);
  if (!name || !migration) return null;
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  await runner.startTransaction();
  try {
    // Others go on working: rather than have them wait for a look, give up.
    await runner.query(`SET LOCAL lock_timeout = '2s'`);
    const before = await fields(runner);
    await runner.query('SAVEPOINT look');
    await migration.down(runner);
    const after = new Set((await fields(runner)).map(({ table, name: column }) => `${table}.${column}`));
    await runner.query('ROLLBACK TO SAVEPOINT look');
    const gone = before.filter(({ table, name: column }) => !after.has(`${table}.${column}`));
    const tablesAfter = new Set([...after].map((field) => field.split('.', 1)[0]));
    const tables = [...new Set(gone.map(({ table }) => table))].filter((table) => !tablesAfter.has(table));
    const columns = gone.filter(({ table }) => !tables.includes(table));
    return {
      name,
      tables: await Promise.all(
        tables.map(async (table) => ({ name: table, rows: await counted(runner, table, 'true') })),
      ),
      columns: await Promise.all(
        columns.map(async (column) => ({
          ...column,
          rows: await counted(runner, column.table, `${quoted(column.name)} IS NOT NULL`),
        })),
      ),
    };
  } catch (error) {
    const why = error instanceof QueryFailedError ? hindrances[error.driverError.code] : undefined;
    throw why ? new OperationFailure('CONFLICT', why) : error;
  } finally {
    await runner.rollbackTransaction().catch(() => undefined);
    await runner.release();
  }
}

function fields(runner: QueryRunner): Promise<Field[]> {
  return runner.query(`
    SELECT c.relname AS table, a.attname AS name
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
     WHERE c.relnamespace = current_schema()::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
     ORDER BY c.relname COLLATE "C", a.attnum`);
}

async function counted(runner: QueryRunner, table: string, where: string): Promise<number> {
  const [row]: { count: number }[] = await runner.query(
    `SELECT count(*)::int AS count FROM ${quoted(table)} WHERE ${where}`,
  );
  return row?.count ?? 0;
}
