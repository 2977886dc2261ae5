import { X509Certificate } from 'node:crypto';
import type { SavedServer, ServerInput } from '../../shared/contract/database.ts';
import type { Seal } from '../accounts/remembered-token.ts';
import type { DataPaths } from '../config/data-paths.ts';
import { describeDatabase, type ServerConfig, savedServer } from '../config/database.config.ts';
import { DatabasePassword } from '../config/database-password.ts';
import { changeSettings, readSettings } from '../config/settings-file.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

/** What was kept before a change, to go back to it. */
export interface SettingsBefore {
  database: unknown;
  lastServer: unknown;
  password: string | null;
}

/** Which server this machine's settings.json names, and its password beside it. */
export class ServerSettings {
  readonly #paths: DataPaths;
  readonly #password: DatabasePassword;
  readonly keepsPasswordIn: 'KEYCHAIN' | 'FILE';

  constructor(paths: DataPaths, seal?: Seal) {
    this.#paths = paths;
    this.#password = new DatabasePassword(paths.databasePassword, seal);
    this.keepsPasswordIn = seal ? 'KEYCHAIN' : 'FILE';
  }

  /** The server that is named, or was until the embedded engine was chosen. */
  saved(): SavedServer | null {
    const server = savedServer(this.#paths);
    if (!server) return null;
    const { host, port, user, name, tls, ca = null } = server;
    const kept = this.#password.read(describeDatabase({ ...server, kind: 'server' }));
    const password = server.password ? 'FILE' : (kept?.place ?? null);
    return { host, port, user, name, tls, ca, password };
  }

  /**
   * What a person has entered, with the kept password where they did not enter another.
   *
   * @throws OperationFailure INVALID_INPUT
   */
  complete({ password, ca, ...server }: ServerInput): ServerConfig {
    if (ca !== null) requireCertificate(ca);
    const config = { ...server, kind: 'server', origin: null, ca: ca ?? undefined } as const;
    return { ...config, password: password ?? this.#keptFor(config) };
  }

  async take(config: ServerConfig): Promise<void> {
    const { host, port, user, name, tls, ca, password } = config;
    if (password) await this.#password.write(describeDatabase(config), password);
    else await this.#password.forget(describeDatabase(config));
    await changeSettings(this.#paths.settings, ({ lastServer, ...settings }) => ({
      ...settings,
      database: { host, port, user, name, tls, ...(ca === undefined ? {} : { ca }) },
    }));
  }

  /** The embedded engine from now on; the server stays in mind, for the way back. */
  async takeEmbedded(): Promise<void> {
    await changeSettings(this.#paths.settings, ({ database, ...settings }) => ({
      ...settings,
      ...(database === undefined ? {} : { lastServer: database }),
    }));
  }

  before(): SettingsBefore {
    const { database, lastServer } = readSettings(this.#paths.settings);
    return { database, lastServer, password: this.#password.snapshot() };
  }

  async putBack({ database, lastServer, password }: SettingsBefore): Promise<void> {
    await changeSettings(this.#paths.settings, (settings) => ({ ...settings, database, lastServer }));
    await this.#password.putBack(password);
  }

  #keptFor(config: Omit<ServerConfig, 'password'>): string | undefined {
    const place = describeDatabase(config);
    const saved = savedServer(this.#paths);
    if (saved?.password && describeDatabase({ ...saved, kind: 'server' }) === place) return saved.password;
    const kept = this.#password.read(place);
    if (kept?.password === null) {
      throw new OperationFailure(
        'INVALID_INPUT',
        'The kept password cannot be opened here. Please enter it.',
        {
          fields: {
            password: 'It is kept in the system’s keychain and cannot be opened here. Please enter it.',
          },
        },
      );
    }
    return kept?.password;
  }
}

function requireCertificate(pem: string): void {
  try {
    new X509Certificate(pem);
  } catch {
    throw new OperationFailure('INVALID_INPUT', 'This is no certificate in PEM form.', {
      fields: { ca: 'This is no certificate. It begins with -----BEGIN CERTIFICATE-----.' },
    });
  }
}
