import { v7 } from 'uuid';
import type { DatabaseWork } from '../../shared/contract/database.ts';
import { isConnectionLoss, isDiskFull } from '../database/connection-failure.ts';
import type { EventHub } from '../events.ts';
import { type JobReports, unreported } from '../jobs/failed-jobs.ts';
import type { Log } from '../log.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

/** How often a work tells how far it is, at most. */
const TELL_EVERY_MS = 250;

/** What a work is given. */
export interface Working {
  readonly signal: AbortSignal;
  /** Says what is being done now. */
  step(words: string, total?: number): void;
  /** So much more of the step is done. */
  advance(by: number): void;
  /** So much of the step is done in all. */
  at(done: number, total: number): void;
}

/** The long works on the database as a whole, of which one runs at a time. */
export class Works {
  readonly #events: EventHub;
  readonly #log: Log;
  readonly #jobs: JobReports;
  #work: DatabaseWork | null = null;
  #running: { abort: AbortController; ended: Promise<unknown> } | null = null;
  #toldAt = 0;
  #held = false;

  constructor(events: EventHub, log: Log, jobs: JobReports = unreported) {
    this.#events = events;
    this.#log = log;
    this.#jobs = jobs;
  }

  /** The one that runs, or else the last. */
  get current(): DatabaseWork | null {
    return this.#work;
  }

  get isRunning(): boolean {
    return this.#running !== null || this.#held;
  }

  /**
   * Begins a work and lets it run on.
   *
   * @param run answers with a sentence about what came of it
   * @throws OperationFailure CONFLICT while another runs
   */
  begin(kind: DatabaseWork['kind'], run: (working: Working) => Promise<string>): void {
    this.requireNone();
    // How it goes is told by `database.work`; nobody waits here.
    this.do(kind, run).catch(() => undefined);
  }

  /** @throws OperationFailure CONFLICT while one runs */
  requireNone(): void {
    if (!this.isRunning) return;
    throw new OperationFailure(
      'CONFLICT',
      'Something else is being done with the database. Wait for its end, or stop it.',
    );
  }

  /**
   * Runs something that shows no progress, during which no work may begin.
   *
   * @throws OperationFailure CONFLICT while one runs, and what it has thrown
   */
  async alone<T>(run: () => Promise<T>): Promise<T> {
    this.requireNone();
    this.#held = true;
    try {
      return await run();
    } finally {
      this.#held = false;
    }
  }

  /** The same for who waits for its end. @throws what the work has thrown, too */
  async do(kind: DatabaseWork['kind'], run: (working: Working) => Promise<string>): Promise<void> {
    this.requireNone();
    const abort = new AbortController();
    this.#work = {
      ...{ id: v7(), kind, state: 'RUNNING', step: 'Beginning', done: 0, total: null },
      ...{ startedAt: new Date().toISOString(), endedAt: null, message: null },
    };
    const ended = this.#run(kind, run, abort.signal);
    this.#running = { abort, ended: ended.catch(() => undefined) };
    this.#tell();
    await ended;
  }

  /** Ends the one that runs; whatever it had made in part is left so that nothing is lost. */
  async stop(): Promise<void> {
    this.#running?.abort.abort();
    await this.#running?.ended;
  }

  async #run(
    kind: DatabaseWork['kind'],
    run: (working: Working) => Promise<string>,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      // After the caller has noted that it runs.
      await Promise.resolve();
      const message = await run({
        signal,
        step: (step, total) => this.#change({ step, done: 0, total: total ?? null }),
        advance: (by) => this.#move((this.#work?.done ?? 0) + by, this.#work?.total ?? null),
        at: (done, total) => this.#move(done, total),
      });
      this.#jobs.succeeded({ kind });
      this.#end({ state: 'DONE', message });
    } catch (error) {
      if (signal.aborted) {
        this.#end({ state: 'STOPPED', message: error instanceof OperationFailure ? error.message : null });
      } else {
        this.#log.error({ err: error, work: kind }, 'a work on the database failed');
        const message = wordsOf(error);
        this.#jobs.failed({ kind }, message);
        this.#end({ state: 'FAILED', message });
      }
      throw error;
    }
  }

  #end(outcome: Pick<DatabaseWork, 'state' | 'message'>): void {
    this.#running = null;
    this.#change({ ...outcome, endedAt: new Date().toISOString() });
  }

  #move(done: number, total: number | null): void {
    if (this.#work) this.#work = { ...this.#work, done, total };
    if (performance.now() - this.#toldAt > TELL_EVERY_MS) this.#tell();
  }

  #change(changes: Partial<DatabaseWork>): void {
    if (this.#work) this.#work = { ...this.#work, ...changes };
    this.#tell();
  }

  #tell(): void {
    this.#toldAt = performance.now();
    this.#events.publish('database.workChanged', undefined);
  }
}

const told = new Set(['OperationFailure', 'BackupDamagedError', 'TransferMismatchError', 'MigrationError']);

function wordsOf(error: unknown): string {
  if (error instanceof Error && told.has(error.name)) return error.message;
  if (isDiskFull(error)) {
    return 'The disk is full. Nothing that was there before was changed. Free some space, then try again.';
  }
  if (isConnectionLoss(error)) {
    return 'The connection to the database was lost. Nothing that was there before was changed. Try again when it is back.';
  }
  return 'It stopped, and nothing that was there before was changed. The log has the reason.';
}
