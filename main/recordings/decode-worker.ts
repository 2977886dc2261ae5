import { parentPort } from 'node:worker_threads';
import { OpusDecoder } from 'opus-decoder';
import { opusPacketSeconds } from './opus-packet.ts';
import { PeakCollector } from './peaks.ts';
import type { FromDecoder, Heard, PacketRun, ToDecoder } from './sound-check.ts';

// A thread that decodes runs of packets until it is asked what it has heard.

/** Every packet is decoded in full at any rate, and peaks look the same; there are fewest samples to go through. */
const RATE = 16_000;

class Decoder {
  readonly #opus: OpusDecoder<typeof RATE>;
  readonly #collector = new PeakCollector(RATE);
  #undecodable = 0;

  static async open(): Promise<Decoder> {
    compileAtOnce();
    const opus = new OpusDecoder({ channels: 1, sampleRate: RATE });
    await opus.ready;
    return new Decoder(opus);
  }

  private constructor(opus: OpusDecoder<typeof RATE>) {
    this.#opus = opus;
  }

  hear({ lead, seconds, ends, bytes }: PacketRun): void {
    let start = 0;
    for (const [index, end] of ends.entries()) {
      const packet = bytes.subarray(start, end);
      const samples = this.#decode(packet);
      start = end;
      if (index < lead) continue;
      if (samples.length !== Math.round(opusPacketSeconds(packet) * RATE)) this.#undecodable += 1;
      this.#collector.add(seconds[index] ?? 0, samples);
    }
  }

  heard(durationMs: number): Heard {
    return { peaks: this.#collector.result(durationMs), undecodable: this.#undecodable };
  }

  /** @returns nothing for a packet that cannot be decoded */
  #decode(packet: Uint8Array): Float32Array {
    try {
      return this.#opus.decodeFrame(packet).channelData[0] ?? new Float32Array();
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
 * decoder asks for, a thread of Electron now and then waits for it for ever, and the recording is never finished.
 */
function compileAtOnce(): void {
  const { WebAssembly: api } = globalThis as unknown as { WebAssembly: WebAssemblyApi };
  api.compile = async (bytes) => new api.Module(bytes);
}

const decoder = await Decoder.open();
const answer = (message: FromDecoder) => parentPort?.postMessage(message);

parentPort?.on('message', (message: ToDecoder) => {
  if ('durationMs' in message) return answer(decoder.heard(message.durationMs));
  decoder.hear(message);
  answer('done');
});
