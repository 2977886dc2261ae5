import { QueryFailedError } from 'typeorm';
import type { DatabaseStatus } from '../../shared/contract/app.ts';
import { type DatabaseConfig, describeDatabase, type ServerConfig } from '../config/database.config.ts';
import { EmbeddedEngineError } from './embedded/errors.ts';
import { speaksOfTls, tlsFailure } from './tls-failure.ts';

export type FailedStatus = Extract<DatabaseStatus, { state: 'failed' }>;

/** The oldest major version of PostgreSQL that the migrations and queries are made for. */
export const OLDEST_SERVER = 15;

/** A server that answers, and is too old. */
export class ServerTooOldError extends Error {
  override readonly name = 'ServerTooOldError';
}

/** What a person is told when the database could not be opened: what happened, and what to change. */
export function openingFailure(error: unknown, config: DatabaseConfig | undefined): FailedStatus {
  const cause = causeOf(error);
  const failure =
    config?.kind === 'server' ? serverFailure(cause, config) : embeddedFailure(cause, config?.folder);
  return { state: 'failed', ...failure };
}

/** Whether an error says that the connection was lost or could not be had, so that trying again later may work. */
export function isConnectionLoss(error: unknown): boolean {
  const { code, message, name } = factsOf(causeOf(error));
  return (
    lostCodes.has(code) ||
    code.startsWith('ENGINE_') ||
    code.startsWith('08') ||
    /^QueryRunner(Provider)?AlreadyReleasedError$/.test(name) ||
    /Connection terminated|timeout exceeded when trying to connect|timeout expired|connection error and is not queryable|after calling end on the pool|Client was closed|does not answer/.test(
      message,
    )
  );
}

/** Whether an error says that the disk under the database is full. */
export function isDiskFull(error: unknown): boolean {
  const { code } = factsOf(causeOf(error));
  return code === '53100' || code === 'ENOSPC' || code === 'ENGINE_DISK_FULL';
}

/** What the embedded engine says of itself, in a sentence for a person; null where the error is not from there. */
export function saidByEngine(error: unknown): string | null {
  const cause = causeOf(error);
  return cause instanceof EmbeddedEngineError ? cause.message : null;
}

type Failure = Omit<FailedStatus, 'state'>;

const lostCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN'],
  ...['ENOTFOUND', 'EAI_AGAIN'],
  // The server shuts down, restarts after a crash, starts up, or has no connection left to give.
  ...['57P01', '57P02', '57P03', '57P05', '25P03', '53300'],
]);

function serverFailure(error: unknown, config: ServerConfig): Failure {
  const { code, message, said } = factsOf(error);
  const place = describeDatabase(config);
  const at = `${config.host}, port ${config.port}`;
  const { origin } = config;
  const settings = origin === null ? [] : [`The settings are ${origin}.`];
  if (error instanceof ServerTooOldError) {
    return {
      reason: 'SERVER_TOO_OLD',
      message,
      remedies: [
        `Upgrade the server to PostgreSQL ${OLDEST_SERVER} or newer, or name another server.`,
        ...settings,
      ],
    };
  }
  if (speaksOfTls({ code, said })) return { reason: 'OTHER', ...tlsFailure({ code, said }, config) };
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        reason: 'SERVER_NOT_FOUND',
        message: `No machine with the name ${config.host} was found.`,
        remedies: ['Check the host’s name, and that this machine is connected to the network.', ...settings],
      };
    case 'ECONNREFUSED':
      return {
        reason: 'SERVER_REFUSED',
        message: `No database server listens at ${at}.`,
        remedies: ['Check the host and the port, and that PostgreSQL is running there.', ...settings],
      };
    case '57P03':
      return {
        reason: 'SERVER_REFUSED',
        message: `The server at ${at} is starting up or shutting down.`,
        remedies: ['Wait a moment, then try again.'],
      };
    case '53300':
      return {
        reason: 'SERVER_REFUSED',
        message: `The server at ${at} has no connection left to give.`,
        remedies: ['Wait a moment, then try again.', 'Or raise max_connections on the server.'],
      };
    case '28P01':
      return wrongPassword(
        config.password
          ? `The server refused the password of ${config.user}.`
          : `The server asks for a password, and ${origin === null ? 'none is given' : 'the settings have none'} for ${config.user}.`,
        settings,
      );
    case '28000':
      return wrongPassword(`The server does not let ${config.user} in: ${said}.`, settings);
    case '3D000':
      return {
        reason: 'NO_SUCH_DATABASE',
        message: `The server at ${at} has no database with the name ${config.name}.`,
        remedies: [`Make it (CREATE DATABASE "${config.name}"), or correct the name.`, ...settings],
      };
    case '25006':
      return {
        reason: 'NO_RIGHTS',
        message: `The database at ${at} can only be read: it is a copy of another, or set so.`,
        remedies: ['Name the server that is written to.', ...settings],
      };
    case '3F000':
    case '42501':
      return {
        reason: 'NO_RIGHTS',
        message: `The user ${config.user} may not do in ${config.name} what Parley needs: ${said}.`,
        remedies: [
          `Make this user the database’s owner: ALTER DATABASE "${config.name}" OWNER TO "${config.user}".`,
          ...settings,
        ],
      };
  }
  if (isConnectionLoss(error)) {
    return {
      reason: 'SERVER_NOT_FOUND',
      message: `The server at ${at} does not answer.`,
      remedies: ['Check the host and the port, the network, and any firewall between.', ...settings],
    };
  }
  return other(error, place);
}

function wrongPassword(message: string, settings: readonly string[]): Failure {
  return {
    reason: 'WRONG_PASSWORD',
    message,
    remedies: [
      'Check the user and the password, and that the server lets this machine in (pg_hba.conf).',
      ...settings,
    ],
  };
}

function embeddedFailure(error: unknown, folder: string | undefined): Failure {
  const { code, message, said } = factsOf(error);
  const again = 'Then try again.';
  switch (code) {
    case 'DATA_FOLDER_HELD':
      return { reason: 'LOCKED', message, remedies: ['Close the other one, then try again.'] };
    case 'ENGINE_OTHER_VERSION':
      return { reason: 'OTHER_MAJOR_VERSION', message, remedies: ['Open it with the Parley that wrote it.'] };
    case 'ENGINE_FOLDER_DAMAGED':
      return {
        reason: 'DAMAGED',
        message,
        remedies: ['Restore the folder from a backup, or move it away to start empty.', again],
      };
    case 'ENGINE_DISK_FULL':
    case '53100':
    case 'ENOSPC':
      return {
        reason: 'DISK_FULL',
        message:
          error instanceof EmbeddedEngineError ? message : 'The disk is full. The database is as it was.',
        remedies: ['Make room on the disk.', again],
      };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return {
        reason: 'NO_RIGHTS',
        message: `Parley may not write to its data folder: ${said}.`,
        remedies: [
          'Give yourself the right to write there, or name another folder in PARLEY_DATA_DIR.',
          again,
        ],
      };
  }
  return other(error, folder);
}

function other(error: unknown, place: string | undefined): Failure {
  const { message, said, name } = factsOf(error);
  if (name === 'DatabaseConfigError') {
    return { reason: 'OTHER', message, remedies: ['Correct the settings, then try again.'] };
  }
  if (name === 'ForeignTablesError') {
    return {
      reason: 'OTHER',
      message,
      remedies: ['Make an empty database for Parley, and name it in the settings.'],
    };
  }
  if (name === 'UnfinishedCopyError') {
    return {
      reason: 'OTHER',
      message,
      remedies: ['Go on with the copy where it was begun, or name another database.'],
    };
  }
  if (name === 'MigrationError') {
    return {
      reason: 'MIGRATION_FAILED',
      message,
      remedies: ['Nothing was lost. Try again; if it fails again, report it with the log.'],
    };
  }
  return {
    reason: 'OTHER',
    message: `The database${place ? ` (${place})` : ''} could not be opened: ${said}.`,
    remedies: ['Try again; if it fails again, the log has the details.'],
  };
}

/** What TypeORM or a migration has wrapped, where the reason is another than theirs. */
function causeOf(error: unknown): unknown {
  if (error instanceof QueryFailedError) return error.driverError;
  if (!(error instanceof Error) || error.name !== 'MigrationError') return error;
  // A migration that failed for want of rights, room or a connection says more by that than by its own failing.
  const cause = causeOf(error.cause);
  const telling =
    isConnectionLoss(cause) || isDiskFull(cause) || ['42501', '3F000', '25006'].includes(factsOf(cause).code);
  return telling ? cause : error;
}

/** `said` is the message without its full stop, to be put into a sentence. */
function factsOf(error: unknown): { code: string; message: string; said: string; name: string } {
  if (!(error instanceof Error)) return { code: '', message: String(error), said: String(error), name: '' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // Of an AggregateError, one for each address of a name, the first tells enough; its own message is empty.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  const message = error.message || (first instanceof Error ? first.message : '') || error.name;
  return { code, message, said: message.replace(/\.$/, ''), name: error.name };
}
