import type { PayloadOf } from '../../../shared/contract/index.ts';
import type { DiskRoom } from '../../../shared/model/recording.ts';
import { type Microphone, MicrophoneError } from './microphone.ts';
import {
  idleState,
  mayGo,
  type RecorderPhase,
  type RecorderProblem,
  type RecorderState,
  type RecorderWarning,
  recorderWarnings,
} from './recorder-state.ts';
import { RunningTake, type TakeKeeper } from './running-take.ts';

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
  keeper: TakeKeeper;
}

/** How long nothing may arrive, or nothing be heard, before it is said. */
const watchMs = 3_000;
const silentBelowDbfs = -70;
/** A peak that reaches this has been cut off: the largest sample of 16 bits is at −0.0003 dBFS. */
const clippedFromDbfs = -0.1;
/** Some 50 ms windows in a second that are cut off are heard as distortion; a single one is a knock on the table. */
const clippedWindows = 3;
/** How finely time is told: more often would only redraw the screen. */
const resolutionMs = 200;
/** How long news that asks for nothing is shown. */
const newsMs = 15_000;

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
  #take: RunningTake | null = null;
  /** Takes that went before the one that runs, and are not all in main's hands yet, in their order. */
  #earlier: RunningTake[] = [];
  /** Settles when main has what it will have of them. */
  #earlierStored: Promise<void> = Promise.resolve();
  #thinkEndsAt = 0;
  #lastChunkAt = 0;
  /** The same by the clock on the wall, which goes on while the computer sleeps. */
  #lastChunkDate = 0;
  #lastHeardAt = 0;
  #lastLevelAt = 0;
  /** When (performance.now) the latest windows were cut off. */
  #clippedAt: number[] = [];
  #suspendedDate: number | null = null;
  #locked = false;
  #newsUntil = 0;
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
    if (!this.#go('checking', this.#nothing)) return;
    this.#closeMicrophone();
    await this.#open(deviceId);
  }

  /** Opens the microphone and counts the think time down; then the recording starts by itself. */
  async think(assignment: Assignment, deviceId: string | null): Promise<void> {
    const { questionId, thinkTimeMs, answerTimeMs } = assignment;
    const ready = { ...this.#nothing, questionId, thinkLeftMs: thinkTimeMs, limitMs: answerTimeMs };
    if (!this.#go('thinking', ready)) return;
    this.#take = null;
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
      this.#take = this.#begin(microphone, this.#state.questionId ?? '');
    } catch {
      this.#interrupt({ code: 'encoder-failed' });
      return;
    }
    this.#watchAnew();
    this.#clippedAt = [];
    this.#go('recording', { thinkLeftMs: 0, warnings: microphone.muted ? ['muted'] : [] });
  }

  pause(): void {
    if (!this.#take || !this.#go('paused', { elapsedMs: this.#take.elapsedMs() })) return;
    this.#take.pause();
    this.#clearWarnings('no-chunks', 'silent', 'clipping');
  }

  resume(): void {
    if (!this.#take || !this.#microphone || !this.#go('recording', {})) return;
    this.#take.resume();
    this.#watchAnew();
  }

  /** After the microphone was lost: goes on in the same answer with this one, or with the system's usual one. */
  async continueWith(deviceId: string | null): Promise<void> {
    const take = this.#take;
    if (!take || this.#state.phase !== 'paused' || this.#microphone) return;
    await take.stop();
    if (!this.#isPaused()) return;
    await this.#open(deviceId);
    const { microphone } = this;
    if (!microphone || !this.#isPaused()) return;
    try {
      take.continueWith(this.#parts.encode(microphone.stream));
    } catch {
      this.#closeMicrophone();
      this.#set({ microphone: null, problem: { code: 'microphone-failed' } });
      return;
    }
    this.#watchAnew();
    this.#go('recording', { problem: null, warnings: microphone.muted ? ['muted'] : [] });
  }

  /**
   * Goes on with another answer without a gap: its encoder starts on the same microphone before the one of this answer
   * stops, so what is said at that moment is in both. This answer is stored meanwhile, and main is told of the new take
   * after it; chunks wait in the page until then.
   *
   * @returns false, and nothing has changed, unless something is being recorded
   */
  handOver({ questionId, answerTimeMs }: Pick<Assignment, 'questionId' | 'answerTimeMs'>): boolean {
    const [before, microphone] = [this.#take, this.#microphone];
    if (!before || !microphone || this.#state.phase !== 'recording') return false;
    const storedBefore = this.#earlierStored;
    let stored: () => void = () => undefined;
    this.#earlierStored = new Promise((resolve) => {
      stored = resolve;
    });
    try {
      this.#take = this.#begin(microphone, questionId, this.#earlierStored);
    } catch {
      this.#earlierStored = storedBefore;
      void this.#finish({ problem: { code: 'encoder-failed' } });
      return true;
    }
    this.#earlier.push(before);
    // An encoder that was told to start hears nothing for some 40 ms; until it does, the one before goes on.
    void this.#take.begun
      .then(() => before.stop())
      .then(() => storedBefore)
      .then(() => this.#storeEarlier(before))
      .finally(stored);
    this.#watchAnew();
    const { warnings, microphone: shown } = this.#state;
    this.#set({
      ...idleState,
      phase: 'recording',
      questionId,
      limitMs: answerTimeMs,
      warnings,
      microphone: shown,
      leftBehind: this.#state.leftBehind,
    });
    return true;
  }

  /** Tries again to store the answers before this one that main has refused. */
  async retryLeftBehind(): Promise<void> {
    for (const take of [...this.#earlier]) {
      take.retry();
      await this.#storeEarlier(take);
    }
  }

  /** All that was recorded of the answers before this one that main has refused, an answer each. */
  copiesLeftBehind(): Blob[] {
    return this.#earlier.map((take) => take.copy());
  }

  /** Ends the take. Resolves when it is saved, or `interrupted` says why not. */
  async stop(): Promise<void> {
    await this.#finish({});
    await this.#earlierStored;
  }

  /**
   * The computer goes to sleep or wakes up, the screen is locked or unlocked. Recording goes on through all of it, as
   * far as the computer does; the person is told.
   */
  notePower(change: PayloadOf<'app.powerChanged'>): void {
    const recording = this.#state.phase === 'recording';
    switch (change) {
      case 'suspend':
        this.#suspendedDate = recording ? Date.now() : null;
        // What was said goes to disk while there is time.
        if (recording) this.#take?.handOver();
        break;
      case 'resume':
        if (recording && this.#suspendedDate !== null && Date.now() - this.#suspendedDate > watchMs)
          this.#warn('slept');
        this.#suspendedDate = null;
        break;
      case 'lock':
        this.#locked = recording;
        break;
      case 'unlock':
        if (recording && this.#locked && !this.#state.warnings.some(isLoss)) {
          this.#newsUntil = performance.now() + newsMs;
          this.#warn('went-on-locked');
        }
        this.#locked = false;
    }
  }

  /** After `not-saved` or `disk-full`: tries to store the answer again. */
  async retrySaving(): Promise<void> {
    const take = this.#take;
    if (!take || !this.#state.unsaved || !this.#go('finishing', { problem: null })) return;
    take.retry();
    await this.#store(take);
  }

  /** All that was recorded of the last take. */
  copy(): Blob | null {
    return this.#take?.copy() ?? null;
  }

  /** Closes the microphone and forgets the last take; a recording goes on instead. */
  release(): void {
    if (!this.#go('idle', this.#nothing)) return;
    this.#opening += 1;
    this.#closeMicrophone();
    this.#take = null;
  }

  async #open(deviceId: string | null): Promise<void> {
    this.#opening += 1;
    const opening = this.#opening;
    if (this.#microphone && (deviceId === null || this.#microphone.deviceId === deviceId)) {
      this.#show(this.#microphone);
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
      microphone.onLevel((dbfs, peakDbfs) => this.#heard(dbfs, peakDbfs));
      microphone.onMuted((muted) => (muted ? this.#warn('muted') : this.#clearWarnings('muted')));
      microphone.onReplaced(() => this.#warn('replaced'));
      microphone.onLost(() => this.#lost());
      this.#show(microphone);
      this.#keepTime();
    } catch (error) {
      if (opening !== this.#opening) return;
      this.#withoutMicrophone({
        code: error instanceof MicrophoneError ? error.problem : 'microphone-failed',
      });
    }
  }

  #show({ deviceId, label, muted }: Microphone): void {
    this.#set({ microphone: { deviceId, label } });
    if (muted) this.#warn('muted');
  }

  /** @param after what main has to be told first; nobody may have two takes open */
  #begin(microphone: Microphone, questionId: string, after?: Promise<void>): RunningTake {
    const { keeper } = this.#parts;
    const inTurn = after ? { ...keeper, begin: (id: string) => after.then(() => keeper.begin(id)) } : keeper;
    const take: RunningTake = new RunningTake(questionId, this.#parts.encode(microphone.stream), inTurn, {
      onChunk: () => {
        if (take !== this.#take) return;
        this.#noteSleep();
        this.#lastChunkAt = performance.now();
        this.#lastChunkDate = Date.now();
        this.#clearWarnings('no-chunks');
        this.#tick();
      },
      onSafe: (safeMs) => {
        if (take === this.#take) this.#set({ safeMs: Math.max(safeMs, this.#state.safeMs) });
      },
      onDisk: (disk) => this.#noteDisk(disk),
      onBehind: (behind) => (behind ? this.#warn('saving-slowly') : this.#clearWarnings('saving-slowly')),
      onRefused: (error) => {
        // Of an earlier one `#storeEarlier` is told.
        if (take === this.#take) void this.#finish({ problem: this.#problemOf(error), unsaved: true });
      },
      onFull: () => {
        if (take === this.#take) void this.#finish({ problem: { code: 'too-much-unsaved' }, unsaved: true });
      },
      // Where nobody asked it to stop, what it captured from is gone.
      onStopped: () => {
        if (take === this.#take) this.#lost();
      },
      onFailed: () => {
        if (take === this.#take) void this.#finish({ problem: { code: 'encoder-failed' } });
      },
    });
    return take;
  }

  /** Nothing goes on; what main has refused before is still to be seen to. */
  get #nothing(): RecorderState {
    return { ...idleState, leftBehind: this.#state.leftBehind };
  }

  async #storeEarlier(take: RunningTake): Promise<void> {
    try {
      await take.store();
      this.#earlier = this.#earlier.filter((other) => other !== take);
    } catch (error) {
      // There was nothing in it.
      if (this.#parts.keeper.judge(error).kind === 'empty')
        this.#earlier = this.#earlier.filter((other) => other !== take);
    }
    this.#set({ leftBehind: this.#earlier.filter((other) => other.refused).length });
  }

  /** What was said is kept, the last chunk too, and the answer waits for another microphone. */
  #lost(): void {
    const { phase } = this.#state;
    if (phase === 'finishing' || !this.#microphone) return;
    if (phase === 'recording' || phase === 'paused') void this.#take?.stop();
    this.#withoutMicrophone({ code: 'device-lost' });
  }

  /** An answer that has begun waits; everything else is broken off. */
  #withoutMicrophone(problem: RecorderProblem): void {
    const { phase } = this.#state;
    if (phase !== 'recording' && phase !== 'paused') {
      this.#interrupt(problem);
      return;
    }
    const warnings = this.#state.warnings.filter((warning) => warning === 'saving-slowly');
    this.#closeMicrophone();
    const elapsedMs = this.#take?.elapsedMs() ?? this.#state.elapsedMs;
    this.#set({ phase: 'paused', microphone: null, problem, warnings, elapsedMs });
  }

  async #finish(reason: { problem?: RecorderProblem; unsaved?: boolean; atLimit?: boolean }): Promise<void> {
    const take = this.#take;
    if (!take) return;
    const going = this.#go('finishing', {
      elapsedMs: take.elapsedMs(),
      problem: reason.problem ?? null,
      unsaved: reason.unsaved ?? false,
      stoppedAtLimit: reason.atLimit ?? false,
      warnings: this.#state.warnings.filter((warning) => warning === 'saving-slowly'),
    });
    if (!going) return;
    // A microphone that is still opening is not wanted any more.
    this.#opening += 1;
    await take.stop();
    this.#closeMicrophone();
    await this.#store(take);
  }

  async #store(take: RunningTake): Promise<void> {
    const { problem, elapsedMs } = this.#state;
    try {
      const saved = await take.store();
      if (saved && !problem) this.#go('saved', { saved, safeMs: elapsedMs, unsaved: false, warnings: [] });
      else this.#interrupt(problem ?? { code: 'nothing-recorded' }, { saved, unsaved: false });
    } catch (error) {
      const { kind } = this.#parts.keeper.judge(error);
      this.#interrupt(this.#problemOf(error), { unsaved: kind !== 'empty' });
    }
  }

  #interrupt(problem: RecorderProblem, also: Partial<RecorderState> = {}): void {
    this.#go('interrupted', { problem, warnings: [], ...also });
    this.#closeMicrophone();
  }

  #problemOf(error: unknown): RecorderProblem {
    const message = error instanceof Error ? error.message : String(error);
    const { kind } = this.#parts.keeper.judge(error);
    if (kind === 'empty') return { code: 'nothing-recorded' };
    return { code: kind === 'disk-full' ? 'disk-full' : 'not-saved', message };
  }

  #heard(dbfs: number, peakDbfs: number): void {
    const now = performance.now();
    this.#lastLevelAt = now;
    for (const listener of this.#levelListeners) listener(dbfs);
    if (dbfs >= silentBelowDbfs) {
      this.#lastHeardAt = now;
      this.#clearWarnings('silent');
    }
    this.#watchPeaks(now, peakDbfs);
    this.#tick();
  }

  #watchPeaks(now: number, peakDbfs: number): void {
    if (peakDbfs >= clippedFromDbfs) this.#clippedAt = [...this.#clippedAt, now].slice(-clippedWindows);
    const [first, last] = [this.#clippedAt[0] ?? 0, this.#clippedAt.at(-1) ?? 0];
    if (now - last > watchMs) this.#clearWarnings('clipping');
    else if (this.#clippedAt.length === clippedWindows && last - first <= 1_000 && this.#isListening())
      this.#warn('clipping');
  }

  /**
   * Where no host tells of sleep: Linux and macOS stop the page's clock then, and the one on the wall goes on. A page
   * that merely stalled finds both ahead, and has lost nothing.
   */
  #noteSleep(): void {
    const ahead = Date.now() - this.#lastChunkDate - (performance.now() - this.#lastChunkAt);
    if (this.#state.phase === 'recording' && ahead > watchMs) this.#warn('slept');
  }

  #watchAnew(): void {
    this.#lastChunkAt = this.#lastHeardAt = performance.now();
    this.#lastChunkDate = Date.now();
  }

  #noteDisk(disk: DiskRoom): void {
    if (disk === 'ample') this.#clearWarnings('disk-low', 'disk-nearly-full');
    else {
      this.#clearWarnings(disk === 'low' ? 'disk-nearly-full' : 'disk-low');
      this.#warn(disk === 'low' ? 'disk-low' : 'disk-nearly-full');
    }
  }

  /** Asked anew after every wait: somebody may have pressed Stop. */
  #isPaused(): boolean {
    return this.#state.phase === 'paused';
  }

  #isListening(): boolean {
    const { phase } = this.#state;
    return phase === 'recording' || phase === 'checking' || phase === 'thinking';
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
    if (phase === 'recording' && this.#take) {
      const elapsedMs = this.#take.elapsedMs();
      if (elapsedMs >= this.#state.limitMs) {
        void this.#finish({ atLimit: true });
        return;
      }
      if (elapsedMs - this.#state.elapsedMs >= resolutionMs) this.#set({ elapsedMs });
      if (now - this.#lastChunkAt > watchMs) this.#warn('no-chunks');
    }
    if (now > this.#newsUntil) this.#clearWarnings('went-on-locked');
    // A meter that has not started says nothing about the microphone.
    const metered = now - this.#lastLevelAt < watchMs;
    if (this.#isListening() && metered && now - this.#lastHeardAt > watchMs) this.#warn('silent');
  }

  #keepTime(): void {
    this.#ticking ??= setInterval(() => this.#tick(), resolutionMs);
  }

  #warn(warning: RecorderWarning): void {
    if (this.#state.warnings.includes(warning)) return;
    const { warnings } = this.#state;
    this.#set({ warnings: recorderWarnings.filter((one) => one === warning || warnings.includes(one)) });
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

/** Whether a warning says that something may be missing from the recording. */
function isLoss(warning: RecorderWarning): boolean {
  return warning === 'slept' || warning === 'no-chunks' || warning === 'muted';
}
