import type { Level } from './level-processor.ts';
import levelProcessorUrl from './level-processor.ts?worker&url';

export type MicrophoneProblem =
  | 'permission-denied'
  | 'no-microphone'
  | 'microphone-busy'
  | 'not-supported'
  | 'microphone-failed';

export class MicrophoneError extends Error {
  readonly problem: MicrophoneProblem;

  constructor(problem: MicrophoneProblem, cause?: unknown) {
    super(problem, { cause });
    this.name = 'MicrophoneError';
    this.problem = problem;
  }
}

/** An open microphone. Close it when it is not needed: people see that it is in use. */
export interface Microphone {
  readonly deviceId: string;
  readonly label: string;
  /** As it comes from the device, for a MediaRecorder. */
  readonly stream: MediaStream;
  /** Whether the system or a switch on the device has muted it. */
  readonly muted: boolean;
  /**
   * Loudness (RMS of 50 ms) and its largest sample, both in dBFS, about twenty times a second, from the audio thread: the page's timers are
   * throttled in a hidden window, this is not.
   *
   * @returns a function that ends the subscription
   */
  onLevel(listener: (dbfs: number, peakDbfs: number) => void): () => void;
  /** The device is gone, or its permission was taken back. */
  onLost(listener: () => void): () => void;
  /** The system or a switch on the device muted it, or stopped doing so. */
  onMuted(listener: (muted: boolean) => void): () => void;
  /** It was the system's usual one, and the system now uses another; this one stays open. */
  onReplaced(listener: () => void): () => void;
  close(): void;
}

/** What is reported for digital silence. */
const silenceDbfs = -100;

/**
 * Opens a microphone, or the system's usual one where `deviceId` is null or no longer there.
 *
 * The browser's own processing is off: noise suppression eats quiet words, and automatic gain rides on pauses. What is
 * recorded comes straight from the device; Web Audio only measures it. On a busy machine a Web Audio graph drops up to
 * 4% of what passes through it, where the device's own track loses nothing.
 *
 * @throws MicrophoneError
 */
export async function openMicrophone(deviceId: string | null): Promise<Microphone> {
  const raw = await captureFrom(deviceId);
  try {
    return await build(raw);
  } catch (error) {
    for (const track of raw.getTracks()) track.stop();
    throw new MicrophoneError('microphone-failed', error);
  }
}

/** The microphones there are. Their names are empty until a microphone has been allowed once. */
export async function listMicrophones(): Promise<MediaDeviceInfo[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  // Windows lists the device for calls a second time under this name.
  return devices.filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== 'communications');
}

async function captureFrom(deviceId: string | null): Promise<MediaStream> {
  if (!navigator.mediaDevices) throw new MicrophoneError('not-supported');
  const processing = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: deviceId ? { ...processing, deviceId: { exact: deviceId } } : processing,
    });
  } catch (error) {
    const name = error instanceof DOMException || error instanceof Error ? error.name : '';
    if (deviceId && (name === 'OverconstrainedError' || name === 'NotFoundError')) return captureFrom(null);
    if (name === 'NotAllowedError' || name === 'SecurityError') {
      throw new MicrophoneError('permission-denied', error);
    }
    if (name === 'NotFoundError') throw new MicrophoneError('no-microphone', error);
    if (name === 'NotReadableError' || name === 'AbortError') {
      throw new MicrophoneError('microphone-busy', error);
    }
    throw new MicrophoneError('microphone-failed', error);
  }
}

async function build(raw: MediaStream): Promise<Microphone> {
  const [track] = raw.getAudioTracks();
  if (!track) throw new Error('The captured stream has no audio.');
  // Nothing is played, so no loudspeaker is needed or kept awake.
  const options: AudioContextOptions & { sinkId: { type: 'none' } } = { sinkId: { type: 'none' } };
  const context = new AudioContext(options);
  await context.audioWorklet.addModule(levelProcessorUrl);
  const meter = new AudioWorkletNode(context, 'level', { channelCount: 1, channelCountMode: 'explicit' });
  // The meter's output is silence; it is connected because only what leads somewhere is run.
  context.createMediaStreamSource(raw).connect(meter).connect(context.destination);
  // Pends until the person's first click or key where a page was reloaded.
  void context.resume();

  const lost = new Set<() => void>();
  const levels = new Set<(dbfs: number, peakDbfs: number) => void>();
  const muted = new Set<(muted: boolean) => void>();
  const replaced = new Set<() => void>();
  let open = true;
  const lose = () => {
    if (open) for (const listener of lost) listener();
  };
  const { deviceId = '' } = track.getSettings();
  // The device called `default` is there always; its name says which one stands behind it.
  const labelNow = async () =>
    (await listMicrophones()).find((device) => device.deviceId === deviceId)?.label ?? null;
  const labelBefore = await labelNow();
  const devicesChanged = async () => {
    const label = await labelNow();
    if (!open || labelBefore === null) return;
    if (label === null) lose();
    else if (label !== labelBefore) for (const listener of replaced) listener();
  };
  meter.port.onmessage = ({ data }: MessageEvent<Level>) => {
    for (const listener of levels) listener(decibels(data.rms), decibels(data.peak));
  };
  track.onended = lose;
  track.onmute = () => {
    for (const listener of muted) listener(true);
  };
  track.onunmute = () => {
    for (const listener of muted) listener(false);
  };
  navigator.mediaDevices.addEventListener('devicechange', devicesChanged);

  return {
    deviceId,
    label: track.label || 'Microphone',
    stream: raw,
    get muted() {
      return track.muted;
    },
    onLevel: (listener) => subscribeTo(levels, listener),
    onLost: (listener) => subscribeTo(lost, listener),
    onMuted: (listener) => subscribeTo(muted, listener),
    onReplaced: (listener) => subscribeTo(replaced, listener),
    close() {
      open = false;
      navigator.mediaDevices.removeEventListener('devicechange', devicesChanged);
      meter.port.onmessage = null;
      track.stop();
      void context.close();
    },
  };
}

/** @param amplitude of full scale */
function decibels(amplitude: number): number {
  return amplitude > 0 ? Math.max(silenceDbfs, 20 * Math.log10(amplitude)) : silenceDbfs;
}

function subscribeTo<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
