import { recordingFormat } from '../../../shared/model/recording.ts';

/** What main answers to a chunk: every sequence below `safeSequence` is flushed to disk. */
export interface Acknowledgement {
  safeSequence: number;
}

export interface UploadQueueParts {
  append(sequence: number, bytes: Uint8Array<ArrayBuffer>): Promise<Acknowledgement>;
  /** Whether trying again can help: main is slow, restarting or briefly without its database. */
  isPassing(error: unknown): boolean;
  /** The recording is on disk up to this many milliseconds. */
  onSafe(safeMs: number): void;
  /** Sending has been failing since then, or works again (null). */
  onTrouble(error: unknown | null): void;
  /** Trying again cannot help. What is queued stays queued; `retry` takes it up again. */
  onFailure(error: unknown): void;
  wait?(ms: number): Promise<void>;
}

interface Batch {
  sequence: number;
  blob: Blob;
}

/** Chunks that wait are sent together, so that a slow main catches up; well below what main accepts at once. */
const maxBatchBytes = recordingFormat.maxChunkBytes / 4;
/** About four and a half hours of speech. More than that is not queued; see `isFull`. */
const maxWaitingBytes = 64 * 1024 * 1024;
const firstBackOffMs = 250;
const lastBackOffMs = 5_000;
/** Main flushes at least once a second; a little later the last chunk is sent once more to hear that it is safe. */
const askAgainMs = 1_200;

/**
 * Brings the chunks of one take to main: strictly in order, one call at a time, each until it is acknowledged.
 * Nothing is ever dropped. A chunk whose acknowledgement was lost is sent again under the same number, which main
 * takes as the same chunk.
 */
export class UploadQueue {
  readonly #parts: UploadQueueParts;
  readonly #wait: (ms: number) => Promise<void>;
  #waiting: { blob: Blob; endMs: number }[] = [];
  #waitingBytes = 0;
  #current: Batch | null = null;
  #lastSent: Batch | null = null;
  /** Where in the recording each sent batch ends, by sequence. */
  readonly #endMs: number[] = [];
  #safeSequence = 0;
  #attempt = 0;
  #pumping = false;
  #closed = false;
  #failure: { error: unknown } | null = null;
  #backOffUntil = 0;
  #wake: (() => void) | null = null;
  #drainWaiters: { resolve(): void; reject(error: unknown): void }[] = [];

  constructor(parts: UploadQueueParts) {
    this.#parts = parts;
    this.#wait = parts.wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  }

  /** True when no more should be recorded until main has taken some. */
  get isFull(): boolean {
    return this.#waitingBytes > maxWaitingBytes;
  }

  /** @param endMs where in the recording this chunk ends */
  add(blob: Blob, endMs: number): void {
    if (blob.size === 0) return;
    this.#waiting.push({ blob, endMs });
    this.#waitingBytes += blob.size;
    // A hidden page's timers may be minutes late; chunks keep arriving, so they end a wait that is over.
    if (performance.now() >= this.#backOffUntil) this.#wake?.();
    void this.#pump();
  }

  /**
   * Resolves when all that was added is acknowledged.
   *
   * @throws what append threw, when trying again cannot help
   */
  drained(): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure.error);
    if (!this.#current && this.#waiting.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => this.#drainWaiters.push({ resolve, reject }));
  }

  /** Takes up the work again after a failure, with the chunk that failed first. */
  retry(): void {
    this.#failure = null;
    this.#attempt = 0;
    this.#wake?.();
    void this.#pump();
  }

  /** Sends nothing more. */
  close(): void {
    this.#closed = true;
    this.#wake?.();
  }

  async #pump(): Promise<void> {
    if (this.#pumping || this.#closed) return;
    this.#pumping = true;
    while (!this.#failure && !this.#closed) {
      this.#current ??= this.#nextBatch();
      if (!this.#current) break;
      if (await this.#send(this.#current)) {
        this.#lastSent = this.#current;
        this.#current = null;
      }
    }
    this.#pumping = false;
    this.#settle();
    if (!this.#failure && this.#safeSequence < this.#endMs.length) void this.#askAgain();
  }

  /** @returns whether the batch is acknowledged */
  async #send(batch: Batch): Promise<boolean> {
    try {
      const bytes = new Uint8Array(await batch.blob.arrayBuffer());
      const { safeSequence } = await this.#parts.append(batch.sequence, bytes);
      this.#noteSafe(safeSequence);
      if (this.#attempt > 0) this.#parts.onTrouble(null);
      this.#attempt = 0;
      return true;
    } catch (error) {
      if (!this.#parts.isPassing(error)) {
        this.#failure = { error };
        this.#parts.onFailure(error);
        return false;
      }
      if (this.#attempt === 0) this.#parts.onTrouble(error);
      await this.#backOff();
      return false;
    }
  }

  async #backOff(): Promise<void> {
    const ms = Math.min(firstBackOffMs * 2 ** this.#attempt, lastBackOffMs);
    this.#attempt += 1;
    this.#backOffUntil = performance.now() + ms;
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    await Promise.race([this.#wait(ms), woken]);
    this.#wake = null;
  }

  /** Joins what waits, up to the size of a batch, and numbers it: from here on it is that batch, however often sent. */
  #nextBatch(): Batch | null {
    if (this.#waiting.length === 0) return null;
    const parts: Blob[] = [];
    let size = 0;
    let endMs = this.#endMs.at(-1) ?? 0;
    while (size < maxBatchBytes) {
      const next = this.#waiting[0];
      if (!next) break;
      const room = maxBatchBytes - size;
      if (next.blob.size > room) {
        if (parts.length > 0) break;
        parts.push(next.blob.slice(0, room));
        next.blob = next.blob.slice(room);
        size = room;
        break;
      }
      parts.push(next.blob);
      size += next.blob.size;
      endMs = next.endMs;
      this.#waiting.shift();
    }
    this.#waitingBytes -= size;
    this.#endMs.push(endMs);
    return { sequence: this.#endMs.length - 1, blob: new Blob(parts) };
  }

  #noteSafe(safeSequence: number): void {
    if (safeSequence <= this.#safeSequence) return;
    this.#safeSequence = Math.min(safeSequence, this.#endMs.length);
    this.#parts.onSafe(this.#endMs[this.#safeSequence - 1] ?? 0);
  }

  /** While nothing new arrives (a pause), nothing would tell that the last chunks have been flushed. */
  async #askAgain(): Promise<void> {
    await this.#wait(askAgainMs);
    const idle = !this.#pumping && !this.#closed && !this.#failure;
    if (!idle || !this.#lastSent || this.#safeSequence >= this.#endMs.length) return;
    this.#current = this.#lastSent;
    void this.#pump();
  }

  #settle(): void {
    const failure = this.#failure;
    if (!failure && (this.#current || this.#waiting.length > 0)) return;
    const waiters = this.#drainWaiters;
    this.#drainWaiters = [];
    for (const waiter of waiters) {
      if (failure) waiter.reject(failure.error);
      else waiter.resolve();
    }
  }
}
