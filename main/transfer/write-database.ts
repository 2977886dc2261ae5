import type { ClientBase } from 'pg';
import type { QueryRunner } from 'typeorm';
import type { Connection } from '../database/connect.ts';
import { withoutSilenceLimit } from '../database/connection.ts';
import { applyPending, schemaState, UNFINISHED_COPY } from '../database/migrator.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import type { RowSource } from './row-source.ts';
import type { TableSum } from './rows.ts';
import { type TransferProgress, writeRows } from './write-rows.ts';

/** Of PostgreSQL's advisory locks, beside that of migrations: who holds it copies into the database. */
const LOCK = '1348563564, 2';

/**
 * Fills a database with the rows of a source, making its tables first. It must be empty, or hold a copy that was begun
 * and not finished: rows of people are never written over.
 *
 * @param migrations those that the source has
 * @throws OperationFailure CONFLICT when somebody's rows are there; TransferMismatchError; AbortError
 */
export async function fillDatabase(
  target: Connection,
  source: RowSource,
  options: {
    migrations: readonly string[];
    signal: AbortSignal;
    onProgress: (progress: TransferProgress) => void;
  },
): Promise<TableSum[]> {
  const { dataSource } = target;
  await requireOurs(target);
  const runner = dataSource.createQueryRunner();
  return target.withoutTimeLimit(async () => {
    await applyPending(dataSource, () => undefined, { upTo: options.migrations });
    await requireSameMigrations(target, options.migrations);
    try {
      const client: ClientBase = await runner.connect();
      await requireAlone(runner);
      return await withoutSilenceLimit(client, () => writeRows({ source, runner, ...options }));
    } finally {
      await runner.query(`SELECT pg_advisory_unlock(${LOCK})`).catch(() => undefined);
      await runner.release();
    }
  });
}

/** @throws OperationFailure CONFLICT when there are people in it */
async function requireOurs({ dataSource }: Connection): Promise<void> {
  const [state]: { comment: string | null; there: boolean }[] = await dataSource.query(
    `SELECT obj_description(to_regclass('migrations'), 'pg_class') AS comment, to_regclass('users') IS NOT NULL AS there`,
  );
  if (!state?.there || state.comment === UNFINISHED_COPY) return;
  const [row]: { people: number }[] = await dataSource.query('SELECT count(*)::int AS people FROM users');
  if (!row?.people) return;
  throw new OperationFailure(
    'CONFLICT',
    'There are people in that database already, and nothing is written over. Name an empty one.',
  );
}

/** @throws OperationFailure CONFLICT while another Parley copies into it */
async function requireAlone(runner: QueryRunner): Promise<void> {
  const [lock]: { taken: boolean }[] = await runner.query(`SELECT pg_try_advisory_lock(${LOCK}) AS taken`);
  if (lock?.taken) return;
  throw new OperationFailure(
    'CONFLICT',
    'Another Parley copies into that database just now. Wait for its end.',
  );
}

async function requireSameMigrations({ dataSource }: Connection, wanted: readonly string[]): Promise<void> {
  const { applied } = await schemaState(dataSource);
  if (applied.length === wanted.length && wanted.every((name) => applied.includes(name))) return;
  const missing = wanted.filter((name) => !applied.includes(name));
  throw new OperationFailure(
    'CONFLICT',
    missing.length > 0
      ? `This Parley does not know ${missing.join(', ')}: the data comes from a newer one. Update Parley first.`
      : 'That database has been upgraded further than the data. Name an empty one.',
  );
}
