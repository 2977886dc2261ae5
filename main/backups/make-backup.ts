import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupReason } from '../../shared/contract/backups.ts';
import type { Working } from '../administration/works.ts';
import type { DatabaseConfig } from '../config/database.config.ts';
import { writeDurably } from '../config/durable-file.ts';
import type { Connection } from '../database/connect.ts';
import { schemaState } from '../database/migrator.ts';
import { syncFolder } from '../recordings/folder-sync.ts';
import { readAside } from '../transfer/open-source.ts';
import { fillDatabase } from '../transfer/write-database.ts';
import { type Manifest, manifestName, newBackupId } from './manifest.ts';
import type { RecordingsStore } from './recordings-store.ts';
import { BackupDamagedError, rowFiles, writeRowFiles } from './row-files.ts';
import type { Scratch } from './scratch.ts';

/** What is backed up, and where to. */
export interface BackupParts {
  connection: Connection;
  config: DatabaseConfig;
  place: string;
  version: string;
  /** The folder of all backups. */
  folder: string;
  scratch: Scratch;
  store: RecordingsStore;
  /** Null while it is away. */
  recordings: string | null;
  /** What the last backup had of recordings. */
  known: Manifest['recordings'];
}

/**
 * Makes a backup: rows as they are at this moment, then recordings, of which only new ones are copied. Then it is
 * restored into a database that is thrown away, since nothing else shows that it can be.
 *
 * @throws BackupDamagedError when it cannot be restored; AbortError when ended
 */
export async function makeBackup(
  parts: BackupParts,
  reason: BackupReason,
  working: Working,
): Promise<Manifest> {
  const { connection, config, place, version, folder, scratch, store, recordings, known } = parts;
  const { signal } = working;
  const now = new Date();
  const id = newBackupId(now);
  const target = join(folder, id);
  await mkdir(target, { recursive: true, mode: 0o700 });
  working.step('Reading the database');
  const { applied } = await schemaState(connection.dataSource);
  const tables = await readAside({ connection, config, scratch: scratch.folder }, (source) => {
    working.step('Writing what is in the database', sum(source.tables.map(({ rows }) => rows)));
    return writeRowFiles(source, target, { signal, onRows: (rows) => working.advance(rows) });
  });
  let files: Manifest['recordings'] = null;
  if (recordings) {
    working.step('Keeping recordings');
    let bytes = 0;
    files = await store.keep(recordings, known ?? [], {
      signal,
      onBytes(more, total) {
        bytes += more;
        working.at(bytes, total);
      },
    });
  }
  const manifest: Manifest = {
    ...{ format: 1, id, reason, madeAt: now.toISOString(), parley: version, place },
    ...{ migrations: applied, tables, recordings: files, verifiedAt: null },
  };
  await writeManifest(folder, manifest);
  await scratch.withDatabase((database) => fillFromBackup(database, folder, manifest, working));
  await store.check(files ?? []);
  const verified = { ...manifest, verifiedAt: new Date().toISOString() };
  await writeManifest(folder, verified);
  return verified;
}

/**
 * Fills an empty database with a backup's rows, and holds them against the sums that the backup was written with.
 *
 * @throws BackupDamagedError, OperationFailure, AbortError
 */
export async function fillFromBackup(
  database: Connection,
  folder: string,
  manifest: Manifest,
  { signal, step, at }: Working,
): Promise<void> {
  step('Making the tables');
  let phase = '';
  const sums = await fillDatabase(database, rowFiles(join(folder, manifest.id), manifest), {
    migrations: manifest.migrations,
    signal,
    onProgress(progress) {
      if (phase !== progress.step) {
        phase = progress.step;
        step(phase === 'WRITING' ? 'Filling a new database from it' : 'Comparing the two', progress.total);
      }
      at(progress.done, progress.total);
    },
  });
  for (const { name, rows, sha256 } of manifest.tables) {
    const found = sums.find((candidate) => candidate.name === name);
    if (found?.rows === rows && found.sha256 === sha256) continue;
    throw new BackupDamagedError(`The table ${name} is not what it was when the backup was made.`);
  }
}

async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const target = join(folder, manifest.id);
  await writeDurably(join(target, manifestName), JSON.stringify(manifest));
  await syncFolder(folder);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
