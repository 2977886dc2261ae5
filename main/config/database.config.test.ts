import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DataPaths, dataPaths } from './data-paths.ts';
import { databaseConfig as configOf, DatabaseConfigError, describeDatabase } from './database.config.ts';

let root: string;
let paths: DataPaths;
let sharedEnv: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'parley-test-'));
  paths = dataPaths({ PARLEY_DATA_DIR: join(root, 'data') });
  mkdirSync(paths.folder);
  sharedEnv = join(root, '.env');
});
afterEach(() => rmSync(root, { recursive: true }));

const databaseConfig = (environment: NodeJS.ProcessEnv, of: DataPaths) =>
  configOf(environment, of, sharedEnv);

const settings = (value: unknown) =>
  writeFileSync(paths.settings, typeof value === 'string' ? value : JSON.stringify(value));

describe('which database', () => {
  test('the embedded one where nothing is said', () => {
    expect(databaseConfig({}, paths)).toEqual({ kind: 'embedded', folder: paths.database });
    settings({ other: true });
    writeFileSync(sharedEnv, 'DATABASE_USER=someone\n');
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

  test('the environment wins over .env of the data folder, that over .env of the checkout, all over the settings', () => {
    settings({
      database: { host: 'of-settings', port: 4, user: 'u', name: 'n', password: 'p', tls: 'require' },
    });
    expect(databaseConfig({}, paths)).toMatchObject({
      ...{ host: 'of-settings', port: 4, user: 'u', name: 'n', password: 'p', tls: 'require' },
    });
    writeFileSync(
      sharedEnv,
      'DATABASE_HOST="of-checkout"\nDATABASE_PORT=3 # three\nDATABASE_USER=checkout\n',
    );
    expect(databaseConfig({}, paths)).toMatchObject({
      host: 'of-checkout',
      port: 3,
      user: 'checkout',
      name: 'parley',
    });
    writeFileSync(join(paths.folder, '.env'), 'DATABASE_HOST=of-data\nDATABASE_PORT=2\n');
    expect(databaseConfig({}, paths)).toMatchObject({ host: 'of-data', port: 2, user: 'checkout' });
    const environment = { DATABASE_HOST: 'of-environment' };
    expect(databaseConfig(environment, paths)).toMatchObject({
      host: 'of-environment',
      port: 2,
      user: 'checkout',
    });
  });

  test('an empty host says that it is the embedded one', () => {
    settings({ database: { host: 'of-settings' } });
    writeFileSync(sharedEnv, 'DATABASE_HOST=of-checkout\n');
    expect(databaseConfig({ DATABASE_HOST: '' }, paths)).toEqual({
      kind: 'embedded',
      folder: paths.database,
    });
  });

  test('an .env of the folder that Parley was started from is somebody else’s', () => {
    const cwd = process.cwd;
    // Test files may run in threads, where the real one cannot be changed.
    process.cwd = () => root;
    mkdirSync(join(root, 'elsewhere'));
    writeFileSync(join(root, '.env'), 'DATABASE_HOST=of-another-project\n');
    expect(configOf({}, paths, join(root, 'elsewhere', '.env')).kind).toBe('embedded');
    process.cwd = cwd;
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
