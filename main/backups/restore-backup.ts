import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ServerSettings } from '../administration/server-settings.ts';
import { switchDatabase } from '../administration/switch-database.ts';
import type { Working } from '../administration/works.ts';
import type { ServerConfig } from '../config/database.config.ts';
import { connect } from '../database/connect.ts';
import { isDiskFull } from '../database/connection-failure.ts';
import type { Database } from '../database/database.ts';
import { replaceFolder } from '../database/embedded/replace-folder.ts';
import type { Log } from '../log.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import type { Recordings } from '../recordings/recordings.ts';
import type { RecordingsPlace } from '../recordings/recordings-place.ts';
import { quoted } from '../transfer/rows.ts';
import type { Backups } from './backups.ts';
import { fillFromBackup } from './make-backup.ts';
import type { Manifest } from './manifest.ts';

export interface RestoreParts {
  database: Database;
  backups: Backups;
  recordings: Pick<Recordings, 'whileStill'>;
  place: Pick<RecordingsPlace, 'folder' | 'isThere'>;
  settings: ServerSettings;
  /** Whether settings.json says which database is used, and not the environment. */
  isFree: boolean;
  /** Called once the restored database is the one that is used, before recordings are brought back. */
  switched: () => Promise<void>;
  template: string | undefined;
  log: Log;
}

/**
 * Restores a backup into a new database beside the one that is open, and uses that. The one before stays: with the
 * embedded engine as a folder of another name, on a server as the database that it is. Sessions are not restored.
 *
 * @returns what came of it, in words
 */
export async function restoreBackup(
  parts: RestoreParts,
  manifest: Manifest,
  working: Working,
): Promise<string> {
  const { config } = parts.database;
  if (!config) throw new OperationFailure('DATABASE_UNAVAILABLE', 'No database is open.');
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(/\D/g, '');
  const rows =
    config.kind === 'embedded'
      ? await restoreHere(parts, config.folder, { manifest, stamp, working })
      : await restoreOnServer(parts, config, { manifest, stamp, working });
  try {
    return `${rows} ${await bringRecordings(parts, { manifest, stamp, working })}`;
  } catch (error) {
    const why = working.signal.aborted
      ? 'you stopped it'
      : isDiskFull(error)
        ? 'the disk is full'
        : 'the log has the reason';
    // What has been done already is not to be passed over in silence.
    parts.log.error({ err: error }, 'not all recordings were brought back');
    throw new OperationFailure(
      'CONFLICT',
      `${rows} But not all recordings were brought back: ${why}. Restore it again for the rest; those that are here stay.`,
    );
  }
}

interface Order {
  manifest: Manifest;
  stamp: string;
  working: Working;
}

async function restoreHere(parts: RestoreParts, folder: string, order: Order): Promise<string> {
  const { database, backups, recordings, template } = parts;
  const made = `${basename(folder)}-restored-${order.stamp}`;
  const kept = `${basename(folder)}-kept-${order.stamp}`;
  const target = join(dirname(folder), made);
  let tried = false;
  try {
    await fillNew({ kind: 'embedded', folder: target }, { backups, template, ...order });
    await recordings.whileStill(async () => {
      tried = true;
      await database.reopen(() => replaceFolder(folder, made, kept));
      const { state } = database.status;
      if (state === 'ready' || state === 'pending') return parts.switched();
      await database.reopen(() => replaceFolder(folder, kept, made));
      throw new OperationFailure(
        'CONFLICT',
        `The restored database does not open; it is in ${target}. Parley uses the one before.`,
      );
    });
  } catch (error) {
    if (!tried) await rm(target, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(`${target}.lock`, { force: true });
  }
  return `Restored. The database before is kept in ${join(dirname(folder), kept)}.`;
}

async function restoreOnServer(parts: RestoreParts, config: ServerConfig, order: Order): Promise<string> {
  const { database, backups, recordings, settings, isFree, template } = parts;
  const name = restoredName(config.name, order.stamp);
  await makeDatabase(database, config, name);
  try {
    await fillNew({ ...config, name }, { backups, template, ...order });
    if (isFree) {
      await switchDatabase({ database, recordings, settings }, { ...config, name, origin: null });
    }
  } catch (error) {
    await dropDatabase(database, name).catch((failure: unknown) =>
      parts.log.warn({ err: failure, name }, 'a restored database is left on the server'),
    );
    throw error;
  }
  await parts.switched();
  return isFree
    ? `Restored into the database ${name}, which Parley uses now. ${config.name} stays as it is.`
    : `Restored into the database ${name}. Which one is used is set by DATABASE_NAME: change it there, and start Parley again. ${config.name} stays as it is.`;
}

async function fillNew(
  config: ServerConfig | { kind: 'embedded'; folder: string },
  order: { backups: Backups; template: string | undefined; manifest: Manifest; working: Working },
): Promise<void> {
  const { backups, template, manifest, working } = order;
  const connection = await connect(config, { logEngine: () => undefined, template });
  try {
    await fillFromBackup(connection, backups.folder, manifest, working);
    // Who had signed out or been disabled since would be in again.
    await connection.dataSource.query('DELETE FROM sessions');
    order.working.signal.throwIfAborted();
  } finally {
    await connection.close();
  }
}

/** The name of the database with the time of the restore, in the 63 bytes that PostgreSQL has room for. */
export function restoredName(name: string, stamp: string): string {
  const tail = `_restored_${stamp}`;
  let head = name.replace(/(_restored_\d{14})+$/, '');
  while (Buffer.byteLength(head + tail) > 63) head = [...head].slice(0, -1).join('');
  return head + tail;
}

async function dropDatabase(database: Database, name: string): Promise<void> {
  await database.connection.dataSource.query(`DROP DATABASE IF EXISTS ${quoted(name)}`);
}

async function makeDatabase({ connection }: Database, { user }: ServerConfig, name: string): Promise<void> {
  try {
    await connection.dataSource.query(`CREATE DATABASE ${quoted(name)} TEMPLATE template0`);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code !== '42501') throw error;
    throw new OperationFailure(
      'CONFLICT',
      `The user ${user} may not make databases on the server, and a restore never writes over one. Let them (ALTER ROLE "${user}" CREATEDB), then try again.`,
    );
  }
}

async function bringRecordings(
  { backups, place }: RestoreParts,
  { manifest: { recordings }, stamp, working }: Order,
): Promise<string> {
  if (!recordings) return 'The backup has no recordings; those that are here stay.';
  if (!(await place.isThere())) return 'The folder of recordings is away, so none were brought back.';
  let bytes = 0;
  const total = recordings.reduce((sum, file) => sum + file.bytes, 0);
  working.step('Bringing recordings back', total);
  const { renamed, damaged } = await backups.store.bringBack(recordings, place.folder, {
    signal: working.signal,
    suffix: `kept-${stamp}`,
    onBytes(more) {
      bytes += more;
      working.at(bytes, total);
    },
  });
  const kept = renamed.length > 0 ? ` ${renamed.length} of another content were kept beside them.` : '';
  const lost =
    damaged.length > 0
      ? ` ${damaged.length} are damaged in the backup, and were left out: ${damaged.slice(0, 3).join(', ')}${damaged.length > 3 ? ' …' : ''}.`
      : '';
  return `${recordings.length - damaged.length} of its ${recordings.length} files of recordings are here.${kept}${lost}`;
}
