/** Runs on the audio thread: measures loudness and posts it about twenty times a second. */

declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

/** A multiple of the 128 frames that Web Audio renders at a time; 51 ms at 48 kHz. */
const windowFrames = 128 * 19;

class LevelProcessor extends AudioWorkletProcessor {
  sum = 0;
  frames = 0;

  /** Called for every 128 frames; the output stays silent. */
  process([input]: Float32Array[][]): boolean {
    const samples = input?.[0];
    if (samples) for (const sample of samples) this.sum += sample * sample;
    this.frames += samples?.length ?? 128;
    if (this.frames >= windowFrames) {
      this.port.postMessage(Math.sqrt(this.sum / this.frames));
      this.sum = 0;
      this.frames = 0;
    }
    return true;
  }
}

registerProcessor('level', LevelProcessor);

export {};
