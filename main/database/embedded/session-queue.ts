import {
  errorMessage,
  joinBytes,
  queryMessage,
  READY_IDLE,
  REFUSE_ENCRYPTION,
  SYNC,
} from './backend-messages.ts';
import type { SessionLimits } from './engine-messages.ts';
import { FrontendReader, type FrontendUnit, ProtocolViolation } from './frontend-messages.ts';

/** The one session of the engine. */
export interface EngineSession {
  /** Runs messages of the wire protocol; what comes back must be copied, it lies in the engine's memory. */
  run(messages: Uint8Array, answer: (bytes: Uint8Array) => void): Promise<void>;
  /** Whether a transaction block is open, be it failed. */
  inTransaction(): boolean;
  /** What the engine says to a new connection, up to and with ReadyForQuery. */
  readonly greeting: Uint8Array;
}

export interface SessionQueueOptions {
  session: EngineSession;
  limits: SessionLimits;
  send(connection: number, bytes: Uint8Array<ArrayBuffer>): void;
  /** The worker ends a connection; what was sent before still arrives. */
  drop(connection: number): void;
}

type Messages = Extract<FrontendUnit, { kind: 'messages' }>;

interface Connection {
  id: number;
  reader: FrontendReader;
  /** What it has sent and what has not been run yet. */
  units: Messages[];
  /** Since when it waits for the session, by performance.now(). */
  waitingSince: number;
}

/** Answers are gathered up to this size, in bytes: PostgreSQL flushes every 8 KiB, a message each is slow. */
const ANSWER_CHUNK = 128 * 1024;

/**
 * Shares the one session among connections. A connection has the session from its first message until the
 * engine is ready for the next query outside of a transaction; the others wait in the order in which they
 * came. When a connection goes while it has the session, its transaction is rolled back.
 *
 * Prepared statements, settings and temporary tables belong to the session, so connections see each other's
 * until the last of its users goes.
 */
export class SessionQueue {
  readonly #options: SessionQueueOptions;
  readonly #connections = new Map<number, Connection>();
  #holder: Connection | null = null;
  /** Whether the holder is within an unfinished extended query: it has sent Flush, not yet Sync. */
  #holderMidQuery = false;
  #waiting: Connection[] = [];
  #jobs: Array<() => Promise<void>> = [];
  #pumping = false;
  #lastActivity = performance.now();
  /** Who has used the session since it was last reset. */
  readonly #users = new Set<Connection>();
  readonly #stallTimer: NodeJS.Timeout;

  constructor(options: SessionQueueOptions) {
    this.#options = options;
    const shortest = Math.min(options.limits.sessionWaitMs, options.limits.idleInTransactionMs);
    this.#stallTimer = setInterval(() => this.#endStall(), Math.max(20, Math.min(1000, shortest / 4)));
  }

  /** For how long nothing has run, in milliseconds; 0 while something runs, waits or has the session. */
  get quietMs(): number {
    if (this.#holder || this.#pumping || this.#waiting.length > 0) return 0;
    return performance.now() - this.#lastActivity;
  }

  connect(id: number): void {
    this.#connections.set(id, { id, reader: new FrontendReader(), units: [], waitingSince: 0 });
  }

  receive(id: number, bytes: Uint8Array): void {
    const connection = this.#connections.get(id);
    if (!connection) return;
    let units: FrontendUnit[];
    try {
      units = connection.reader.push(bytes);
    } catch (error) {
      if (!(error instanceof ProtocolViolation)) throw error;
      this.#options.send(id, errorMessage('FATAL', '08P01', error.message));
      this.#end(connection);
      return;
    }
    for (const unit of units) {
      // What comes after a farewell is not acted upon.
      if (this.#connections.has(id)) this.#accept(connection, unit);
    }
  }

  disconnect(id: number): void {
    const connection = this.#connections.get(id);
    if (connection) this.#forget(connection);
  }

  /** Runs `job` when no connection has the session, ahead of those that wait for it. */
  exclusively<T>(job: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#jobs.push(() => job().then(resolve, reject));
      void this.#pump();
    });
  }

  /** Ends all connections, rolling back what is open, and waits until the session is free. */
  async close(): Promise<void> {
    clearInterval(this.#stallTimer);
    for (const connection of [...this.#connections.values()]) this.#end(connection);
    await this.exclusively(async () => undefined);
  }

  #accept(connection: Connection, unit: FrontendUnit): void {
    switch (unit.kind) {
      case 'startup':
        // The database and user named there are not looked at: there is one of each.
        this.#options.send(connection.id, Uint8Array.from(this.#options.session.greeting));
        return;
      case 'encryption request':
        this.#options.send(connection.id, Uint8Array.from(REFUSE_ENCRYPTION));
        return;
      case 'cancel request':
        // A busy engine reads no messages: there is nothing that could be told to stop.
        this.#end(connection);
        return;
      case 'terminate':
        this.#end(connection);
        return;
      case 'messages':
        connection.units.push(unit);
        if (this.#holder !== connection && !this.#waiting.includes(connection)) this.#wait(connection);
        void this.#pump();
    }
  }

  #wait(connection: Connection): void {
    connection.waitingSince = performance.now();
    this.#waiting.push(connection);
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      for (let work = this.#next(); work; work = this.#next()) {
        await work();
        this.#lastActivity = performance.now();
        // Lets messages in, among them that a connection has gone.
        await new Promise(setImmediate);
      }
    } finally {
      this.#pumping = false;
    }
  }

  #next(): (() => Promise<void>) | undefined {
    if (!this.#holder) {
      const job = this.#jobs.shift();
      if (job) return job;
      if (this.#waiting.length > 0 && this.#usersHaveGone()) return () => this.#resetSession();
      this.#holder = this.#waiting.shift() ?? null;
    }
    const holder = this.#holder;
    const unit = holder?.units.shift();
    return holder && unit ? () => this.#run(holder, unit) : undefined;
  }

  async #run(connection: Connection, unit: Messages): Promise<void> {
    this.#users.add(connection);
    let gathered: Uint8Array[] = [];
    let size = 0;
    const flush = (): void => {
      if (size === 0) return;
      if (this.#connections.has(connection.id)) this.#options.send(connection.id, joinBytes(gathered));
      gathered = [];
      size = 0;
    };
    await this.#options.session.run(unit.bytes, (bytes) => {
      gathered.push(bytes.slice());
      size += bytes.length;
      if (size >= ANSWER_CHUNK) flush();
    });
    flush();
    this.#holderMidQuery = unit.ends === 'flush';
    if (this.#holder !== connection) return;
    if (this.#holderMidQuery || this.#options.session.inTransaction()) return;
    this.#holder = null;
    if (connection.units.length > 0) this.#wait(connection);
  }

  /** Ends a connection from this side. */
  #end(connection: Connection): void {
    this.#options.drop(connection.id);
    this.#forget(connection);
  }

  #forget(connection: Connection): void {
    if (!this.#connections.delete(connection.id)) return;
    connection.units = [];
    this.#waiting = this.#waiting.filter((one) => one !== connection);
    if (this.#holder === connection) {
      this.#holder = null;
      this.#jobs.unshift(() => this.#rollBack());
    }
    void this.#pump();
  }

  async #rollBack(): Promise<void> {
    const { session } = this.#options;
    if (this.#holderMidQuery) await session.run(SYNC, ignore);
    this.#holderMidQuery = false;
    if (session.inTransaction()) await session.run(queryMessage('ROLLBACK'), ignore);
  }

  #usersHaveGone(): boolean {
    return this.#users.size > 0 && [...this.#users].every((user) => !this.#connections.has(user.id));
  }

  /** The next connection must not find settings, temporary tables and statements of those before. */
  async #resetSession(): Promise<void> {
    this.#users.clear();
    await this.#options.session.run(queryMessage('DISCARD ALL'), ignore);
  }

  #endStall(): void {
    const holder = this.#holder;
    if (!holder || this.#pumping) return;
    const { limits, send } = this.#options;
    const now = performance.now();
    const stalledMs = now - this.#lastActivity;
    if (stalledMs >= limits.idleInTransactionMs) {
      send(
        holder.id,
        errorMessage('FATAL', '25P03', 'terminating connection due to idle-in-transaction timeout'),
      );
      this.#end(holder);
      return;
    }
    if (stalledMs < limits.sessionWaitMs) return;
    const tooLong = this.#waiting.filter((one) => now - one.waitingSince >= limits.sessionWaitMs);
    this.#waiting = this.#waiting.filter((one) => !tooLong.includes(one));
    for (const connection of tooLong) this.#refuse(connection);
  }

  #refuse(connection: Connection): void {
    const unit = connection.units.shift();
    const text =
      'another transaction has held the embedded database for too long; ' +
      'code inside a transaction must query through that transaction';
    if (unit?.ends === 'flush') {
      // It would go on to send the rest of this query: there is no answer that keeps both sides in step.
      this.#options.send(connection.id, errorMessage('FATAL', '55P03', text));
      this.#end(connection);
      return;
    }
    this.#options.send(connection.id, joinBytes([errorMessage('ERROR', '55P03', text), READY_IDLE]));
    if (connection.units.length > 0) this.#wait(connection);
  }
}

function ignore(): void {}
