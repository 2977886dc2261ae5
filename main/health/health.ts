import type { DataSource } from 'typeorm';
import type { FailedJob, HealthReport, LogLine } from '../../shared/contract/health.ts';
import type { JobKind } from '../../shared/model/job.ts';
import type { Audit } from '../administration/audit.ts';
import type { EngineDescription } from '../database/database.ts';
import { migrationRuns, schemaState } from '../database/migrator.ts';
import type { FailedJobs } from '../jobs/failed-jobs.ts';
import type { HandlersOf, SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import type { Recordings } from '../recordings/recordings.ts';
import type { Storage } from '../recordings/storage.ts';
import { diagnosticsText } from './diagnostics.ts';
import { logLines } from './log-lines.ts';
import { logPage } from './log-page.ts';

const weekMs = 7 * 24 * 60 * 60_000;
/** Finishing a recording of hours takes a minute; what waits longer than this has failed. */
const finishWithin = '10 minutes';
/** So many warnings and worse go into the diagnostics. */
const linesTold = 50;

/**
 * How this machine's Parley is, for admins: the database, the recordings, backups, what failed, the log.
 *
 * @param parts.retries how a failed job is begun again, where it can be
 */
export function createHealth(parts: {
  version: string;
  database: { readonly dataSource: DataSource; readonly engine: EngineDescription };
  storage: Pick<Storage, 'status' | 'measure'>;
  recordings: Pick<Recordings, 'findStrays'>;
  jobs: Pick<FailedJobs, 'list' | 'forget'>;
  retries: { readonly [K in JobKind]?: () => Promise<unknown> };
  backups: () => Promise<HealthReport['backups']>;
  audit: Audit;
  logFolder: string;
}): { handlers: HandlersOf<'health'> } {
  const { version, database, storage, recordings, logFolder } = parts;
  const { jobs, retries, backups, audit } = parts;

  async function report(): Promise<HealthReport> {
    return {
      versions: {
        parley: version,
        system: `${process.platform} ${process.arch}`,
        runtime: runtimeVersions(),
      },
      database: { ...database.engine, ...(await databaseFacts(database.dataSource)) },
      recordings: await recordingsFacts(),
      backups: await backups(),
      failedJobs: await failedJobs(),
      log: { folder: logFolder, ...(await lateErrors(logFolder)) },
      checkedAt: new Date().toISOString(),
    };
  }

  async function recordingsFacts(): Promise<HealthReport['recordings']> {
    const { folder, there, freeBytes } = await storage.status();
    // While they are being moved to another folder nobody can say.
    const strays = there ? await recordings.findStrays().catch(nullWhileRefused) : null;
    return {
      ...{ folder, there, freeBytes },
      ...(await storage.measure()),
      strays: strays && { files: strays.files.count, takes: strays.takes.count },
      unfinished: await unfinishedTakes(database.dataSource),
    };
  }

  /** A recording that has been deleted meanwhile needs no finishing any more. */
  async function failedJobs(): Promise<FailedJob[]> {
    const listed = jobs.list();
    const takes = listed.flatMap(({ subject }) => subject ?? []);
    const there = new Set(await takesThere(database.dataSource, takes));
    jobs.forget(listed.filter(({ subject }) => subject !== null && !there.has(subject)).map(({ id }) => id));
    return jobs.list().map((job) => ({ ...job, canRetry: retries[job.kind] !== undefined }));
  }

  /** @throws OperationFailure NOT_FOUND */
  function find(id: string): Omit<FailedJob, 'canRetry'> {
    const job = jobs.list().find((candidate) => candidate.id === id);
    if (job) return job;
    throw new OperationFailure(
      'NOT_FOUND',
      'This is not on the list any more: it has succeeded, or was dismissed.',
    );
  }

  const enter = ({ id }: SignedInPerson, action: string, { kind, times }: Omit<FailedJob, 'canRetry'>) =>
    audit({ personId: id, action, to: { job: kind, times } });

  return {
    handlers: {
      'health.report': report,
      async 'health.retryJob'({ input, person }) {
        const job = find(input.id);
        const retry = retries[job.kind];
        if (!retry) throw new OperationFailure('CONFLICT', 'This cannot be begun from here.');
        await enter(person, 'health.retryJob', job);
        await retry();
      },
      async 'health.dismissJob'({ input, person }) {
        const job = find(input.id);
        jobs.forget([job.id]);
        await enter(person, 'health.dismissJob', job);
      },
      'health.log': ({ input }) => logPage(logFolder, input),
      async 'health.diagnostics'() {
        return diagnosticsText(await report(), await newest(logFolder));
      },
    },
  };
}

function nullWhileRefused(error: unknown): null {
  if (error instanceof OperationFailure) return null;
  throw error;
}

function runtimeVersions(): HealthReport['versions']['runtime'] {
  const { electron, chrome, node } = process.versions;
  return [
    { name: 'Electron', version: electron },
    { name: 'Chromium', version: chrome },
    { name: 'Node.js', version: node },
  ].flatMap(({ name, version }) => (version ? [{ name, version }] : []));
}

async function databaseFacts(
  dataSource: DataSource,
): Promise<Pick<HealthReport['database'], 'version' | 'sizeBytes' | 'schema' | 'schemaRun'>> {
  const [row] = await dataSource.query<{ version: string; size: string }[]>(
    `SELECT current_setting('server_version') AS version, pg_database_size(current_database())::text AS size`,
  );
  const { applied } = await schemaState(dataSource);
  const schema = applied.at(-1) ?? null;
  const runs = await migrationRuns(dataSource);
  return {
    version: row?.version ?? null,
    sizeBytes: row ? Number(row.size) : null,
    schema,
    schemaRun: schema === null ? null : (runs[schema] ?? null),
  };
}

async function unfinishedTakes(dataSource: DataSource): Promise<number> {
  const [row] = await dataSource.query<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM takes
     WHERE state = 'STOPPED' AND removed_at IS NULL AND stopped_at < now() - $1::interval`,
    [finishWithin],
  );
  return row?.count ?? 0;
}

async function takesThere(dataSource: DataSource, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await dataSource.query<{ id: string }[]>('SELECT id FROM takes WHERE id = ANY ($1)', [ids]);
  return rows.map(({ id }) => id);
}

async function lateErrors(folder: string): Promise<{ errors: number; lastErrorAt: string | null }> {
  const since = new Date(Date.now() - weekMs).toISOString();
  let errors = 0;
  let lastErrorAt: string | null = null;
  for await (const { at } of logLines(folder, { level: 'error' })) {
    lastErrorAt ??= at;
    if (at < since) break;
    errors += 1;
  }
  return { errors, lastErrorAt };
}

async function newest(folder: string): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for await (const line of logLines(folder, { level: 'warn' })) {
    lines.push(line);
    if (lines.length === linesTold) break;
  }
  return lines;
}
