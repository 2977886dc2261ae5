import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import { type DataFolderLock, type HolderKind, lockPath } from '../../data-folder/lock.ts';
import {
  Activity,
  EngineVitals,
  type FromWorker,
  type SessionLimits,
  type UpkeepPolicy,
  type UpkeepReport,
} from './engine-messages.ts';
import { EngineStream } from './engine-stream.ts';
import { type EngineWorker, startEngineWorker } from './engine-worker.ts';
import { EngineClosedError, EngineOpenError, EngineRestartedError, type RestartReason } from './errors.ts';

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

const LIMITS: EngineLimits = {
  openMs: 300_000,
  queryMs: 60_000,
  upkeepMs: 600_000,
  closeMs: 20_000,
  sessionWaitMs: 15_000,
  idleInTransactionMs: 120_000,
};

const UPKEEP: UpkeepPolicy = {
  everyMs: 30_000,
  quietMs: 1_000,
  checkpointBytes: 48 * 1024 * 1024,
  checkpointMs: 5 * 60_000,
};

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
  const folder = resolve(options.folder);
  mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
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

/** After a failed reopening, so many milliseconds pass before the next attempt. */
const RETRY_AFTER_MS = 1_000;

class SupervisedEngine implements EmbeddedEngine {
  serverVersion = '';
  firstStart = false;

  readonly #options: EmbeddedEngineOptions;
  readonly #limits: EngineLimits;
  readonly #lock: DataFolderLock;
  readonly #vitals = new EngineVitals();
  readonly #restartListeners = new Set<(reason: RestartReason) => void>();
  readonly #upkeepRequests = new Map<
    number,
    { resolve(report: UpkeepReport | null): void; reject(error: Error): void }
  >();
  readonly #streams = new Map<number, EngineStream>();
  readonly #numbers = new Map<EngineStream, number>();
  #lastNumber = 0;
  #worker: EngineWorker | null = null;
  /** The opening under way, or the last one. */
  #opening: Promise<EngineWorker> = Promise.reject(new EngineOpenError('not started'));
  #openingFailedAt: number | null = null;
  #closing: Promise<void> | null = null;
  #restarts = 0;
  #queryLimitMs: number;
  #watch: NodeJS.Timeout | undefined;

  constructor(options: EmbeddedEngineOptions, lock: DataFolderLock) {
    this.#options = options;
    this.#lock = lock;
    this.#limits = { ...LIMITS, ...options.limits };
    this.#queryLimitMs = this.#limits.queryMs;
    this.#opening.catch(() => undefined);
  }

  async start(): Promise<void> {
    const started = performance.now();
    const worker = await this.#open();
    this.serverVersion = worker.serverVersion;
    this.firstStart = worker.firstStart;
    this.#options.log({
      event: 'opened',
      durationMs: Math.round(performance.now() - started),
      firstStart: worker.firstStart,
      leftoverRemoved: worker.leftoverRemoved,
      version: worker.serverVersion,
    });
    this.#watch = this.#superviseTime();
  }

  stream(): Duplex {
    return new EngineStream({
      attach: (stream) => void this.#attach(stream),
      send: (stream, bytes) => {
        const connection = this.#numbers.get(stream);
        if (connection !== undefined) {
          this.#worker?.post({ kind: 'bytes', connection, bytes }, [bytes.buffer]);
        }
      },
      detach: (stream) => {
        const connection = this.#forget(stream);
        if (connection !== undefined) this.#worker?.post({ kind: 'disconnect', connection });
      },
    });
  }

  async restart(reason: RestartReason): Promise<void> {
    await this.#restart(reason);
  }

  async withQueryLimit<T>(limitMs: number, work: () => Promise<T>): Promise<T> {
    const before = this.#queryLimitMs;
    this.#queryLimitMs = limitMs;
    try {
      return await work();
    } finally {
      this.#queryLimitMs = before;
    }
  }

  async upkeep(): Promise<UpkeepReport | null> {
    const worker = await this.#whenOpen();
    this.#lastNumber += 1;
    const request = this.#lastNumber;
    return new Promise((resolve, reject) => {
      this.#upkeepRequests.set(request, { resolve, reject });
      worker.post({ kind: 'upkeep', request, force: true });
    });
  }

  onRestart(listener: (reason: RestartReason) => void): () => void {
    this.#restartListeners.add(listener);
    return () => void this.#restartListeners.delete(listener);
  }

  figures(): { fsyncs: number; restarts: number; connections: number } {
    return {
      fsyncs: this.#vitals.read().fsyncs,
      restarts: this.#restarts,
      connections: this.#streams.size,
    };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const started = performance.now();
    clearInterval(this.#watch);
    // An opening under way is waited for: ending it half way would only make the next one slower.
    const worker = await this.#opening.catch(() => null);
    // A pool ended a moment ago says its farewells in this turn.
    await new Promise(setImmediate);
    this.#worker = null;
    this.#endConnections(new EngineClosedError());
    await worker?.close(this.#limits.closeMs);
    this.#lock.release();
    this.#options.log({ event: 'closed', durationMs: Math.round(performance.now() - started) });
  }

  #open(): Promise<EngineWorker> {
    this.#openingFailedAt = null;
    const { folder, template, upkeep } = this.#options;
    this.#opening = startEngineWorker(
      { folder, template, limits: this.#limits, upkeep: { ...UPKEEP, ...upkeep } },
      this.#vitals,
      this.#limits.openMs,
      {
        message: (message) => this.#receive(message),
        lost: (detail) => void this.#restart('crash', detail).catch(() => undefined),
      },
    );
    this.#opening.then(
      (worker) => {
        this.#worker = worker;
      },
      () => {
        this.#openingFailedAt = performance.now();
      },
    );
    return this.#opening;
  }

  /** The open engine; tries again to open it where that has failed before. */
  async #whenOpen(): Promise<EngineWorker> {
    if (this.#closing) throw new EngineClosedError();
    const failedAt = this.#openingFailedAt;
    if (failedAt !== null && performance.now() - failedAt >= RETRY_AFTER_MS) return this.#open();
    return this.#opening;
  }

  async #attach(stream: EngineStream): Promise<void> {
    try {
      let worker = await this.#whenOpen();
      // It may have been replaced between its opening and this turn.
      while (worker !== this.#worker) worker = await this.#whenOpen();
      if (stream.destroyed) return;
      this.#lastNumber += 1;
      const connection = this.#lastNumber;
      this.#streams.set(connection, stream);
      this.#numbers.set(stream, connection);
      worker.post({ kind: 'connect', connection });
      stream.established();
    } catch (error) {
      stream.destroy(error instanceof Error ? error : new EngineOpenError(String(error)));
    }
  }

  #forget(stream: EngineStream): number | undefined {
    const connection = this.#numbers.get(stream);
    this.#numbers.delete(stream);
    if (connection !== undefined) this.#streams.delete(connection);
    return connection;
  }

  #receive(message: FromWorker): void {
    switch (message.kind) {
      case 'bytes':
        this.#streams.get(message.connection)?.deliver(message.bytes);
        break;
      case 'disconnected':
        this.#streams.get(message.connection)?.ended();
        break;
      case 'server log':
        this.#options.log({ event: 'server log', line: message.line });
        break;
      case 'upkeep done':
        if (message.report) this.#options.log({ event: 'upkeep', ...message.report });
        this.#upkeepRequests.get(message.request)?.resolve(message.report);
        this.#upkeepRequests.delete(message.request);
        break;
      case 'broken':
        void this.#restart(message.reason, message.detail).catch(() => undefined);
        break;
      case 'open':
      case 'failed':
      case 'closed':
        break;
    }
  }

  async #restart(reason: RestartReason, detail?: string): Promise<void> {
    if (this.#closing) throw new EngineClosedError();
    const worker = this.#worker;
    // Already on its way.
    if (!worker) return void (await this.#whenOpen());
    this.#worker = null;
    this.#restarts += 1;
    this.#options.log({ event: 'restarting', reason, detail });
    const started = performance.now();
    // From here on new connections wait for the new worker, which may not touch the folder before the old
    // one has ended.
    const reopened = worker.terminate().then(() => {
      this.#vitals.end();
      return this.#open();
    });
    this.#opening = reopened;
    reopened.catch(() => undefined);
    this.#endConnections(new EngineRestartedError(reason, detail));
    try {
      await reopened;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      this.#options.log({
        event: 'reopening failed',
        code,
        message: error instanceof Error ? error.message : '',
      });
      throw error;
    }
    this.#options.log({
      event: 'reopened',
      durationMs: Math.round(performance.now() - started),
      reason,
    });
    for (const listener of this.#restartListeners) listener(reason);
  }

  #endConnections(error: Error): void {
    const streams = [...this.#streams.values()];
    this.#streams.clear();
    this.#numbers.clear();
    // Who was about to leave anyway is told of no error.
    for (const stream of streams) stream.destroy(stream.writableEnded ? undefined : error);
    for (const request of this.#upkeepRequests.values()) request.reject(error);
    this.#upkeepRequests.clear();
  }

  #superviseTime(): NodeJS.Timeout {
    let watched = -1;
    let since = 0;
    const timer = setInterval(
      () => {
        const { sequence, activity } = this.#vitals.read();
        if (!this.#worker || activity === Activity.idle || sequence !== watched) {
          watched = activity === Activity.idle ? -1 : sequence;
          since = performance.now();
          return;
        }
        const upkeep = activity === Activity.upkeep;
        if (performance.now() - since < (upkeep ? this.#limits.upkeepMs : this.#queryLimitMs)) return;
        watched = -1;
        void this.#restart(upkeep ? 'upkeep time limit' : 'query time limit').catch(() => undefined);
      },
      Math.max(10, Math.min(250, this.#limits.queryMs / 4)),
    );
    timer.unref();
    return timer;
  }
}
