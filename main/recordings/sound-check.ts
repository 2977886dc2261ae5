import { OpusDecoder } from 'opus-decoder';
import { opusPacketSeconds } from './opus-packet.ts';
import { PeakCollector, type Peaks } from './peaks.ts';

/** What decoding a recording has shown. */
export interface Heard {
  peaks: Peaks;
  /** Packets that did not give as much sound as they say they hold. */
  undecodable: number;
}

/** Every packet is decoded in full at any rate; at 48 kHz that takes three times as long, and peaks look the same. */
const RATE = 16_000;

/** Decodes every packet of a recording: whether it gives the sound it should, and how loud that is. */
export class SoundCheck {
  readonly #decoder: OpusDecoder<typeof RATE>;
  readonly #collector = new PeakCollector(RATE);
  #undecodable = 0;

  static async open(): Promise<SoundCheck> {
    compileAtOnce();
    const decoder = new OpusDecoder({ channels: 1, sampleRate: RATE });
    await decoder.ready;
    return new SoundCheck(decoder);
  }

  private constructor(decoder: OpusDecoder<typeof RATE>) {
    this.#decoder = decoder;
  }

  add(seconds: number, packet: Uint8Array): void {
    const samples = this.#decode(packet);
    if (samples.length !== Math.round(opusPacketSeconds(packet) * RATE)) this.#undecodable += 1;
    this.#collector.add(seconds, samples);
  }

  result(durationMs: number): Heard {
    return { peaks: this.#collector.result(durationMs), undecodable: this.#undecodable };
  }

  close(): void {
    this.#decoder.free();
  }

  /** @returns nothing for a packet that cannot be decoded */
  #decode(packet: Uint8Array): Float32Array {
    try {
      return this.#decoder.decodeFrame(packet).channelData[0] ?? new Float32Array();
    } catch {
      // A packet larger than any Opus packet does not even fit into the decoder.
      return new Float32Array();
    }
  }
}

/** As much of WebAssembly as Node's types leave out. */
interface WebAssemblyApi {
  Module: new (bytes: Uint8Array) => object;
  compile(bytes: Uint8Array): Promise<object>;
}

/**
 * Has this thread compile WebAssembly synchronously, which takes some milliseconds. Compiled in the background, as the
 * decoder asks for, a worker of Electron now and then waits for it for ever, and the recording is never finished.
 */
function compileAtOnce(): void {
  const { WebAssembly: api } = globalThis as unknown as { WebAssembly: WebAssemblyApi };
  api.compile = async (bytes) => new api.Module(bytes);
}
