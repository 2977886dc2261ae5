import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DataSource } from 'typeorm';
import type { DatabaseConfig } from '../config/database.config.ts';
import { OLDEST_SERVER, ServerTooOldError } from './connection-failure.ts';
import { createDataSource } from './data-source.ts';
import { type EngineEvent, openEmbeddedEngine } from './embedded/embedded-engine.ts';
import { finishReplacing } from './embedded/replace-folder.ts';

/** A database that is open, whatever its schema. */
export interface Connection {
  readonly dataSource: DataSource;
  /** Runs work whose queries may take long, such as migrations. */
  withoutTimeLimit<T>(work: () => Promise<T>): Promise<T>;
  /** Ends the connections, and the embedded engine. */
  close(): Promise<void>;
}

/** Long enough for any migration, and yet an end, in milliseconds. */
const LONG_WORK_MS = 3_600_000;

/**
 * Opens the database that the settings name.
 *
 * @param options.template what an empty embedded database is made from; the build's, unless said otherwise
 * @throws whatever keeps it from opening: see openingFailure. Nothing stays open then.
 */
export async function connect(
  config: DatabaseConfig,
  options: { logEngine: (event: EngineEvent) => void; template?: string },
): Promise<Connection> {
  if (config.kind === 'server') {
    const dataSource = await createDataSource(config).initialize();
    const connection = { dataSource, withoutTimeLimit: run, close: () => dataSource.destroy() };
    await closingOnError(connection, () => requireVersion(dataSource));
    return connection;
  }
  finishReplacing(config.folder);
  const engine = await openEmbeddedEngine({
    folder: config.folder,
    template: options.template ?? builtTemplate(),
    log: options.logEngine,
  });
  const dataSource = createDataSource({ kind: 'embedded', engine });
  await closingOnError(engine, () => dataSource.initialize());
  return {
    dataSource,
    withoutTimeLimit: (work) => engine.withQueryLimit(LONG_WORK_MS, work),
    async close() {
      try {
        await dataSource.destroy();
      } finally {
        await engine.close();
      }
    },
  };
}

function run<T>(work: () => Promise<T>): Promise<T> {
  return work();
}

async function closingOnError(
  opened: { close(): Promise<void> },
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function requireVersion(dataSource: DataSource): Promise<void> {
  const [server]: { number: string; version: string }[] = await dataSource.query(
    `SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS version`,
  );
  if (Number(server?.number) >= OLDEST_SERVER * 10_000) return;
  throw new ServerTooOldError(
    `The server runs PostgreSQL ${server?.version}; Parley needs ${OLDEST_SERVER} or newer.`,
  );
}

/** The tarball that the build has put beside the bundle; without it a first start takes seconds longer. */
function builtTemplate(): string | undefined {
  const fromSources = import.meta.url.endsWith('.ts');
  const place = fromSources ? '../../dist/main/embedded-template.tgz' : './embedded-template.tgz';
  const file = fileURLToPath(new URL(place, import.meta.url));
  return existsSync(file) ? file : undefined;
}
