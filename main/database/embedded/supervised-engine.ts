import type { Duplex } from 'node:stream';
import type { DataFolderLock } from '../../data-folder/lock.ts';
import type { EmbeddedEngine, EmbeddedEngineOptions, EngineLimits } from './embedded-engine.ts';
import {
  Activity,
  EngineVitals,
  type FromWorker,
  type UpkeepPolicy,
  type UpkeepReport,
} from './engine-messages.ts';
import { EngineStream } from './engine-stream.ts';
import { type EngineWorker, startEngineWorker } from './engine-worker.ts';
import {
  EngineClosedError,
  EngineDiskFullError,
  EngineOpenError,
  EngineRestartedError,
  type RestartReason,
  speaksOfFullDisk,
} from './errors.ts';

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

/** After a failed reopening, so many milliseconds pass before the next attempt. */
const RETRY_AFTER_MS = 1_000;

/**
 * The engine's thread, watched: ended and started anew when a query takes too long, when it dies, when a
 * checkpoint fails. Opens with `start()`.
 */
export class SupervisedEngine implements EmbeddedEngine {
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
  /** The limits of withQueryLimit that are in force; the longest counts. */
  readonly #queryLimits = new Set<{ ms: number }>();
  #watch: NodeJS.Timeout | undefined;

  constructor(options: EmbeddedEngineOptions, lock: DataFolderLock) {
    this.#options = options;
    this.#lock = lock;
    this.#limits = { ...LIMITS, ...options.limits };
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
    const limit = { ms: limitMs };
    this.#queryLimits.add(limit);
    try {
      return await work();
    } finally {
      this.#queryLimits.delete(limit);
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
    this.#endConnections(
      detail && speaksOfFullDisk(detail)
        ? new EngineDiskFullError('The disk is full, and what was being done was not finished.')
        : new EngineRestartedError(reason, detail),
    );
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

  #queryLimitMs(): number {
    const relaxed = [...this.#queryLimits].map((limit) => limit.ms);
    return relaxed.length > 0 ? Math.max(...relaxed) : this.#limits.queryMs;
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
        if (performance.now() - since < (upkeep ? this.#limits.upkeepMs : this.#queryLimitMs())) return;
        watched = -1;
        void this.#restart(upkeep ? 'upkeep time limit' : 'query time limit').catch(() => undefined);
      },
      Math.max(10, Math.min(250, this.#limits.queryMs / 4)),
    );
    timer.unref();
    return timer;
  }
}
