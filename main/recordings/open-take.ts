import { type FileHandle, open } from 'node:fs/promises';
import { OperationFailure } from '../operations/operation-failure.ts';
import { syncFolder } from './folder-sync.ts';
import { makeFolder, type TakeFiles } from './take-files.ts';

/** At least this long from one flush to the next, in ms. A chunk comes every 250 ms. */
const FLUSH_EVERY_MS = 500;
/** Four hours at the recorder's 32 kbit/s; only a page gone wild gets here. */
const MAX_TAKE_BYTES = 64 * 1024 * 1024;
/** Every WebM file begins with an EBML header (RFC 8794, section 8.1). */
const EBML_MAGIC = [0x1a, 0x45, 0xdf, 0xa3];

/** What is on disk for good: the first sequence that is not, and the bytes before it. */
export interface Safe {
  safeSequence: number;
  safeBytes: number;
}

/** The disk would not take more; what it has taken stays. */
export class TakeDiskError extends Error {
  readonly full: boolean;

  constructor(cause: unknown) {
    super(`A recording could not be written: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
    this.name = 'TakeDiskError';
    this.full = isDiskFull(cause);
  }
}

/** Whether a file system call failed for want of space, on the disk or in the person's share of it. */
export function isDiskFull(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/**
 * The file of a take that is being recorded. Chunks are written one after the other in the order of their sequence;
 * flushing goes on beside the writing, so that a slow disk delays what is called safe and never the chunks.
 */
export class OpenTake {
  readonly id: string;
  readonly file: string;
  readonly #handle: FileHandle;
  /** Where each chunk ends in the file. */
  readonly #ends: number[] = [];
  #safe: Safe = { safeSequence: 0, safeBytes: 0 };
  #writing: Promise<unknown> = Promise.resolve();
  #flushing: Promise<void> | null = null;
  #flushTimer: NodeJS.Timeout | null = null;
  #flushedAt = Number.NEGATIVE_INFINITY;
  #failure: TakeDiskError | null = null;
  #closing: Promise<void> | null = null;

  private constructor(id: string, file: string, handle: FileHandle) {
    this.id = id;
    this.file = file;
    this.#handle = handle;
  }

  /** Makes the file. It must not be there yet; its name is on disk when this returns. */
  static async create(id: string, files: TakeFiles): Promise<OpenTake> {
    await makeFolder(files.folder);
    const handle = await open(files.raw, 'wx+', 0o600);
    try {
      await syncFolder(files.folder);
    } catch (error) {
      await handle.close();
      throw error;
    }
    return new OpenTake(id, files.raw, handle);
  }

  /**
   * Writes a chunk. One that was written before is compared and acknowledged again, so a sender in doubt sends again.
   *
   * @returns what is safe by now; this chunk usually becomes so within half a second
   * @throws OperationFailure CONFLICT for a gap (`details.expectedSequence`), other bytes under a known sequence, or a
   *   take that has ended; INVALID_INPUT for what is not WebM
   * @throws TakeDiskError when the disk refuses; the take accepts nothing more
   */
  async append(sequence: number, bytes: Uint8Array): Promise<Safe> {
    if (this.#closing) throw new OperationFailure('CONFLICT', 'This recording has ended.', { ended: true });
    const written = this.#writing.then(() => this.#append(sequence, bytes));
    this.#writing = written.catch(() => undefined);
    return written;
  }

  /** Flushes and closes the file; to be called again freely. Never throws: what the disk refuses is in `failure`. */
  close(): Promise<void> {
    this.#closing ??= this.#writing.then(() => this.#close());
    return this.#closing;
  }

  /** What the disk refused, if it did. */
  get failure(): TakeDiskError | null {
    return this.#failure;
  }

  async #append(sequence: number, bytes: Uint8Array): Promise<Safe> {
    if (this.#failure) throw this.#failure;
    const expected = this.#ends.length;
    if (sequence > expected) {
      throw new OperationFailure('CONFLICT', 'A piece of the recording is missing; please send it again.', {
        expectedSequence: expected,
      });
    }
    if (sequence < expected) await this.#compare(sequence, bytes);
    else await this.#write(bytes);
    return this.#safe;
  }

  async #compare(sequence: number, bytes: Uint8Array): Promise<void> {
    const start = this.#ends[sequence - 1] ?? 0;
    const length = (this.#ends[sequence] ?? 0) - start;
    const written = Buffer.alloc(length);
    await this.#handle.read(written, 0, length, start);
    if (!written.equals(bytes)) {
      throw new OperationFailure('CONFLICT', 'Another piece of the recording has this number already.', {
        expectedSequence: this.#ends.length,
      });
    }
  }

  async #write(bytes: Uint8Array): Promise<void> {
    const start = this.#ends.at(-1) ?? 0;
    // A busy recorder's first chunk may be a single byte, so the beginning is compared as far as it has come.
    const beginning = EBML_MAGIC.slice(start, start + bytes.byteLength);
    if (!beginning.every((byte, index) => bytes[index] === byte)) {
      throw new OperationFailure('INVALID_INPUT', 'This is not a WebM recording.');
    }
    if (start + bytes.byteLength > MAX_TAKE_BYTES) {
      throw new OperationFailure(
        'INVALID_INPUT',
        'This recording is too long. Stop it: what was said is kept.',
      );
    }
    try {
      for (let done = 0; done < bytes.byteLength; ) {
        done += (await this.#handle.write(bytes, done, bytes.byteLength - done, start + done)).bytesWritten;
      }
    } catch (error) {
      throw this.#fail(error);
    }
    this.#ends.push(start + bytes.byteLength);
    this.#scheduleFlush();
  }

  #scheduleFlush(): void {
    if (this.#flushTimer || this.#flushing) return;
    const wait = Math.max(0, this.#flushedAt + FLUSH_EVERY_MS - performance.now());
    this.#flushTimer = setTimeout(() => {
      this.#flushTimer = null;
      this.#flushing = this.#flush().finally(() => {
        this.#flushing = null;
        if (!this.#failure && !this.#closing && this.#ends.length > this.#safe.safeSequence)
          this.#scheduleFlush();
      });
    }, wait);
  }

  async #flush(): Promise<void> {
    const written: Safe = { safeSequence: this.#ends.length, safeBytes: this.#ends.at(-1) ?? 0 };
    this.#flushedAt = performance.now();
    try {
      await this.#handle.datasync();
      this.#safe = written;
    } catch (error) {
      // After a failed flush nobody knows what the disk holds: asking again may say "done" for pages that were lost.
      this.#fail(error);
    }
  }

  async #close(): Promise<void> {
    if (this.#flushTimer) clearTimeout(this.#flushTimer);
    this.#flushTimer = null;
    await this.#flushing;
    try {
      await this.#handle.sync();
    } catch (error) {
      this.#fail(error);
    }
    try {
      await this.#handle.close();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): TakeDiskError {
    this.#failure ??= new TakeDiskError(error);
    return this.#failure;
  }
}
