import type { DataSource } from 'typeorm';
import { dataPaths } from '../config/data-paths.ts';
import { type DatabaseConfig, databaseConfig, describeDatabase } from '../config/database.config.ts';
import { type DataFolderLock, lockDataFolder } from '../data-folder/lock.ts';
import { type Connection, connect } from './connect.ts';
import { openingFailure } from './connection-failure.ts';

/** A command's reason for not doing what it was asked, in a line for a person. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
}

/** What a command works with. */
export interface CommandContext {
  readonly dataSource: DataSource;
  say(line: string): void;
}

/**
 * Runs one of the commands on the database that the app would open with the same settings, and ends the process: with
 * 0, or with 1 after one line that says what was wrong.
 *
 * @param name as it is called with npm
 */
export async function runCommand(
  name: string,
  work: (context: CommandContext) => Promise<void>,
): Promise<never> {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  let config: DatabaseConfig | undefined;
  let lock: DataFolderLock | undefined;
  let connection: Connection | undefined;
  try {
    const paths = dataPaths();
    config = databaseConfig(process.env, paths);
    const kind = config.kind === 'embedded' ? 'embedded' : 'PostgreSQL server';
    say(`Database: ${kind}, ${describeDatabase(config)}`);
    if (config.kind === 'embedded') lock = lockDataFolder(paths.folder, { kind: 'command', name });
    connection = await connect(config, { logEngine: () => undefined });
    const { dataSource } = connection;
    await connection.withoutTimeLimit(() => work({ dataSource, say }));
    await connection.close();
    lock?.release();
  } catch (error) {
    await connection?.close().catch(() => undefined);
    lock?.release();
    await written(`${name} failed: ${line(error, config)}\n`);
    process.exit(1);
  }
  process.exit(0);
}

function line(error: unknown, config: DatabaseConfig | undefined): string {
  if (error instanceof CommandFailure) return error.message;
  const { message, remedies } = openingFailure(error, config);
  return [message, ...remedies].join(' ').replace(/\s+/g, ' ');
}

/** Waits until a pipe has taken the text: process.exit does not. */
function written(text: string): Promise<void> {
  return new Promise((resolve) => process.stderr.write(text, () => resolve()));
}
