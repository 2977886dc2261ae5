import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DataSource } from 'typeorm';
import type { MigrationFinding } from '../../shared/contract/migrations.ts';
import type { DatabaseConfig } from '../config/database.config.ts';
import { OLDEST_SERVER } from '../database/connection-failure.ts';
import { tablesOfMigrations } from '../database/migration-sql.ts';
import { schemaChanger } from '../database/migrator.ts';

interface Facts {
  version: number;
  words: string;
  size: string;
  mayCreate: boolean;
  others: number;
  /** Tables of ours that belong to somebody else. */
  foreign: string[] | null;
}

/** Looks whether migrations can run on the database that is open. Changes nothing. */
export async function checkMigrations(
  dataSource: DataSource,
  config: DatabaseConfig,
): Promise<MigrationFinding[]> {
  const [facts]: Facts[] = await dataSource.query(
    `SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS words,
            pg_database_size(current_database())::text AS size,
            has_schema_privilege(current_schema(), 'CREATE') AS "mayCreate",
            (SELECT count(DISTINCT client_addr)::int FROM pg_stat_activity
              WHERE datname = current_database() AND application_name = 'Parley'
                AND client_addr IS DISTINCT FROM
                    (SELECT client_addr FROM pg_stat_activity WHERE pid = pg_backend_pid())) AS others,
            (SELECT json_agg(tablename) FROM pg_tables
              WHERE schemaname = current_schema() AND tablename = ANY ($1)
                AND NOT pg_has_role(tableowner, 'USAGE')) AS foreign`,
    [await tablesOfMigrations(dataSource)],
  );
  if (!facts) throw new Error('The database did not say what it is.');
  const isServer = config.kind === 'server';
  return [
    version(facts),
    rights(facts, config),
    await lock(dataSource),
    await disk(facts, config),
    ...(isServer ? [others(facts)] : []),
  ];
}

function version({ version: number, words }: Facts): MigrationFinding {
  const plain = words.replace(/ .*/, '');
  return number >= OLDEST_SERVER * 10_000
    ? { subject: 'VERSION', verdict: 'FINE', message: `PostgreSQL ${plain} is new enough.` }
    : {
        ...{ subject: 'VERSION', verdict: 'HINDERED' },
        message: `PostgreSQL ${plain} is too old: ${OLDEST_SERVER} or newer is needed.`,
      };
}

function rights({ mayCreate, foreign }: Facts, config: DatabaseConfig): MigrationFinding {
  if (mayCreate && !foreign) {
    return { subject: 'RIGHTS', verdict: 'FINE', message: 'Tables may be made and changed.' };
  }
  const user = config.kind === 'server' ? config.user : 'Parley';
  const message = foreign
    ? `The user ${user} does not own ${foreign.join(', ')}, and only the owner may change a table. Sign in as the owner, or change the owner.`
    : `The user ${user} may not make tables. Make them the database’s owner.`;
  return { subject: 'RIGHTS', verdict: 'HINDERED', message };
}

async function lock(dataSource: DataSource): Promise<MigrationFinding> {
  const holder = await schemaChanger(dataSource);
  return holder
    ? {
        subject: 'LOCK',
        verdict: 'HINDERED',
        message: `The schema is being changed by ${holder}. Wait for its end.`,
      }
    : { subject: 'LOCK', verdict: 'FINE', message: 'Nobody else changes the schema.' };
}

/** At worst a migration writes every table anew, beside the old one. */
async function disk({ size }: Facts, config: DatabaseConfig): Promise<MigrationFinding> {
  if (config.kind === 'server') {
    return {
      ...{ subject: 'DISK', verdict: 'WARNING' },
      message: `At worst as much room is needed as the database has now, ${megabytes(Number(size))}. Only the server’s admin can see how much it has.`,
    };
  }
  const { bavail, bsize } = await statfs(dirname(config.folder));
  const free = bavail * bsize;
  const words = `${megabytes(free)} are free; at worst ${megabytes(Number(size))} are needed.`;
  return { subject: 'DISK', verdict: free > Number(size) ? 'FINE' : 'HINDERED', message: words };
}

function others({ others: number }: Facts): MigrationFinding {
  if (number === 0) return { subject: 'OTHERS', verdict: 'FINE', message: 'No other machine is connected.' };
  const who = number === 1 ? 'One other machine is' : `${number} other machines are`;
  return {
    ...{ subject: 'OTHERS', verdict: 'WARNING' },
    message: `${who} connected. They wait meanwhile, and need this version of Parley afterwards.`,
  };
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000_000)} MB`;
}
