import type { PoolConfig } from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.ts';
import type { ServerConfig } from '../config/database.config.ts';
import { prepareEmbeddedConnection, prepareServerConnection } from './connection.ts';
import type { EmbeddedEngine } from './embedded/embedded-engine.ts';
import { entities } from './entities/index.ts';
import { NamingStrategy } from './naming-strategy.ts';

/** Where the tables are: on a PostgreSQL server, or in the embedded engine, which is open already. */
export type DataSourceTarget = Omit<ServerConfig, 'origin'> | { kind: 'embedded'; engine: EmbeddedEngine };

/** How long a query waits for a connection, in milliseconds: a server that does not answer, or a busy pool. */
const CONNECTION_TIMEOUT_MS = 10_000;

/**
 * The TypeORM data source, not yet initialised. It is the same for both engines but for the way to them: the
 * embedded engine is reached through a stream in place of a socket, and has one session.
 */
export function createDataSource(target: DataSourceTarget): DataSource {
  return new DataSource({
    type: 'postgres',
    applicationName: 'Parley',
    entities: [...entities],
    migrations: [...migrations],
    namingStrategy: new NamingStrategy(),
    // Changes of the schema come through migrations and nothing else.
    synchronize: false,
    installExtensions: false,
    // TypeORM's own log prints parameters, which hold what people have said.
    logging: false,
    // An idle connection that ends is replaced by the pool; who needs one and cannot get it is told by the query.
    poolErrorHandler: () => undefined,
    extra: target.kind === 'embedded' ? throughStream(target.engine) : throughSocket(target),
  });
}

function throughStream(engine: EmbeddedEngine): PoolConfig {
  return {
    stream: () => engine.stream(),
    max: 1,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    verify: prepareEmbeddedConnection,
    // Said here so that PG… variables of the environment, meant for some server, change nothing.
    ...{ host: 'embedded', port: 5432, user: 'postgres', database: 'postgres', password: '', ssl: false },
  };
}

function throughSocket(target: Omit<ServerConfig, 'origin'>): PoolConfig {
  const { host, port, user, password, name, tls, ca } = target;
  return {
    ...{ host, port, user, database: name },
    // Without any, pg would look in the environment and in ~/.pgpass, and leave the socket open when that fails.
    password: password || 'none was given',
    verify: prepareServerConnection,
    ssl: tls === 'disable' ? false : { rejectUnauthorized: tls === 'verify-full', ca },
    max: 10,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  };
}
