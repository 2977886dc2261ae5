import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import { type HolderKind, lockPath } from '../../data-folder/lock.ts';
import type { SessionLimits, UpkeepPolicy, UpkeepReport } from './engine-messages.ts';
import type { RestartReason } from './errors.ts';
import { SupervisedEngine } from './supervised-engine.ts';

/** How long things may take, in milliseconds. */
export interface EngineLimits extends SessionLimits {
  /** How long opening may take, recovery after a kill included. */
  openMs: number;
  /** How long one query may run before the engine is ended and opened anew. */
  queryMs: number;
  /** The same for one round of upkeep. */
  upkeepMs: number;
  /** How long closing may take before the thread is ended; nothing committed is lost by that. */
  closeMs: number;
}

/** What the engine has to tell; durations in milliseconds. */
export type EngineEvent =
  | { event: 'opened'; durationMs: number; firstStart: boolean; leftoverRemoved: boolean; version: string }
  | { event: 'restarting'; reason: RestartReason; detail: string | undefined }
  | { event: 'reopened'; durationMs: number; reason: RestartReason }
  | { event: 'reopening failed'; code: string; message: string }
  | ({ event: 'upkeep' } & UpkeepReport)
  | { event: 'server log'; line: string }
  | { event: 'closed'; durationMs: number };

export interface EmbeddedEngineOptions {
  /** The database's own folder. It and its parents are made where missing; beside it lies `<folder>.lock`. */
  folder: string;
  /** The tarball of writeTemplate, for the first start. Without it the first start takes seconds longer. */
  template?: string;
  log(event: EngineEvent): void;
  /** Who opens it, for the message that a second opener gets. */
  holder?: { kind: HolderKind; name: string };
  limits?: Partial<EngineLimits>;
  upkeep?: Partial<UpkeepPolicy>;
}

/** PostgreSQL in a thread of this process. */
export interface EmbeddedEngine {
  /** PostgreSQL's version, such as 18.6. */
  readonly serverVersion: string;
  /** Whether opening made the database. */
  readonly firstStart: boolean;
  /**
   * A new connection, for `stream` in the settings of `pg`. While the engine is being opened anew it waits.
   * Connections share one session (see SessionQueue): a pool has no use for more than one.
   */
  stream(): Duplex;
  /**
   * Ends the engine and opens it anew. Connections end with EngineRestartedError, pools make new ones.
   *
   * @throws the error of opening; a later stream() tries again.
   */
  restart(reason: RestartReason): Promise<void>;
  /** Runs work whose queries may take long, such as migrations, under another limit in milliseconds. */
  withQueryLimit<T>(limitMs: number, work: () => Promise<T>): Promise<T>;
  /**
   * Vacuums, analyses, and makes a checkpoint, now. Answers null when the upkeep failed; a failed checkpoint
   * restarts the engine and rejects with EngineRestartedError.
   */
  upkeep(): Promise<UpkeepReport | null>;
  /** Calls back after each restart, with the reason. Answers a function that ends that. */
  onRestart(listener: (reason: RestartReason) => void): () => void;
  /** Counts since the engine was first opened here. */
  figures(): { fsyncs: number; restarts: number; connections: number };
  /** Rolls back what is open, closes the database cleanly and gives the folder free. */
  close(): Promise<void>;
}

/**
 * Opens the embedded database, making it on the first start.
 *
 * It locks its folder, supervises its thread and keeps the database in good order. It keeps the process alive
 * until it is closed.
 *
 * @throws DataFolderHeldError when another process (or this one) has the folder; EngineVersionError,
 *   EngineDamagedError, EngineDiskFullError, EngineTemplateError, EngineOpenError.
 */
export async function openEmbeddedEngine(options: EmbeddedEngineOptions): Promise<EmbeddedEngine> {
  const folder = realFolder(options.folder);
  // Two openers destroy the data, so the engine does not rely on its caller's having locked the data folder.
  const lock = lockPath(folder, `${folder}.lock`, options.holder ?? { kind: 'app', name: 'Parley' });
  const engine = new SupervisedEngine({ ...options, folder }, lock);
  try {
    await engine.start();
  } catch (error) {
    lock.release();
    throw error;
  }
  return engine;
}

/** The folder by its one name, so that two ways to it lead to one lock; makes its parents. */
function realFolder(folder: string): string {
  const path = resolve(folder);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  return existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
}
