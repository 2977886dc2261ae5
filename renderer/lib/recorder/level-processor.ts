/** Runs on the audio thread: measures loudness and the peak, and posts them about twenty times a second. */

/** Of some 50 ms of sound; full scale is 1. */
export interface Level {
  rms: number;
  peak: number;
}

declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

/** A multiple of the 128 frames that Web Audio renders at a time; 51 ms at 48 kHz. */
const windowFrames = 128 * 19;

class LevelProcessor extends AudioWorkletProcessor {
  sum = 0;
  peak = 0;
  frames = 0;

  /** Called for every 128 frames; the output stays silent. */
  process([input]: Float32Array[][]): boolean {
    const samples = input?.[0];
    for (const sample of samples ?? []) {
      this.sum += sample * sample;
      this.peak = Math.max(this.peak, Math.abs(sample));
    }
    this.frames += samples?.length ?? 128;
    if (this.frames >= windowFrames) {
      const level: Level = { rms: Math.sqrt(this.sum / this.frames), peak: this.peak };
      this.port.postMessage(level);
      this.sum = 0;
      this.peak = 0;
      this.frames = 0;
    }
    return true;
  }
}

registerProcessor('level', LevelProcessor);
