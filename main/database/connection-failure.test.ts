import { QueryFailedError } from 'typeorm';
import { describe, expect, test } from 'vitest';
import { DatabaseConfigError, type ServerConfig } from '../config/database.config.ts';
import { isConnectionLoss, isDiskFull, openingFailure, ServerTooOldError } from './connection-failure.ts';
import { EngineClosedError, EngineDiskFullError, EngineRestartedError } from './embedded/errors.ts';
import { MigrationError } from './migrator.ts';

// What a real server or folder brings about is tested with one, in tests/integration/opening.test.ts. Here is what
// cannot be had on demand.

const config: ServerConfig = {
  ...{ kind: 'server', host: 'db', port: 5433, user: 'ada', password: 'secret', name: 'parley' },
  ...{ tls: 'verify-full', origin: 'somewhere' },
};

function error(code: string, message = 'it says so'): Error {
  return Object.assign(new Error(message), { code });
}

describe('why a server’s database did not open', () => {
  test.each([
    [error('EAI_AGAIN'), 'SERVER_NOT_FOUND', 'No machine with the name db'],
    [error('ETIMEDOUT'), 'SERVER_NOT_FOUND', 'db, port 5433 does not answer'],
    [error('EHOSTUNREACH'), 'SERVER_NOT_FOUND', 'does not answer'],
    [new Error('timeout expired'), 'SERVER_NOT_FOUND', 'does not answer'],
    [new Error('Connection terminated due to connection timeout'), 'SERVER_NOT_FOUND', 'does not answer'],
    [new AggregateError([error('ECONNREFUSED')], ''), 'OTHER', 'it says so'],
    [
      Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' }),
      'SERVER_REFUSED',
      'No database server',
    ],
    [error('57P03'), 'SERVER_REFUSED', 'is starting up'],
    [error('53300'), 'SERVER_REFUSED', 'no connection left'],
    [error('28000', 'no pg_hba.conf entry for host "::1"'), 'WRONG_PASSWORD', 'no pg_hba.conf entry'],
    [error('28000', 'no pg_hba.conf entry for host "::1", no encryption'), 'OTHER', 'without encryption'],
    [error('CERT_HAS_EXPIRED'), 'OTHER', 'has expired'],
    [error('CERT_NOT_YET_VALID'), 'OTHER', 'is not valid yet'],
    [error('ERR_SSL_WRONG_VERSION_NUMBER', 'wrong version number'), 'OTHER', 'encrypted connection'],
    [error('25006'), 'NO_RIGHTS', 'can only be read'],
    [
      new ServerTooOldError('The server runs PostgreSQL 14.'),
      'SERVER_TOO_OLD',
      'The server runs PostgreSQL 14.',
    ],
    [new DatabaseConfigError('DATABASE_PORT is odd.'), 'OTHER', 'DATABASE_PORT is odd.'],
    ['no error at all', 'OTHER', '(ada@db:5433/parley) could not be opened: no error at all.'],
  ])('%s', (cause, reason, said) => {
    const failure = openingFailure(cause, config);
    expect(failure).toMatchObject({ state: 'failed', reason });
    expect(failure.message).toContain(said);
    expect(failure.message).not.toContain('..');
    expect(failure.remedies.length).toBeGreaterThan(0);
    expect(JSON.stringify(failure)).not.toContain('secret');
  });

  test('a migration that failed for want of rights or of a connection says that', () => {
    const failed = (code: string) =>
      new MigrationError('M1', 'apply', new QueryFailedError('CREATE TABLE a ()', [], error(code)));
    expect(openingFailure(failed('42501'), config).reason).toBe('NO_RIGHTS');
    expect(openingFailure(failed('3F000'), config).reason).toBe('NO_RIGHTS');
    expect(openingFailure(failed('57P01'), config).reason).toBe('SERVER_NOT_FOUND');
    expect(openingFailure(failed('42P07'), config)).toMatchObject({
      reason: 'MIGRATION_FAILED',
      message:
        'Migration M1 could not be applied: it says so, at “CREATE TABLE a ()”. The database is as it was before it.',
    });
  });
});

describe('why the embedded database did not open', () => {
  test.each([
    [new EngineDiskFullError('The disk is full.'), 'DISK_FULL'],
    [error('ENOSPC'), 'DISK_FULL'],
    [error('EACCES'), 'NO_RIGHTS'],
    [error('EROFS'), 'NO_RIGHTS'],
    [new Error('anything'), 'OTHER'],
  ])('%s', (cause, reason) => {
    expect(openingFailure(cause, { kind: 'embedded', folder: '/data/database' }).reason).toBe(reason);
  });
});

describe('an error of a query', () => {
  test.each([
    error('57P01'),
    error('08006'),
    error('EPIPE'),
    new EngineRestartedError('crash'),
    new EngineClosedError(),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
  ])('is a lost connection: %s', (cause) => {
    expect(isConnectionLoss(cause)).toBe(true);
    expect(isConnectionLoss(new QueryFailedError('SELECT 1', [], cause))).toBe(true);
  });

  test.each([error('23505'), error('42P01'), error('40001'), new TypeError('x is not a function'), 'text'])(
    'is no lost connection: %s',
    (cause) => expect(isConnectionLoss(cause)).toBe(false),
  );

  test('is a full disk', () => {
    expect(isDiskFull(new QueryFailedError('INSERT', [], error('53100')))).toBe(true);
    expect(isDiskFull(error('23505'))).toBe(false);
  });
});
