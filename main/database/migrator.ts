import type { ClientBase } from 'pg';
import { type DataSource, MigrationExecutor, QueryFailedError, type QueryRunner } from 'typeorm';
import { withoutSilenceLimit } from './connection.ts';

/** How the schema of a database stands to this version of the app. Names are those of the migrations, oldest first. */
export interface SchemaState {
  applied: string[];
  pending: string[];
  /** Applied by a newer Parley, and unknown to this one. */
  newer: string[];
  /** Tables that bear the names of ours, though no migration has been applied: somebody else's. */
  foreignTables: string[];
}

/** A migration failed; the database is as it was before it. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly migration: string;
  /** Where in the migration it failed, as far as PostgreSQL says. */
  readonly statement: string | undefined;

  constructor(migration: string, direction: 'apply' | 'revert', cause: unknown) {
    const statement = failedStatement(cause);
    const said = cause instanceof Error ? cause.message : String(cause);
    const where = statement ? `, at “${statement}”` : '';
    const what = direction === 'apply' ? 'could not be applied' : 'could not be reverted';
    super(`Migration ${migration} ${what}: ${said}${where}. The database is as it was before it.`, { cause });
    this.migration = migration;
    this.statement = statement;
  }
}

/** The schema was changed by a newer Parley; an older one keeps its hands off. */
export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError';

  constructor(migrations: string[]) {
    const names = migrations.join(', ');
    super(`The database was made by a newer Parley (${names}). Update Parley on this machine.`);
  }
}

/** Somebody else's tables have the names that Parley's tables need. */
export class ForeignTablesError extends Error {
  override readonly name = 'ForeignTablesError';

  constructor(tables: string[]) {
    super(`The database has tables that Parley did not make (${tables.join(', ')}). Nothing was changed.`);
  }
}

/** Told while another session has the lock; `holder` says whose it is. */
export type Waiting = (holder: string) => void;

interface Session {
  query<T>(sql: string): Promise<T>;
}

const MIGRATIONS_TABLE = 'migrations';

/** Two numbers of our own for PostgreSQL's advisory locks, which are per database. */
const LOCK = '1348563564, 1';

/**
 * The lock goes with its session, and the session with its client: one that vanished without a word (a laptop that was
 * shut) is noticed by the server within a minute, and not after the two hours that systems wait for by themselves.
 */
const ENDS_WITH_ITS_CLIENT = [
  'SET tcp_keepalives_idle = 20',
  'SET tcp_keepalives_interval = 10',
  'SET tcp_keepalives_count = 3',
] as const;

/** Compares what has been applied with what this app knows. Changes nothing. */
export async function schemaState(
  dataSource: DataSource,
  session: Session = dataSource,
): Promise<SchemaState> {
  const known = dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name);
  const applied = await appliedNames(session);
  const ours = new Set(dataSource.entityMetadatas.map((entity) => entity.tableName));
  const tables = applied.length > 0 ? [] : await tableNames(session);
  return {
    applied,
    pending: known.filter((name) => !applied.includes(name)),
    newer: applied.filter((name) => !known.includes(name)),
    foreignTables: tables.filter((name) => ours.has(name)),
  };
}

/** The database holds a copy that was begun and not finished: what is in it is not whole. */
export class UnfinishedCopyError extends Error {
  override readonly name = 'UnfinishedCopyError';

  constructor() {
    super('A copy into this database was begun and not finished, so what is in it is not whole.');
  }
}

/** How far applying is: so many of so many are done, and this one is being applied. */
export interface MigrationProgress {
  done: number;
  total: number;
  name: string;
}

/** When a migration was applied, and how long that took. */
export interface MigrationRun {
  appliedAt: string;
  durationMs: number;
}

/** Where runs are noted: a row of `settings`, which is there from the first migration on and goes along in copies. */
const RUNS_KEY = 'migrations.runs';

/** What a copy writes as the comment of the table of migrations until it is finished. */
export const UNFINISHED_COPY = 'Parley: an unfinished copy';

/** Whether a copy into this database was begun and not finished. */
export async function isUnfinishedCopy(session: Session): Promise<boolean> {
  const found = await session.query<{ comment: string | null }[]>(
    `SELECT obj_description(to_regclass('${MIGRATIONS_TABLE}'), 'pg_class') AS comment`,
  );
  return found[0]?.comment === UNFINISHED_COPY;
}

/** Who is changing the schema at the moment, other than this session; null where nobody is. */
export async function schemaChanger(session: Session): Promise<string | null> {
  const [holder] = await session.query<LockHolder[]>(LOCK_HOLDER);
  return holder ? describeHolder(holder) : null;
}

/** When and how long migrations were run, by name; those of before this was noted are not in it. */
export async function migrationRuns(session: Session): Promise<Record<string, MigrationRun>> {
  const rows = await session.query<{ value: Record<string, MigrationRun> }[]>(
    `SELECT value FROM settings WHERE key = '${RUNS_KEY}'`,
  );
  return rows[0]?.value ?? {};
}

/**
 * Applies the pending migrations, each in a transaction of its own, under a lock that lets one session at a time do
 * so. What another session has applied meanwhile is not applied again.
 *
 * @param options.upTo no other than these, where a database is to have the schema of another
 * @returns the names of those applied
 * @throws MigrationError, NewerSchemaError, ForeignTablesError
 */
export async function applyPending(
  dataSource: DataSource,
  waiting: Waiting,
  options: {
    onProgress?: (progress: MigrationProgress) => void;
    onApplied?: (name: string) => void;
    upTo?: readonly string[];
  } = {},
): Promise<string[]> {
  return underLock(dataSource, waiting, async (runner, executor) => {
    const { newer, foreignTables } = await schemaState(dataSource, runner);
    if (newer.length > 0) throw new NewerSchemaError(newer);
    if (foreignTables.length > 0) throw new ForeignTablesError(foreignTables);
    const names: string[] = [];
    const pending = await executor.getPendingMigrations();
    const wanted = pending.filter(({ name }) => options.upTo?.includes(name) ?? true);
    for (const migration of wanted) {
      const { name } = migration;
      options.onProgress?.({ done: names.length, total: wanted.length, name });
      await inTransaction(runner, name, 'apply', async () => {
        const started = performance.now();
        await executor.executeMigration(migration);
        await noteRun(runner, name, Math.round(performance.now() - started));
      });
      names.push(name);
      options.onApplied?.(name);
    }
    return names;
  });
}

/**
 * Reverts the migration that was applied last.
 *
 * @param expected its name, where somebody has agreed to just that one
 * @returns its name; null where none has been applied
 * @throws MigrationError, also for a migration of a newer Parley, which only that one can revert
 */
export async function revertLast(
  dataSource: DataSource,
  waiting: Waiting,
  expected?: string,
): Promise<string | null> {
  return underLock(dataSource, waiting, async (runner, executor) => {
    const [last] = await executor.getExecutedMigrations();
    if (!last) return null;
    const instance = dataSource.migrations.find((migration) => migration.name === last.name);
    await inTransaction(runner, last.name, 'revert', async () => {
      if (!instance) throw new Error('it comes from a newer Parley, which must revert it');
      if (expected && expected !== last.name) throw new Error('it is not the one that you have seen');
      await instance.down(runner);
      await executor.deleteMigration(last);
    });
    return last.name;
  });
}

async function appliedNames(session: Session): Promise<string[]> {
  const found = await session.query<{ there: boolean }[]>(
    `SELECT to_regclass('${MIGRATIONS_TABLE}') IS NOT NULL AS there`,
  );
  if (!found[0]?.there) return [];
  const rows = await session.query<{ name: string }[]>(`SELECT name FROM ${MIGRATIONS_TABLE} ORDER BY id`);
  return rows.map((row) => row.name);
}

async function tableNames(session: Session): Promise<string[]> {
  const rows = await session.query<{ name: string }[]>(
    'SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename COLLATE "C"',
  );
  return rows.map((row) => row.name);
}

async function underLock<T>(
  dataSource: DataSource,
  waiting: Waiting,
  work: (runner: QueryRunner, executor: MigrationExecutor) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    const client: ClientBase = await runner.connect();
    return await withoutSilenceLimit(client, async () => {
      for (const setting of ENDS_WITH_ITS_CLIENT) await runner.query(setting);
      await lock(runner, waiting);
      try {
        return await work(runner, new MigrationExecutor(dataSource, runner));
      } finally {
        // Where the connection has gone, so has the lock.
        await runner.query(`SELECT pg_advisory_unlock(${LOCK})`).catch(() => undefined);
      }
    });
  } finally {
    await runner.release();
  }
}

async function lock(runner: QueryRunner, waiting: Waiting): Promise<void> {
  const [first]: { locked: boolean }[] = await runner.query(`SELECT pg_try_advisory_lock(${LOCK}) AS locked`);
  if (first?.locked) return;
  waiting((await schemaChanger(runner)) ?? 'another session');
  await runner.query(`SELECT pg_advisory_lock(${LOCK})`);
}

interface LockHolder {
  name: string;
  who: string;
  address: string | null;
  pid: number;
  since: Date;
}

const LOCK_HOLDER = `
  SELECT a.application_name AS name, a.usename AS who, host(a.client_addr) AS address, a.pid,
         a.backend_start AS since
    FROM pg_locks l JOIN pg_stat_activity a USING (pid)
   WHERE l.locktype = 'advisory' AND l.granted AND (l.classid, l.objid) = (${LOCK})
     AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
     AND l.pid <> pg_backend_pid()`;

function describeHolder({ name, who, address, pid, since }: LockHolder): string {
  const place = address ? ` at ${address}` : '';
  return `${who}${place} (${name || 'unnamed'}, session ${pid}, since ${since.toISOString()})`;
}

async function noteRun(runner: QueryRunner, name: string, durationMs: number): Promise<void> {
  const [found]: { there: boolean }[] = await runner.query(
    `SELECT to_regclass('settings') IS NOT NULL AS there`,
  );
  if (!found?.there) return;
  const run: MigrationRun = { appliedAt: new Date().toISOString(), durationMs };
  await runner.query(
    `INSERT INTO settings (key, value) VALUES ('${RUNS_KEY}', $1::jsonb)
     ON CONFLICT (key) DO UPDATE SET value = settings.value || excluded.value, updated_at = now()`,
    [JSON.stringify({ [name]: run })],
  );
}

async function inTransaction(
  runner: QueryRunner,
  migration: string,
  direction: 'apply' | 'revert',
  work: () => Promise<unknown>,
): Promise<void> {
  await runner.startTransaction();
  try {
    await work();
    await runner.commitTransaction();
  } catch (error) {
    // The first error counts; a connection that has gone has rolled back by itself.
    await runner.rollbackTransaction().catch(() => undefined);
    throw new MigrationError(migration, direction, error);
  }
}

/** The line that PostgreSQL points at; where it points at none, the whole of what was sent if that is one statement. */
function failedStatement(error: unknown): string | undefined {
  if (!(error instanceof QueryFailedError)) return undefined;
  const { position } = error.driverError as { position?: string };
  const sent = error.query;
  if (position) {
    // PostgreSQL counts characters from 1, JavaScript UTF-16 units.
    const at = [...sent].slice(0, Number(position) - 1).join('').length;
    const start = sent.lastIndexOf('\n', at - 1) + 1;
    return oneLine(sent.slice(start).split('\n', 1)[0] ?? '');
  }
  return sent.trim().replace(/;$/, '').includes(';') ? undefined : oneLine(sent);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 200);
}
