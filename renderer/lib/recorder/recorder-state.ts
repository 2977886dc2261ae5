import type { MicrophoneProblem } from './microphone.ts';

/**
 * Where the recorder is. `interrupted` can be reached from everywhere; what was said until then is kept.
 */
export const recorderPhases = [
  'idle',
  'checking',
  'thinking',
  'recording',
  'paused',
  'finishing',
  'saved',
  'interrupted',
] as const;
export type RecorderPhase = (typeof recorderPhases)[number];

const ways: Readonly<Record<RecorderPhase, readonly RecorderPhase[]>> = {
  idle: ['checking', 'thinking', 'interrupted'],
  checking: ['idle', 'checking', 'thinking', 'interrupted'],
  thinking: ['idle', 'checking', 'thinking', 'recording', 'interrupted'],
  recording: ['paused', 'finishing', 'interrupted'],
  paused: ['recording', 'finishing', 'interrupted'],
  finishing: ['saved', 'interrupted'],
  saved: ['idle', 'checking', 'thinking', 'interrupted'],
  interrupted: ['idle', 'checking', 'thinking', 'finishing', 'interrupted'],
};

export function mayGo(from: RecorderPhase, to: RecorderPhase): boolean {
  return ways[from].includes(to);
}

/** Why a check, a think time or a recording was broken off. */
export type RecorderProblem =
  | { code: MicrophoneProblem | 'device-lost' | 'encoder-failed' | 'nothing-recorded' }
  /** The disk where recordings are kept is full. */
  | { code: 'disk-full'; message: string }
  /** Main does not take the recording, and trying again by itself cannot help. */
  | { code: 'not-saved'; message: string }
  /** Main has not answered for hours of speech. */
  | { code: 'too-much-unsaved' };

/** What is worth a person's attention while it goes on, the most urgent first. */
export const recorderWarnings = [
  'muted',
  'no-chunks',
  'silent',
  'disk-nearly-full',
  'disk-low',
  'saving-slowly',
  'clipping',
  'slept',
  'went-on-locked',
  'replaced',
] as const;
export type RecorderWarning = (typeof recorderWarnings)[number];

export interface SavedTake {
  takeId: string;
  durationMs: number;
  audioUrl: string;
}

export interface RecorderState {
  phase: RecorderPhase;
  /** The question that is thought about or answered, or was last. */
  questionId: string | null;
  microphone: { deviceId: string; label: string } | null;
  /** What is left of the think time. */
  thinkLeftMs: number;
  /** What has been recorded, pauses not counted. */
  elapsedMs: number;
  /** What the answer may last. */
  limitMs: number;
  /** On disk up to here, power cut included. */
  safeMs: number;
  warnings: readonly RecorderWarning[];
  /**
   * Set while `interrupted`, and already while `finishing` because of it. While `paused`: why there is no microphone to
   * go on with; `continueWith` opens another.
   */
  problem: RecorderProblem | null;
  /** The time was up, so it stopped by itself. */
  stoppedAtLimit: boolean;
  /** The take, once main has all of it. */
  saved: SavedTake | null;
  /** Some of what was recorded is in this window only: see `retrySaving` and `copy`. */
  unsaved: boolean;
  /** How many answers before this one main has refused: they are in this window only. See `retryLeftBehind`. */
  leftBehind: number;
}

export const idleState: RecorderState = {
  phase: 'idle',
  questionId: null,
  microphone: null,
  thinkLeftMs: 0,
  elapsedMs: 0,
  limitMs: 0,
  safeMs: 0,
  warnings: [],
  problem: null,
  stoppedAtLimit: false,
  saved: null,
  unsaved: false,
  leftBehind: 0,
};

/** True while speech is being captured or still on its way to the disk. */
export function isCapturing(phase: RecorderPhase): phase is 'recording' | 'paused' | 'finishing' {
  return phase === 'recording' || phase === 'paused' || phase === 'finishing';
}
