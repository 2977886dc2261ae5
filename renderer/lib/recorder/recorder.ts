import { recordingFormat } from '../../../shared/model/recording.ts';
import { type Microphone, MicrophoneError } from './microphone.ts';
import {
  idleState,
  mayGo,
  type RecorderPhase,
  type RecorderProblem,
  type RecorderState,
  type RecorderWarning,
  type SavedTake,
} from './recorder-state.ts';
import { type Acknowledgement, UploadQueue } from './upload-queue.ts';

/** The question that is to be answered, and how long that may take. */
export interface Assignment {
  questionId: string;
  thinkTimeMs: number;
  answerTimeMs: number;
}

/** What the recorder needs of the world. */
export interface RecorderParts {
  /** @throws MicrophoneError */
  openMicrophone(deviceId: string | null): Promise<Microphone>;
  encode(stream: MediaStream): MediaRecorder;
  begin(questionId: string): Promise<{ takeId: string }>;
  append(takeId: string, sequence: number, bytes: Uint8Array<ArrayBuffer>): Promise<Acknowledgement>;
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

/** How long nothing may arrive, or nothing be heard, before it is said. */
const watchMs = 3_000;
const silentBelowDbfs = -70;
/** How finely time is told: more often would only redraw the screen. */
const resolutionMs = 200;
/** Chunks come every 250 ms. When nothing has for longer than this, the machine slept and nothing was recorded. */
const longestGapMs = 5_000;

/** One take on its way from the microphone to the disk. */
interface Run {
  questionId: string;
  encoder: MediaRecorder;
  queue: UploadQueue;
  /** Everything recorded, so that it can be stored anew or handed to the person. */
  chunks: { blob: Blob; endMs: number }[];
  takeId: string | null;
  takeEnded: boolean;
  /** Resolves when the encoder has given its last chunk. */
  stopped: Promise<void>;
  recordedMs: number;
  /** Until when (performance.now) that is counted; null while paused. */
  countedAt: number | null;
}

/**
 * Records answers. Lives outside the React tree, so changing the view never stops a recording.
 *
 * Time is told by what the audio thread and the encoder deliver, with a page timer only in support: in a hidden window
 * timers are throttled, and the limit must hold there too.
 */
export class Recorder {
  readonly #parts: RecorderParts;
  readonly #listeners = new Set<() => void>();
  readonly #levelListeners = new Set<(dbfs: number) => void>();
  #state: RecorderState = idleState;
  #microphone: Microphone | null = null;
  #opening = 0;
  #run: Run | null = null;
  #thinkEndsAt = 0;
  #lastChunkAt = 0;
  #lastHeardAt = 0;
  #lastLevelAt = 0;
  #ticking: ReturnType<typeof setInterval> | undefined;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
  }

  get state(): RecorderState {
    return this.#state;
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Loudness in dBFS about twenty times a second while a microphone is open. */
  onLevel(listener: (dbfs: number) => void): () => void {
    this.#levelListeners.add(listener);
    return () => this.#levelListeners.delete(listener);
  }

  /** The open microphone, for a test recording. */
  get microphone(): Microphone | null {
    return this.#microphone;
  }

  /** Opens a microphone and shows its level; nothing is recorded. */
  async check(deviceId: string | null): Promise<void> {
    if (!this.#go('checking', idleState)) return;
    this.#closeMicrophone();
    await this.#open(deviceId);
  }

  /** Opens the microphone and counts the think time down; then the recording starts by itself. */
  async think(assignment: Assignment, deviceId: string | null): Promise<void> {
    const { questionId, thinkTimeMs, answerTimeMs } = assignment;
    const ready = { ...idleState, questionId, thinkLeftMs: thinkTimeMs, limitMs: answerTimeMs };
    if (!this.#go('thinking', ready)) return;
    this.#run = null;
    this.#thinkEndsAt = performance.now() + thinkTimeMs;
    this.#keepTime();
    await this.#open(deviceId);
  }

  /** Ends the think time: the recording starts now, or as soon as the microphone is open. */
  record(): void {
    if (this.#state.phase !== 'thinking') return;
    this.#thinkEndsAt = performance.now();
    const microphone = this.#microphone;
    if (!microphone) return;
    try {
      this.#run = this.#begin(microphone, this.#state.questionId ?? '');
    } catch {
      this.#interrupt({ code: 'encoder-failed' });
      return;
    }
    this.#lastChunkAt = this.#lastHeardAt = performance.now();
    this.#go('recording', { thinkLeftMs: 0, warnings: [] });
  }

  pause(): void {
    const run = this.#run;
    if (!run || !this.#go('paused', { elapsedMs: this.#count(run) })) return;
    run.countedAt = null;
    // What was said before the pause goes to disk now, not when the pause ends.
    run.encoder.requestData();
    run.encoder.pause();
    this.#clearWarnings('no-chunks', 'silent');
  }

  resume(): void {
    const run = this.#run;
    if (!run || !this.#go('recording', {})) return;
    run.encoder.resume();
    run.countedAt = this.#lastChunkAt = this.#lastHeardAt = performance.now();
  }

  /** Ends the take. Resolves when it is saved, or `interrupted` says why not. */
  async stop(): Promise<void> {
    await this.#finish({});
  }

  /** After `not-saved` or `disk-full`: stores the rest, or the whole anew where main has closed the take. */
  async retrySaving(): Promise<void> {
    const run = this.#run;
    if (!run || !this.#state.unsaved || !this.#go('finishing', { problem: null })) return;
    if (run.takeEnded) {
      run.queue.close();
      run.queue = this.#queueOf(run);
      run.takeId = null;
      run.takeEnded = false;
      for (const { blob, endMs } of run.chunks) run.queue.add(blob, endMs);
    } else {
      run.queue.retry();
    }
    await this.#store(run);
  }

  /** All that was recorded of the last take, as it left the microphone. */
  copy(): Blob | null {
    const blobs = this.#run?.chunks.map(({ blob }) => blob);
    return blobs ? new Blob(blobs, { type: recordingFormat.mimeType }) : null;
  }

  /** Closes the microphone and forgets the last take; a recording goes on instead. */
  release(): void {
    if (!this.#go('idle', idleState)) return;
    this.#opening += 1;
    this.#closeMicrophone();
    this.#run = null;
  }

  async #open(deviceId: string | null): Promise<void> {
    this.#opening += 1;
    const opening = this.#opening;
    if (this.#microphone && (deviceId === null || this.#microphone.deviceId === deviceId)) {
      this.#set({ microphone: { deviceId: this.#microphone.deviceId, label: this.#microphone.label } });
      return;
    }
    this.#closeMicrophone();
    try {
      const microphone = await this.#parts.openMicrophone(deviceId);
      if (opening !== this.#opening) {
        microphone.close();
        return;
      }
      this.#microphone = microphone;
      this.#lastHeardAt = performance.now();
      microphone.onLevel((dbfs) => this.#heard(dbfs));
      microphone.onMuted((muted) => (muted ? this.#warn('muted') : this.#clearWarnings('muted')));
      microphone.onReplaced(() => this.#warn('replaced'));
      microphone.onLost(() => void this.#lost());
      this.#set({ microphone: { deviceId: microphone.deviceId, label: microphone.label } });
      this.#keepTime();
    } catch (error) {
      if (opening !== this.#opening) return;
      this.#interrupt({ code: error instanceof MicrophoneError ? error.problem : 'microphone-failed' });
    }
  }

  #begin(microphone: Microphone, questionId: string): Run {
    const encoder = this.#parts.encode(microphone.stream);
    const { promise: stopped, resolve } = promise();
    const started = {
      ...{ questionId, encoder, stopped, chunks: [], takeId: null, takeEnded: false },
      ...{ recordedMs: 0, countedAt: performance.now() },
    };
    const run: Run = Object.assign(started, { queue: this.#queueOf(started) });
    encoder.onstop = () => {
      resolve();
      // Where nobody asked it to stop, what it captured from is gone.
      void this.#finish({ problem: { code: 'device-lost' } });
    };
    encoder.ondataavailable = ({ data }) => {
      this.#lastChunkAt = performance.now();
      this.#clearWarnings('no-chunks');
      const endMs = this.#count(run);
      run.chunks.push({ blob: data, endMs });
      run.queue.add(data, endMs);
      if (run.queue.isFull) void this.#finish({ problem: { code: 'too-much-unsaved' }, unsaved: true });
      this.#tick();
    };
    encoder.onerror = () => void this.#finish({ problem: { code: 'encoder-failed' } });
    encoder.start(recordingFormat.chunkMs);
    return run;
  }

  #queueOf(run: Pick<Run, 'questionId' | 'takeId' | 'takeEnded'>): UploadQueue {
    return new UploadQueue({
      append: async (sequence, bytes) => {
        run.takeId ??= (await this.#parts.begin(run.questionId)).takeId;
        return this.#parts.append(run.takeId, sequence, bytes);
      },
      isPassing: (error) => this.#parts.judge(error).kind === 'passing',
      onSafe: (safeMs) => this.#set({ safeMs: Math.max(safeMs, this.#state.safeMs) }),
      onTrouble: (error) => (error ? this.#warn('saving-slowly') : this.#clearWarnings('saving-slowly')),
      onFailure: (error) => {
        run.takeEnded = this.#parts.judge(error).takeEnded;
        void this.#finish({ problem: this.#problemOf(error), unsaved: true });
      },
    });
  }

  async #lost(): Promise<void> {
    const problem: RecorderProblem = { code: 'device-lost' };
    if (this.#state.phase === 'recording' || this.#state.phase === 'paused') await this.#finish({ problem });
    else if (this.#state.phase === 'checking' || this.#state.phase === 'thinking') this.#interrupt(problem);
  }

  async #finish(reason: { problem?: RecorderProblem; unsaved?: boolean; atLimit?: boolean }): Promise<void> {
    const run = this.#run;
    if (!run) return;
    const elapsedMs = this.#count(run);
    const going = this.#go('finishing', {
      elapsedMs,
      problem: reason.problem ?? null,
      unsaved: reason.unsaved ?? false,
      stoppedAtLimit: reason.atLimit ?? false,
      warnings: this.#state.warnings.filter((warning) => warning === 'saving-slowly'),
    });
    if (!going) return;
    run.countedAt = null;
    // The encoder says `recording` even after its device is gone: only `stop` makes it write the last chunk.
    if (run.encoder.state !== 'inactive') run.encoder.stop();
    await run.stopped;
    this.#closeMicrophone();
    await this.#store(run);
  }

  /** Waits until main has every chunk, then ends the take. */
  async #store(run: Run): Promise<void> {
    const before = this.#state.problem;
    try {
      await run.queue.drained();
      // A take that ended before its first chunk has nothing to finish.
      const saved = run.takeId ? await this.#finishTake(run.takeId) : null;
      run.queue.close();
      if (before || !saved) {
        this.#interrupt(before ?? { code: 'encoder-failed' }, { saved, unsaved: false });
      } else {
        this.#go('saved', { saved, safeMs: this.#state.elapsedMs, unsaved: false, warnings: [] });
      }
    } catch (error) {
      const { kind, takeEnded } = this.#parts.judge(error);
      run.takeEnded = takeEnded;
      this.#interrupt(this.#problemOf(error), { unsaved: kind !== 'empty' });
    }
  }

  async #finishTake(takeId: string): Promise<SavedTake> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#parts.finish(takeId);
      } catch (error) {
        if (this.#parts.judge(error).kind !== 'passing' || attempt >= 5) throw error;
        this.#warn('saving-slowly');
        await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt));
      }
    }
  }

  #interrupt(problem: RecorderProblem, also: Partial<RecorderState> = {}): void {
    this.#go('interrupted', { problem, warnings: [], ...also });
    this.#closeMicrophone();
  }

  #problemOf(error: unknown): RecorderProblem {
    const message = error instanceof Error ? error.message : String(error);
    const { kind } = this.#parts.judge(error);
    if (kind === 'empty') return { code: 'nothing-recorded' };
    return { code: kind === 'disk-full' ? 'disk-full' : 'not-saved', message };
  }

  #heard(dbfs: number): void {
    this.#lastLevelAt = performance.now();
    for (const listener of this.#levelListeners) listener(dbfs);
    if (dbfs >= silentBelowDbfs) {
      this.#lastHeardAt = performance.now();
      this.#clearWarnings('silent');
    }
    this.#tick();
  }

  /** Called by whatever runs: levels, chunks and a timer. */
  #tick(): void {
    const now = performance.now();
    const { phase } = this.#state;
    if (phase === 'thinking') {
      const thinkLeftMs = Math.max(0, this.#thinkEndsAt - now);
      if (thinkLeftMs === 0) this.record();
      else if (this.#state.thinkLeftMs - thinkLeftMs >= resolutionMs) this.#set({ thinkLeftMs });
    }
    if (phase === 'recording' && this.#run) {
      const elapsedMs = this.#count(this.#run);
      if (elapsedMs >= this.#state.limitMs) {
        void this.#finish({ atLimit: true });
        return;
      }
      if (elapsedMs - this.#state.elapsedMs >= resolutionMs) this.#set({ elapsedMs });
      if (now - this.#lastChunkAt > watchMs) this.#warn('no-chunks');
    }
    const listening = phase === 'recording' || phase === 'checking' || phase === 'thinking';
    // A meter that has not started says nothing about the microphone.
    const metered = now - this.#lastLevelAt < watchMs;
    if (listening && metered && now - this.#lastHeardAt > watchMs) this.#warn('silent');
  }

  #keepTime(): void {
    this.#ticking ??= setInterval(() => this.#tick(), resolutionMs);
  }

  /** Counts what has been recorded up to now. */
  #count(run: Run): number {
    if (run.countedAt !== null) {
      const now = performance.now();
      run.recordedMs += Math.min(now - run.countedAt, longestGapMs);
      run.countedAt = now;
    }
    return Math.round(run.recordedMs);
  }

  #warn(warning: RecorderWarning): void {
    if (this.#state.warnings.includes(warning)) return;
    this.#set({ warnings: [...this.#state.warnings, warning] });
  }

  #clearWarnings(...cleared: RecorderWarning[]): void {
    const warnings = this.#state.warnings.filter((warning) => !cleared.includes(warning));
    if (warnings.length < this.#state.warnings.length) this.#set({ warnings });
  }

  #closeMicrophone(): void {
    clearInterval(this.#ticking);
    this.#ticking = undefined;
    this.#microphone?.close();
    this.#microphone = null;
  }

  /** @returns whether the way is allowed; otherwise nothing changes */
  #go(phase: RecorderPhase, also: Partial<RecorderState>): boolean {
    if (!mayGo(this.#state.phase, phase)) return false;
    this.#set({ ...also, phase });
    return true;
  }

  #set(part: Partial<RecorderState>): void {
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener();
  }
}

/** `Promise.withResolvers`, which the oldest runtime of the tests lacks a type for. */
function promise(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const made = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise: made, resolve };
}
