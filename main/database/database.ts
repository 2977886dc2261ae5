import { type DataSource, QueryFailedError } from 'typeorm';
import type { DatabaseStatus } from '../../shared/contract/app.ts';
import type { Needs } from '../../shared/contract/operation.ts';
import type { Seal } from '../accounts/remembered-token.ts';
import type { DataPaths } from '../config/data-paths.ts';
import { type DatabaseConfig, databaseConfig, describeDatabase } from '../config/database.config.ts';
import type { Log } from '../log.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { type Connection, connect } from './connect.ts';
import { isConnectionLoss, isDiskFull, openingFailure, saidByEngine } from './connection-failure.ts';
import type { EngineEvent } from './embedded/embedded-engine.ts';
import {
  applyPending,
  isUnfinishedCopy,
  MigrationError,
  revertLast,
  schemaChanger,
  schemaState,
  UnfinishedCopyError,
} from './migrator.ts';

/** Which engine the database is on and where, for a person. */
export interface EngineDescription {
  readonly kind: 'embedded' | 'server';
  /** A folder, or `user@host:port/name`. */
  readonly place: string;
}

/** The application's one database, whatever state it is in. */
export interface Database {
  readonly status: DatabaseStatus;
  readonly engine: EngineDescription;
  /**
   * For queries.
   *
   * @throws OperationFailure DATABASE_UNAVAILABLE while the schema of this version of the app is not there, except
   *   that signing in may use it in a database whose upgrade waits
   */
  readonly dataSource: DataSource;
  /** What the settings name; undefined where they name nothing that can be right. */
  readonly config: DatabaseConfig | undefined;
  /**
   * For an admin's work on the database as a whole, whatever its schema.
   *
   * @throws OperationFailure DATABASE_UNAVAILABLE while none is open
   */
  readonly connection: Connection;
  /** Opens it. Never rejects: the outcome is the status. */
  open(): Promise<void>;
  /** Opens it again after it failed, with the settings as they are now. Never rejects. */
  retry(): Promise<void>;
  /**
   * Applies the migrations that wait. Nothing to do is no error.
   *
   * @throws OperationFailure
   */
  migrate(): Promise<void>;
  /**
   * Reverts the migration that was applied last, after which the database waits for it again.
   *
   * @param expected its name, as the person has seen it
   * @throws OperationFailure
   */
  revert(expected: string): Promise<void>;
  /**
   * Closes it and opens it with the settings as they are then. The outcome is the status.
   *
   * @param between runs while it is closed; what it throws is thrown once it is open again. Operations wait meanwhile
   * @param why told to people, where `between` takes long
   */
  reopen(between?: () => Promise<void>, why?: string): Promise<void>;
  /**
   * Waits while it opens, then returns if what is needed is there.
   *
   * @throws OperationFailure DATABASE_UNAVAILABLE
   */
  readonly require: (needs: Needs) => Promise<void>;
  /** What to tell a person whose operation failed for want of the database; null for any other error. */
  readonly explain: (error: unknown) => OperationFailure | null;
  /** Called after each change of the status. @returns a function that ends that */
  onChange(listener: () => void): () => void;
  /** Called each time it becomes ready. What it throws is logged. @returns a function that ends that */
  onReady(listener: () => void | Promise<void>): () => void;
  /** Ends what runs and closes it for good. */
  close(): Promise<void>;
}

/**
 * @param options.afterMigrations runs before it is ready, each time; cheap when there is nothing to do
 * @param options.template what an empty embedded database is made from; the build's, unless said otherwise
 * @param options.seal opens the server's password where the desktop app has sealed it
 * @param options.watchEveryMs how often it looks whether another machine has changed the schema
 */
export function createDatabase(options: {
  paths: DataPaths;
  environment: NodeJS.ProcessEnv;
  log: Log;
  afterMigrations: (dataSource: DataSource) => Promise<void>;
  template?: string;
  seal?: Seal;
  watchEveryMs?: number;
}): Database {
  return new OpenedDatabase(options);
}

/** How often a machine looks whether another one has changed, or changes, the schema of their server. */
const WATCH_EVERY_MS = 15_000;
/** The same while somebody waits for the end of an upgrade. */
const WATCH_WAITING_MS = 2_000;

class OpenedDatabase implements Database {
  readonly #options: Parameters<typeof createDatabase>[0];
  readonly #changeListeners = new Set<() => void>();
  readonly #readyListeners = new Set<() => void | Promise<void>>();
  #status: DatabaseStatus = { state: 'opening' };
  #config: DatabaseConfig | undefined;
  #connection: Connection | undefined;
  #opening: Promise<void> | undefined;
  #migrating: Promise<void> | undefined;
  #closed = false;
  #watching: NodeJS.Timeout | undefined;

  constructor(options: Parameters<typeof createDatabase>[0]) {
    this.#options = options;
    try {
      this.#config = this.#readConfig();
    } catch {
      // open() reads it again and says what is wrong with it.
    }
  }

  get status(): DatabaseStatus {
    return this.#status;
  }

  get engine(): EngineDescription {
    const config = this.#config;
    return config
      ? { kind: config.kind, place: describeDatabase(config) }
      : { kind: 'server', place: 'not set correctly' };
  }

  get config(): DatabaseConfig | undefined {
    return this.#config;
  }

  get connection(): Connection {
    if (!this.#connection) throw this.#unavailable();
    return this.#connection;
  }

  get dataSource(): DataSource {
    const { state } = this.#status;
    if (!this.#connection || (state !== 'ready' && state !== 'pending')) throw this.#unavailable();
    return this.#connection.dataSource;
  }

  open(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async retry(): Promise<void> {
    if (this.#opening) return this.#opening;
    if (this.#migrating || this.#status.state === 'ready') return;
    await this.#letGo();
    await this.open();
  }

  async migrate(): Promise<void> {
    await this.#opening;
    if (this.#status.state === 'pending' && this.#connection) {
      this.#migrating ??= this.#migrateAndFinish(this.#connection).finally(() => {
        this.#migrating = undefined;
      });
    }
    await this.#migrating;
    await this.require('schema');
  }

  async revert(expected: string): Promise<void> {
    await this.#opening;
    await this.#migrating;
    const { connection } = this;
    let failure: unknown;
    this.#migrating = this.#revert(connection, expected)
      .catch((error: unknown) => {
        failure = error;
      })
      .finally(() => {
        this.#migrating = undefined;
      });
    await this.#migrating;
    if (failure instanceof MigrationError) throw new OperationFailure('CONFLICT', failure.message);
    if (failure) throw failure;
  }

  async reopen(between: () => Promise<void> = async () => undefined, why?: string): Promise<void> {
    if (this.#closed) return;
    let failure: unknown;
    const before = Promise.all([this.#opening, this.#migrating]);
    this.#opening = before
      .then(async () => {
        this.#change({ state: 'opening', ...(why ? { why } : {}) });
        await this.#letGo();
        await between().catch((error: unknown) => {
          failure = error;
        });
        await this.#open();
      })
      .finally(() => {
        this.#opening = undefined;
      });
    await this.#opening;
    if (failure) throw failure;
  }

  readonly require = async (needs: Needs): Promise<void> => {
    if (needs === 'nothing' || needs === 'person') return;
    await this.#opening;
    const { state } = this.#status;
    const there = state === 'ready' || (state === 'pending' && needs === 'connection');
    if (there && !this.#closed) return;
    throw this.#unavailable();
  };

  readonly explain = (error: unknown): OperationFailure | null => {
    if (isDiskFull(error)) {
      const disk =
        this.engine.kind === 'embedded' ? 'The disk is full' : 'The disk of the database server is full';
      return new OperationFailure('DISK_FULL', `${disk}. Nothing was changed. Make room, then try again.`);
    }
    if (speaksOfAnotherSchema(error)) void this.#look();
    if (!isConnectionLoss(error)) return null;
    if (this.#closed) return new OperationFailure('DATABASE_UNAVAILABLE', 'Parley is closing.');
    this.#options.log.warn({ err: error }, 'no connection to the database');
    const message =
      this.engine.kind === 'embedded'
        ? (saidByEngine(error) ?? 'The database does not answer at the moment. Please try once more.')
        : `The database server cannot be reached at the moment (${this.engine.place}). Parley connects again by itself: please try once more.`;
    return new OperationFailure('DATABASE_UNAVAILABLE', message);
  };

  onChange(listener: () => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  onReady(listener: () => void | Promise<void>): () => void {
    this.#readyListeners.add(listener);
    return () => this.#readyListeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#watching);
    // A server that does not answer is not waited for: what comes of that attempt is let go when it ends.
    if (this.#connection || this.#config?.kind === 'embedded') await this.#opening;
    await this.#migrating;
    await this.#letGo();
  }

  async #open(): Promise<void> {
    this.#change({ state: 'opening' });
    try {
      this.#config = this.#readConfig();
      this.#options.log.info({ engine: this.engine }, 'opening the database');
      const { template } = this.#options;
      const logEngine = (event: EngineEvent) => this.#logEngine(event);
      const connection = await connect(this.#config, { logEngine, template });
      this.#connection = connection;
      if (await isUnfinishedCopy(connection.dataSource)) throw new UnfinishedCopyError();
      const schema = await schemaState(connection.dataSource);
      if (schema.newer.length === 0 && schema.applied.length === 0 && schema.pending.length > 0) {
        await this.#migrate(connection);
      }
      await this.#settle(connection);
      this.#watch();
    } catch (error) {
      await this.#fail(error);
    }
    if (this.#closed) await this.#letGo();
  }

  /** Takes the status from the schema as it is. */
  async #settle(connection: Connection): Promise<void> {
    const { newer, pending } = await schemaState(connection.dataSource);
    if (newer.length > 0) this.#change({ state: 'newer', migrations: newer });
    else if (pending.length > 0) this.#change({ state: 'pending', migrations: pending });
    else await this.#becomeReady(connection);
  }

  async #migrate({ dataSource, withoutTimeLimit }: Connection): Promise<void> {
    this.#change({ state: 'migrating' });
    const { log } = this.#options;
    const applied = await withoutTimeLimit(() =>
      applyPending(dataSource, (holder) => this.#waitFor(holder), {
        onProgress: (progress) => this.#change({ state: 'migrating', progress }),
      }),
    );
    log.info({ migrations: applied }, 'migrations applied');
  }

  async #revert(connection: Connection, expected: string): Promise<void> {
    const { dataSource, withoutTimeLimit } = connection;
    const { log } = this.#options;
    this.#change({ state: 'migrating' });
    try {
      const waiting = (holder: string) => this.#waitFor(holder);
      const reverted = await withoutTimeLimit(() => revertLast(dataSource, waiting, expected));
      log.info({ migration: reverted }, 'migration reverted');
    } finally {
      await this.#settle(connection).catch((error: unknown) => this.#fail(error));
    }
  }

  #waitFor(holder: string): void {
    this.#options.log.warn({ holder }, 'waiting: somebody else migrates this database');
    this.#change({ state: 'migrating', holder });
  }

  async #migrateAndFinish(connection: Connection): Promise<void> {
    try {
      await this.#migrate(connection);
      await this.#becomeReady(connection);
    } catch (error) {
      await this.#fail(error);
    }
  }

  /** On a server other machines change the schema too: this one follows, and comes back by itself. */
  #watch(): void {
    clearTimeout(this.#watching);
    if (this.#closed || this.#config?.kind !== 'server') return;
    const { state } = this.#status;
    const usual = this.#options.watchEveryMs ?? WATCH_EVERY_MS;
    const waiting = state === 'pending' || state === 'migrating';
    const delay = waiting ? Math.min(usual, WATCH_WAITING_MS) : usual;
    this.#watching = setTimeout(() => void this.#look().finally(() => this.#watch()), delay);
    this.#watching.unref();
  }

  async #look(): Promise<void> {
    const connection = this.#connection;
    if (!connection || this.#config?.kind !== 'server' || this.#isBusy) return;
    try {
      if (await isUnfinishedCopy(connection.dataSource)) throw new UnfinishedCopyError();
      const holder = await schemaChanger(connection.dataSource);
      const { newer, pending } = await schemaState(connection.dataSource);
      if (this.#isBusy || connection !== this.#connection) return;
      const { state } = this.#status;
      if (holder) {
        if (state !== 'migrating') this.#change({ state: 'migrating', holder });
        return;
      }
      const next = newer.length > 0 ? 'newer' : pending.length > 0 ? 'pending' : 'ready';
      if (state !== next) await this.#settle(connection);
    } catch (error) {
      // Another machine fills it from elsewhere: what people wrote here meanwhile would be lost with the next row.
      if (error instanceof UnfinishedCopyError) return this.#fail(error);
      // It is asked again; whoever needs the database meanwhile is told by their own query.
      this.#options.log.debug({ err: error }, 'could not look at the schema');
    }
  }

  get #isBusy(): boolean {
    return this.#closed || this.#opening !== undefined || this.#migrating !== undefined;
  }

  async #becomeReady({ dataSource }: Connection): Promise<void> {
    await this.#options.afterMigrations(dataSource);
    this.#change({ state: 'ready' });
    for (const listener of this.#readyListeners) {
      // Begun at once, one beside the other; nobody waits for them.
      void (async () => listener())().catch((error) =>
        this.#options.log.error({ err: error }, 'a task at the opening of the database failed'),
      );
    }
  }

  async #fail(error: unknown): Promise<void> {
    this.#options.log.error({ err: error }, 'the database could not be opened');
    await this.#letGo();
    this.#change(openingFailure(error, this.#config));
  }

  async #letGo(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    try {
      await connection?.close();
    } catch (error) {
      this.#options.log.warn({ err: error }, 'the database could not be closed in good order');
    }
  }

  #readConfig(): DatabaseConfig {
    const { environment, paths, seal } = this.#options;
    return databaseConfig(environment, paths, undefined, seal);
  }

  #change(status: DatabaseStatus): void {
    this.#status = status;
    for (const listener of this.#changeListeners) listener();
  }

  #unavailable(): OperationFailure {
    return new OperationFailure('DATABASE_UNAVAILABLE', this.#whyUnavailable(), {
      state: this.#status.state,
    });
  }

  #whyUnavailable(): string {
    const status = this.#status;
    if (this.#closed) return 'Parley is closing.';
    switch (status.state) {
      case 'opening':
        return 'The database is being opened. Please try again in a moment.';
      case 'migrating':
        return status.holder
          ? 'The database is being upgraded from another machine. Parley goes on by itself when that is done.'
          : 'The database is being upgraded. Please try again in a moment.';
      case 'pending':
        return 'The database waits for an upgrade. An admin can start it after signing in.';
      case 'newer':
        return 'The database was made by a newer Parley. Please update Parley on this machine.';
      case 'failed':
        return status.message;
      case 'ready':
        return 'The database cannot be used at the moment. Please try again.';
    }
  }

  #logEngine(event: EngineEvent): void {
    const { log } = this.#options;
    if (event.event === 'server log') log.debug({ line: event.line }, 'embedded engine');
    else if (event.event.startsWith('re')) log.warn(event, 'embedded engine');
    else log.info(event, 'embedded engine');
  }
}

/** A table or column that is not there: another machine may have changed the schema. */
function speaksOfAnotherSchema(error: unknown): boolean {
  return error instanceof QueryFailedError && ['42P01', '42703'].includes(error.driverError.code);
}
