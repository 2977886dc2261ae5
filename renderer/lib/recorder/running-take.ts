import { type DiskRoom, recordingFormat } from '../../../shared/model/recording.ts';
import type { SavedTake } from './recorder-state.ts';
import { type Acknowledgement, UploadQueue } from './upload-queue.ts';

/** The side of main that keeps takes. */
export interface TakeKeeper {
  begin(questionId: string): Promise<{ takeId: string }>;
  append(
    takeId: string,
    sequence: number,
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<Acknowledgement & { disk: DiskRoom }>;
  finish(takeId: string): Promise<SavedTake>;
  /** What a failure of the three above means. */
  judge(error: unknown): Refusal;
}

export interface Refusal {
  /** passing: may pass by itself; empty: there was nothing in the take, so it is gone. */
  kind: 'passing' | 'disk-full' | 'empty' | 'final';
  /** Main has closed the take with what it had, and takes no more into it. */
  takeEnded: boolean;
}

/** What happens to a take while it runs. */
interface TakeEvents {
  onChunk(): void;
  /** On disk up to here, power cut included. */
  onSafe(safeMs: number): void;
  /** With each chunk that main takes. */
  onDisk(disk: DiskRoom): void;
  /** Saving has fallen behind, or has caught up. */
  onBehind(behind: boolean): void;
  /** Main refuses the take; trying again by itself cannot help. */
  onRefused(error: unknown): void;
  /** More waits for main than should. */
  onFull(): void;
  /** The encoder stopped without having been asked. */
  onStopped(): void;
  onFailed(): void;
}

/** Chunks come every 250 ms. When nothing has for longer than this, the machine slept and nothing was recorded. */
const longestGapMs = 5_000;
const finishAttempts = 6;

/**
 * One take on its way from the microphone to the disk. Where its microphone is lost it can go on with another: what each
 * encoder gives is a WebM stream of its own, one after the other under the same numbering, and main joins them.
 */
export class RunningTake {
  /** Settles with the first chunk, which says that the encoder truly runs, or when it has ended without one. */
  readonly begun: Promise<void>;
  #noteBegun: () => void = () => undefined;
  readonly #questionId: string;
  #encoder: MediaRecorder;
  readonly #keeper: TakeKeeper;
  readonly #events: TakeEvents;
  #stopped: Promise<void> = Promise.resolve();
  #stopping = false;
  /** Everything recorded, so that it can be stored anew or handed to the person. */
  readonly #chunks: { blob: Blob; endMs: number }[] = [];
  #queue: UploadQueue;
  #takeId: string | null = null;
  #takeEnded = false;
  #refused = false;
  #recordedMs = 0;
  /** Until when (performance.now) that is counted; null while nothing is recorded. */
  #countedAt: number | null = null;

  /** Starts to record. @throws what MediaRecorder throws */
  constructor(questionId: string, encoder: MediaRecorder, keeper: TakeKeeper, events: TakeEvents) {
    this.#questionId = questionId;
    this.#encoder = encoder;
    this.#keeper = keeper;
    this.#events = events;
    this.#queue = this.#newQueue();
    this.begun = new Promise((resolve) => {
      this.#noteBegun = resolve;
    });
    this.#start(encoder);
  }

  /** Whether main has refused it, so that some of it is in this window only. */
  get refused(): boolean {
    return this.#refused;
  }

  /** Goes on with another encoder, once the one before has stopped. @throws what MediaRecorder throws */
  continueWith(encoder: MediaRecorder): void {
    this.#start(encoder);
    this.#encoder = encoder;
  }

  /** How much has been recorded up to now, pauses and the machine's sleep left out. */
  elapsedMs(): number {
    if (this.#countedAt !== null) {
      const now = performance.now();
      this.#recordedMs += Math.min(now - this.#countedAt, longestGapMs);
      this.#countedAt = now;
    }
    return Math.round(this.#recordedMs);
  }

  pause(): void {
    this.elapsedMs();
    this.#countedAt = null;
    // What was said before the pause goes to disk now, not when the pause ends.
    this.#encoder.requestData();
    this.#encoder.pause();
  }

  /** Hands what was said to main now, not with the next chunk. */
  handOver(): void {
    if (this.#encoder.state === 'recording') this.#encoder.requestData();
  }

  resume(): void {
    this.#encoder.resume();
    this.#countedAt = performance.now();
  }

  /** Ends what is encoded; the take stays open. Resolves when the last chunk is here. */
  stop(): Promise<void> {
    this.elapsedMs();
    this.#countedAt = null;
    this.#stopping = true;
    // The encoder says `recording` even after its device is gone: only `stop` makes it write the last chunk.
    if (this.#encoder.state !== 'inactive') this.#encoder.stop();
    return this.#stopped;
  }

  /**
   * Waits until main has every chunk, then ends the take.
   *
   * @returns null where it stopped before its first chunk
   * @throws what main refused it with; `retry` and then `store` tries again
   */
  async store(): Promise<SavedTake | null> {
    try {
      await this.#queue.drained();
      const saved = this.#takeId ? await this.#finish(this.#takeId) : null;
      this.#queue.close();
      this.#refused = false;
      return saved;
    } catch (error) {
      this.#refused = true;
      this.#takeEnded = this.#keeper.judge(error).takeEnded;
      throw error;
    }
  }

  /** Takes up what was refused: the rest of the take, or the whole as a new one where main has closed it. */
  retry(): void {
    if (!this.#takeEnded) {
      this.#queue.retry();
      return;
    }
    this.#queue.close();
    this.#queue = this.#newQueue();
    this.#takeId = null;
    this.#takeEnded = false;
    for (const { blob, endMs } of this.#chunks) this.#queue.add(blob, endMs);
  }

  /** All that was recorded, as it left the encoder. */
  copy(): Blob {
    return new Blob(
      this.#chunks.map(({ blob }) => blob),
      { type: recordingFormat.mimeType },
    );
  }

  #start(encoder: MediaRecorder): void {
    this.#stopping = false;
    this.#stopped = new Promise((resolve) => {
      encoder.onstop = () => {
        resolve();
        this.#noteBegun();
        if (!this.#stopping) this.#events.onStopped();
      };
    });
    encoder.onerror = () => {
      this.#noteBegun();
      this.#events.onFailed();
    };
    encoder.ondataavailable = ({ data }) => this.#take(data);
    encoder.start(recordingFormat.chunkMs);
    this.#countedAt = performance.now();
  }

  #take(blob: Blob): void {
    const endMs = this.elapsedMs();
    this.#noteBegun();
    this.#chunks.push({ blob, endMs });
    this.#queue.add(blob, endMs);
    if (this.#queue.isFull) this.#events.onFull();
    this.#events.onChunk();
  }

  #newQueue(): UploadQueue {
    return new UploadQueue({
      append: async (sequence, bytes) => {
        this.#takeId ??= (await this.#keeper.begin(this.#questionId)).takeId;
        const answer = await this.#keeper.append(this.#takeId, sequence, bytes);
        this.#events.onDisk(answer.disk);
        return answer;
      },
      isPassing: (error) => this.#keeper.judge(error).kind === 'passing',
      onSafe: (safeMs) => this.#events.onSafe(safeMs),
      onTrouble: (error) => this.#events.onBehind(error !== null),
      onFailure: (error) => this.#events.onRefused(error),
    });
  }

  async #finish(takeId: string): Promise<SavedTake> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#keeper.finish(takeId);
      } catch (error) {
        if (this.#keeper.judge(error).kind !== 'passing' || attempt === finishAttempts) throw error;
        this.#events.onBehind(true);
        await new Promise((resolve) => setTimeout(resolve, 250 * 2 ** attempt));
      }
    }
  }
}
