import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'dotenv';
import { z } from 'zod';
import { tlsModes } from '../../shared/contract/database.ts';
import type { Seal } from '../accounts/remembered-token.ts';
import type { DataPaths } from './data-paths.ts';
import { DatabasePassword } from './database-password.ts';
import { readSettings } from './settings-file.ts';

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .or(z.number())
  .pipe(z.int().min(1).max(65_535));

const server = z.object({
  host: z.string().min(1),
  port: port.default(5432),
  user: z.string().min(1).default('postgres'),
  password: z.string().optional(),
  name: z.string().min(1).default('parley'),
  tls: z.enum(tlsModes).default('disable'),
  /** The certificate of the authority that the server's was signed by, as PEM. */
  ca: z.string().optional(),
});
export type ServerSettings = z.output<typeof server>;

export interface ServerConfig extends ServerSettings {
  kind: 'server';
  /** Where this was written, for a person who is to change it; null for what stands in a form and nowhere else yet. */
  origin: string | null;
}
export type DatabaseConfig = ServerConfig | { kind: 'embedded'; folder: string };

/** The settings name a database in a way that cannot be right. The message says where, and what to change. */
export class DatabaseConfigError extends Error {
  override readonly name = 'DatabaseConfigError';
}

const variables = {
  host: 'DATABASE_HOST',
  port: 'DATABASE_PORT',
  user: 'DATABASE_USER',
  password: 'DATABASE_PASSWORD',
  name: 'DATABASE_NAME',
  tls: 'DATABASE_TLS',
  ca: 'DATABASE_CA_FILE',
} as const;
type Field = keyof typeof variables;

const fieldRules: Record<Field, string> = {
  host: 'must be a host name or an address',
  port: 'must be a whole number between 1 and 65535',
  user: 'must name a user',
  password: 'must be text',
  name: 'must name a database',
  tls: `must be one of ${tlsModes.join(', ')}`,
  ca: 'must be a certificate',
};

/** Beside package.json, of the sources and of the bundle alike. An installed app has none there. */
const checkoutEnv = fileURLToPath(new URL('../../.env', import.meta.url));

/** Where it is written which database is used. */
export type ConfigOrigin =
  | { from: 'ENVIRONMENT'; file: null }
  | { from: 'ENV_FILE' | 'SETTINGS'; file: string }
  /** Nowhere: it is the embedded engine then. */
  | { from: 'NOWHERE'; file: null };

/**
 * Which database the app and its commands act on. Each variable is taken from the first of these that has it: the
 * environment, `.env` in the data folder, `.env` of the checkout. If they name no host, it is the server that
 * `database` in the data folder's settings.json names; if that names none either, the embedded engine. An empty
 * `DATABASE_HOST` says that it is the embedded engine.
 *
 * A `.env` in whatever folder the app happens to be started from is not read: it may be another project's.
 *
 * @param seal opens a password that the desktop app has sealed
 * @throws DatabaseConfigError
 */
export function databaseConfig(
  environment: NodeJS.ProcessEnv,
  paths: DataPaths,
  sharedEnv = checkoutEnv,
  seal?: Seal,
): DatabaseConfig {
  const embedded: DatabaseConfig = { kind: 'embedded', folder: paths.database };
  const given = { ...dotenv(sharedEnv), ...dotenv(join(paths.folder, '.env')), ...environment };
  if (given.DATABASE_HOST === '') return embedded;
  if (given.DATABASE_HOST) {
    const fields = Object.entries(variables).map(([field, name]) => [field, given[name] || undefined]);
    const origin = 'DATABASE_… in the environment or in .env';
    const config = checked(Object.fromEntries(fields), origin, (field) => variables[field]);
    return config.ca === undefined ? config : { ...config, ca: certificate(config.ca) };
  }
  const fromSettings = settingsDatabase(paths.settings);
  if (fromSettings === undefined) return embedded;
  const config = checked(
    fromSettings,
    `database in ${paths.settings}`,
    (field) => `database.${field} in ${paths.settings}`,
  );
  if (config.password) return config;
  return { ...config, password: given.DATABASE_PASSWORD || keptPassword(config, paths, seal) };
}

/** @throws DatabaseConfigError */
export function configOrigin(
  environment: NodeJS.ProcessEnv,
  paths: DataPaths,
  sharedEnv = checkoutEnv,
): ConfigOrigin {
  if (environment.DATABASE_HOST !== undefined) return { from: 'ENVIRONMENT', file: null };
  const files = [join(paths.folder, '.env'), sharedEnv];
  const file = files.find((candidate) => dotenv(candidate).DATABASE_HOST !== undefined);
  if (file) return { from: 'ENV_FILE', file };
  const { settings } = paths;
  return settingsDatabase(settings) === undefined
    ? { from: 'NOWHERE', file: null }
    : { from: 'SETTINGS', file: settings };
}

/**
 * The server that settings.json names, or named until the embedded engine was chosen there, whether or not it is the
 * one that is used; null where it names none that can be right.
 */
export function savedServer(paths: DataPaths): ServerSettings | null {
  const { database, lastServer } = readSettings(paths.settings);
  return server.safeParse(database ?? lastServer).data ?? null;
}

/** Where the database is, for a person: its folder, or `user@host:port/name`. Never the password. */
export function describeDatabase(
  config:
    | { kind: 'embedded'; folder: string }
    | Pick<ServerConfig, 'kind' | 'user' | 'host' | 'port' | 'name'>,
): string {
  if (config.kind === 'embedded') return config.folder;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return `${config.user}@${host}:${config.port}/${config.name}`;
}

function dotenv(file: string): Record<string, string> {
  if (!existsSync(file)) return {};
  try {
    return parse(readFileSync(file));
  } catch (error) {
    throw new DatabaseConfigError(`${file} cannot be read: ${reason(error)}`);
  }
}

function keptPassword(config: ServerConfig, paths: DataPaths, seal: Seal | undefined): string | undefined {
  const kept = new DatabasePassword(paths.databasePassword, seal).read(describeDatabase(config));
  if (!kept) return undefined;
  if (kept.password !== null) return kept.password;
  throw new DatabaseConfigError(
    'The password of the database server is kept in this system’s keychain, which only the desktop app can open. Say it in DATABASE_PASSWORD.',
  );
}

function certificate(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new DatabaseConfigError(`${variables.ca}: ${file} cannot be read: ${reason(error)}`);
  }
}

function settingsDatabase(file: string): unknown {
  if (!existsSync(file)) return undefined;
  let settings: unknown;
  try {
    settings = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new DatabaseConfigError(`${file} is not valid JSON: ${reason(error)}. Correct the file.`);
  }
  const parsed = z.object({ database: z.unknown().optional() }).safeParse(settings);
  if (!parsed.success) throw new DatabaseConfigError(`${file} must hold one JSON object. Correct the file.`);
  return parsed.data.database ?? undefined;
}

function checked(fields: unknown, origin: string, nameOf: (field: Field) => string): ServerConfig {
  const parsed = server.safeParse(fields);
  if (parsed.success) return { kind: 'server', origin, ...parsed.data };
  const wrong = new Set(parsed.error.issues.map((issue) => issue.path[0]));
  const known = (Object.keys(variables) as Field[]).filter((field) => wrong.has(field));
  if (known.length === 0) throw new DatabaseConfigError(`${nameOf('host')}: the database must be an object.`);
  throw new DatabaseConfigError(known.map((field) => `${nameOf(field)} ${fieldRules[field]}.`).join(' '));
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
