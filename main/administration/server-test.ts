import type { DataSource } from 'typeorm';
import type { ServerTest } from '../../shared/contract/database.ts';
import type { ServerConfig } from '../config/database.config.ts';
import { connect } from '../database/connect.ts';
import { type FailedStatus, openingFailure } from '../database/connection-failure.ts';
import { isUnfinishedCopy, schemaState } from '../database/migrator.ts';

/**
 * Tries a server as the app would use it, and says in words what is wrong. Changes nothing.
 *
 * @param email whose account is looked for there
 */
export async function testServer(config: ServerConfig, email: string | null): Promise<ServerTest> {
  try {
    const { dataSource, close } = await connect(config, { logEngine: () => undefined });
    try {
      return await inspect(dataSource, { config, email });
    } finally {
      await close();
    }
  } catch (error) {
    return refused(openingFailure(error, config));
  }
}

async function inspect(
  dataSource: DataSource,
  { config, email }: { config: ServerConfig; email: string | null },
): Promise<ServerTest> {
  const [server]: Facts[] = await dataSource.query(`
    SELECT current_setting('server_version') AS "serverVersion",
           pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean AS "readOnly",
           coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS "mayCreate",
           coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS encrypted`);
  if (!server) throw new Error('The server did not say what it is.');
  const { serverVersion, encrypted } = server;
  const { user, name, host } = config;
  if (server.readOnly) {
    return failure(
      'NO_RIGHTS',
      `The database at ${host} can only be read: it is a copy of another, or set so.`,
      ['Name the server that is written to.'],
    );
  }
  const schema = await schemaState(dataSource);
  if (schema.newer.length > 0) {
    return failure('OTHER', 'This database was upgraded by a newer Parley.', [
      'Update Parley on this machine first.',
    ]);
  }
  if (schema.foreignTables.length > 0) {
    return failure(
      'OTHER',
      `The database ${name} has tables that Parley did not make (${schema.foreignTables.join(', ')}).`,
      ['Make an empty database for Parley, and name it here.'],
    );
  }
  if (!server.mayCreate) {
    return failure('NO_RIGHTS', `The user ${user} may not make tables in ${name}, and Parley needs to.`, [
      `Make this user the database’s owner: ALTER DATABASE "${name}" OWNER TO "${user}".`,
    ]);
  }
  const nothing = { people: 0, interviews: 0, knowsYou: false };
  if (await isUnfinishedCopy(dataSource)) {
    return { ok: true, serverVersion, encrypted, holds: 'UNFINISHED_COPY', ...nothing };
  }
  if (schema.applied.length === 0) {
    return { ok: true, serverVersion, encrypted, holds: 'EMPTY', ...nothing };
  }
  const [counts]: { people: number; interviews: number; knowsYou: boolean }[] = await dataSource.query(
    `SELECT (SELECT count(*)::int FROM users) AS people, (SELECT count(*)::int FROM interviews) AS interviews,
            EXISTS (SELECT FROM users WHERE lower(email) = lower($1)) AS "knowsYou"`,
    [email ?? ''],
  );
  const holds = schema.pending.length > 0 ? 'PENDING' : 'PARLEY';
  return {
    ok: true,
    serverVersion,
    encrypted,
    holds,
    ...(counts ?? nothing),
  };
}

interface Facts {
  serverVersion: string;
  readOnly: boolean;
  mayCreate: boolean;
  encrypted: boolean;
}

function failure(
  reason: FailedStatus['reason'],
  message: string,
  remedies: string[],
): Extract<ServerTest, { ok: false }> {
  return { ok: false, reason, message, remedies };
}

function refused({ reason, message, remedies }: FailedStatus): ServerTest {
  return failure(reason, message, remedies);
}
