import { PGlite } from '@electric-sql/pglite';
import { DurableFileSystem } from './durable-file-system.ts';

// A cluster is PostgreSQL's word for a folder of databases that one server serves.

/** The major version of PostgreSQL that PGlite is. A folder of another one cannot be opened. */
export const ENGINE_MAJOR = '18';

/**
 * PGlite's own start parameters without `-F` (no fsync), and ours. fdatasync, PostgreSQL's default here, is a
 * stub that does nothing in this build, hence `wal_sync_method`.
 */
const START_PARAMETERS: readonly string[] = [
  '--single',
  '-j',
  ...settings({
    search_path: 'public',
    exit_on_error: 'false',
    max_worker_processes: '0',
    max_parallel_workers: '0',
    max_parallel_workers_per_gather: '0',
    max_parallel_maintenance_workers: '0',
    io_method: 'sync',
    wal_sync_method: 'fsync',
    shared_buffers: '32MB',
    min_wal_size: '32MB',
    max_wal_size: '128MB',
    log_checkpoints: 'off',
    // Below LOG there are errors with the text of the statement, that is, what people said.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
  }),
];

function settings(values: Record<string, string>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

export interface ClusterOptions {
  folder: string;
  /** Called after each flush to disk. */
  synced?: () => void;
  /** A line of PostgreSQL's log. */
  serverLog?: (line: string) => void;
}

/**
 * Opens the cluster in a folder, or makes one where the folder is empty (4 seconds of work). It blocks the
 * thread it is called in; nothing but a worker or a script should call it.
 */
export function openCluster({ folder, synced, serverLog }: ClusterOptions): Promise<PGlite> {
  return PGlite.create({
    fs: new DurableFileSystem(folder, synced ?? (() => undefined)),
    startParams: [...START_PARAMETERS],
    // The log comes in files of 4 MB in place of 16: an empty database is a third smaller so.
    initDbStartParams: ['--wal-segsize=4'],
    // No extensions, and nothing printed: PGlite prints what these return true for.
    onStderr: (line: string) => {
      serverLog?.(line);
      return false;
    },
    onStdout: () => false,
  });
}

/** Makes a cluster in an empty folder and closes it cleanly, smaller than PostgreSQL would by itself. What it wrote may not be on disk yet. */
export async function initialiseCluster(folder: string): Promise<void> {
  const database = await openCluster({ folder });
  // The pristine copy that new databases could be made from. There is one database and stays one; without the
  // copy a first start writes, and flushes, a third fewer files.
  await database.exec("UPDATE pg_database SET datistemplate = false WHERE datname = 'template0'");
  await database.exec('DROP DATABASE template0');
  await database.close();
}
