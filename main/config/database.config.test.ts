import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DataPaths, dataPaths } from './data-paths.ts';
import { DatabaseConfigError, databaseConfig, describeDatabase } from './database.config.ts';

let paths: DataPaths;
let workingFolder: string;
const before = process.cwd;

beforeEach(() => {
  const root = mkdtempSync(join(tmpdir(), 'parley-test-'));
  paths = dataPaths({ PARLEY_DATA_DIR: join(root, 'data') });
  workingFolder = join(root, 'work');
  mkdirSync(paths.folder);
  mkdirSync(workingFolder);
  // Test files run in threads, where the real one cannot be changed.
  process.cwd = () => workingFolder;
});
afterEach(() => {
  process.cwd = before;
  rmSync(join(workingFolder, '..'), { recursive: true });
});

const settings = (value: unknown) =>
  writeFileSync(paths.settings, typeof value === 'string' ? value : JSON.stringify(value));

describe('which database', () => {
  test('the embedded one where nothing is said', () => {
    expect(databaseConfig({}, paths)).toEqual({ kind: 'embedded', folder: paths.database });
    settings({ other: true });
    writeFileSync(join(workingFolder, '.env'), 'DATABASE_USER=someone\nDATABASE_HOST=\n');
    expect(databaseConfig({ DATABASE_PORT: '1' }, paths)).toEqual({
      kind: 'embedded',
      folder: paths.database,
    });
  });

  test('a server by its host alone, with PostgreSQL’s usual port', () => {
    expect(databaseConfig({ DATABASE_HOST: 'db' }, paths)).toMatchObject({
      ...{ kind: 'server', host: 'db', port: 5432, user: 'postgres', password: undefined },
      ...{ name: 'parley', tls: 'disable' },
    });
  });

  test('the environment wins over .env here, that over .env in the data folder, all over the settings file', () => {
    settings({
      database: { host: 'of-settings', port: 4, user: 'u', name: 'n', password: 'p', tls: 'require' },
    });
    expect(databaseConfig({}, paths)).toMatchObject({
      ...{ host: 'of-settings', port: 4, user: 'u', name: 'n', password: 'p', tls: 'require' },
    });
    writeFileSync(join(paths.folder, '.env'), 'DATABASE_HOST=of-data\nDATABASE_PORT=3\nDATABASE_USER=data\n');
    expect(databaseConfig({}, paths)).toMatchObject({
      host: 'of-data',
      port: 3,
      user: 'data',
      name: 'parley',
    });
    writeFileSync(join(workingFolder, '.env'), 'DATABASE_HOST="of-work"\nDATABASE_PORT=2 # two\n');
    expect(databaseConfig({}, paths)).toMatchObject({ host: 'of-work', port: 2, user: 'data' });
    const environment = { DATABASE_HOST: 'of-environment', DATABASE_USER: '' };
    expect(databaseConfig(environment, paths)).toMatchObject({
      host: 'of-environment',
      port: 2,
      user: 'data',
    });
  });

  test('a password is taken as it stands', () => {
    const password = ` #"'$HOME é🎙 `;
    expect(databaseConfig({ DATABASE_HOST: 'db', DATABASE_PASSWORD: password }, paths)).toMatchObject({
      password,
    });
  });

  test.each(['0', '65536', '-1', '5432x', '54 32', '1e3', '0x10', '5.5'])('the port is not %s', (port) => {
    const environment = { DATABASE_HOST: 'db', DATABASE_PORT: port };
    expect(() => databaseConfig(environment, paths)).toThrow(
      new DatabaseConfigError('DATABASE_PORT must be a whole number between 1 and 65535.'),
    );
  });

  test('all that is wrong is said at once, and where', () => {
    const environment = { DATABASE_HOST: 'db', DATABASE_PORT: 'x', DATABASE_TLS: 'yes' };
    expect(() => databaseConfig(environment, paths)).toThrow(
      'DATABASE_PORT must be a whole number between 1 and 65535. DATABASE_TLS must be one of disable, require, verify-full.',
    );
    settings({ database: { host: 'db', port: 'x', password: 5 } });
    expect(() => databaseConfig({}, paths)).toThrow(
      `database.port in ${paths.settings} must be a whole number`,
    );
    expect(() => databaseConfig({}, paths)).toThrow(`database.password in ${paths.settings} must be text`);
  });

  test.each(['{', '[]', 'null', '"text"', ''])('a settings file that holds %s is named', (text) => {
    settings(text);
    expect(() => databaseConfig({}, paths)).toThrow(paths.settings);
    expect(() => databaseConfig({}, paths)).toThrow(DatabaseConfigError);
  });

  test.each([['text'], [5], [[]], [{}]])('settings whose database is %j are named', (database) => {
    settings({ database });
    expect(() => databaseConfig({}, paths)).toThrow(DatabaseConfigError);
  });
});

describe('where it is, for a person', () => {
  test('never has the password', () => {
    const environment = {
      ...{ DATABASE_HOST: 'db', DATABASE_PORT: '1', DATABASE_USER: 'u', DATABASE_NAME: 'n' },
      DATABASE_PASSWORD: 'secret',
    };
    expect(describeDatabase(databaseConfig(environment, paths))).toBe('u@db:1/n');
    expect(describeDatabase(databaseConfig({ ...environment, DATABASE_HOST: '::1' }, paths))).toBe(
      'u@[::1]:1/n',
    );
    expect(describeDatabase(databaseConfig({}, paths))).toBe(paths.database);
  });
});
