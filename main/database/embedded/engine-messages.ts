import type { OpenFailure } from './errors.ts';

// What the main thread and the engine's worker say to each other. Bytes are PostgreSQL's wire protocol and
// travel by transfer, never shared.

/** How long things may take, in milliseconds. */
export interface SessionLimits {
  /**
   * How long a query waits for the one session while nothing runs in it: then it fails with 55P03. It waits
   * so when a transaction is open and idle, most often because the code inside the transaction awaits a query
   * outside of it.
   */
  sessionWaitMs: number;
  /** How long a transaction may stay open and idle before it is rolled back and its connection ended. */
  idleInTransactionMs: number;
}

/** When the upkeep does what. Bytes are of write-ahead log since the last checkpoint. */
export interface UpkeepPolicy {
  /** How often it looks, in milliseconds. 0: never by itself. */
  everyMs: number;
  /** How long the session must have been quiet for upkeep to run, in milliseconds. */
  quietMs: number;
  /** A checkpoint is due after so much log… */
  checkpointBytes: number;
  /** …or so long after the last one, when anything was written; in milliseconds. */
  checkpointMs: number;
}

/** What one round of upkeep did. */
export interface UpkeepReport {
  /** Write-ahead log found since the last checkpoint, in bytes. */
  walBytes: number;
  checkpoint: boolean;
  /** The tables vacuumed and analysed, with their schema. */
  vacuumed: string[];
  durationMs: number;
}

export interface WorkerInput {
  folder: string;
  template: string | undefined;
  limits: SessionLimits;
  upkeep: UpkeepPolicy;
  /** See EngineVitals. */
  vitals: SharedArrayBuffer;
}

export type ToWorker =
  | { kind: 'connect'; connection: number }
  | { kind: 'bytes'; connection: number; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'disconnect'; connection: number }
  | { kind: 'upkeep'; request: number; force: boolean }
  | { kind: 'close' };

export type FromWorker =
  | { kind: 'open'; serverVersion: string; firstStart: boolean; leftoverRemoved: boolean }
  | { kind: 'failed'; failure: OpenFailure }
  | { kind: 'bytes'; connection: number; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'disconnected'; connection: number }
  | { kind: 'server log'; line: string }
  | { kind: 'upkeep done'; request: number; report: UpkeepReport | null }
  | { kind: 'broken'; reason: 'crash' | 'failed checkpoint'; detail: string }
  | { kind: 'closed' };

const SEQUENCE = 0;
const RUNNING = 1;
const FSYNCS = 2;

/** What the worker is busy with, as a number in shared memory. */
export const Activity = { idle: 0, query: 1, upkeep: 2 } as const;
export type Activity = (typeof Activity)[keyof typeof Activity];

/**
 * A few numbers in memory shared by both threads, because a worker busy in a query can answer no message:
 * the supervisor sees here since which unit of work it has been busy, and tests count fsyncs.
 */
export class EngineVitals {
  readonly buffer: SharedArrayBuffer;
  readonly #numbers: Int32Array<SharedArrayBuffer>;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(12)) {
    this.buffer = buffer;
    this.#numbers = new Int32Array(buffer);
  }

  /** Worker: a unit of work begins. */
  begin(activity: Activity): void {
    Atomics.add(this.#numbers, SEQUENCE, 1);
    Atomics.store(this.#numbers, RUNNING, activity);
  }

  /** Worker: it has ended. */
  end(): void {
    Atomics.store(this.#numbers, RUNNING, Activity.idle);
  }

  /** Worker: one flush to disk more. */
  countFsync(): void {
    Atomics.add(this.#numbers, FSYNCS, 1);
  }

  /** Which unit of work is or was the last, and what the worker does now. */
  read(): { sequence: number; activity: Activity; fsyncs: number } {
    const running = Atomics.load(this.#numbers, RUNNING);
    return {
      sequence: Atomics.load(this.#numbers, SEQUENCE),
      activity: running === Activity.query || running === Activity.upkeep ? running : Activity.idle,
      fsyncs: Atomics.load(this.#numbers, FSYNCS),
    };
  }
}
