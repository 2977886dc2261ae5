import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import type { DatabaseOverview } from '../../shared/contract/database.ts';

/** What the open database says of itself. */
export async function databaseFacts(
  dataSource: DataSource,
  isServer: boolean,
): Promise<
  Pick<DatabaseOverview, 'serverVersion' | 'sizeBytes' | 'schema' | 'roundTripMs' | 'encrypted' | 'pool'>
> {
  const [facts]: { version: string; size: string; applied: number; last: string | null }[] =
    await dataSource.query(`
      SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS size,
             (SELECT count(*)::int FROM migrations) AS applied,
             (SELECT name FROM migrations ORDER BY id DESC LIMIT 1) AS last`);
  if (!facts) throw new Error('The database did not say what it is.');
  return {
    // Debian and others put their package's name behind it.
    serverVersion: facts.version.replace(/ .*/, ''),
    sizeBytes: Number(facts.size),
    schema: { applied: facts.applied, last: facts.last },
    roundTripMs: await roundTrip(dataSource),
    encrypted: isServer ? await isEncrypted(dataSource) : null,
    pool: poolOf(dataSource),
  };
}

/** Whether the embedded engine has a database in this folder. */
export function hasEmbeddedDatabase(folder: string): boolean {
  return existsSync(join(folder, 'PG_VERSION'));
}

/** The best of three, ms: one alone may have waited for a connection. */
async function roundTrip(dataSource: DataSource): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const started = performance.now();
    await dataSource.query('SELECT 1');
    times.push(performance.now() - started);
  }
  return Math.round(Math.min(...times) * 10) / 10;
}

async function isEncrypted(dataSource: DataSource): Promise<boolean> {
  const [row]: { ssl: boolean }[] = await dataSource.query(
    'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()',
  );
  return row?.ssl ?? false;
}

/** pg's pool is where TypeORM's types do not show it. */
function poolOf(dataSource: DataSource): DatabaseOverview['pool'] {
  const { master } = dataSource.driver as unknown as {
    master: { totalCount: number; idleCount: number; waitingCount: number; options: { max: number } };
  };
  const { totalCount: open, idleCount: idle, waitingCount: waiting, options } = master;
  return { open, idle, waiting, most: options.max };
}
