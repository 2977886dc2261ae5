import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { workerEntry } from '../worker-entry.ts';
import { mergePeaks, type Peaks } from './peaks.ts';

/** What decoding a recording has shown. */
export interface Heard {
  peaks: Peaks;
  /** Packets that did not give as much sound as they say they hold. */
  undecodable: number;
}

/** Packets one after the other, for one thread. */
export interface PacketRun {
  /** So many of the first are only to set the decoder going. */
  lead: number;
  /** When each sounds. */
  seconds: Float64Array<ArrayBuffer>;
  /** Where each ends in `bytes`. */
  ends: Uint32Array<ArrayBuffer>;
  bytes: Uint8Array<ArrayBuffer>;
}

/** What a thread is given: packets, or the question what it has heard of a recording of that length. */
export type ToDecoder = PacketRun | { durationMs: number };
/** Its answers, in order. */
export type FromDecoder = 'done' | Heard;

/** More would be quicker, and take from the next answer, which may be being recorded. */
const MOST_THREADS = 2;

/** About a minute of speech. */
const RUN_PACKETS = 1_000;

/** A decoder needs 80 ms to find its feet (RFC 7845, section 4.2); a recorder's packets are no shorter than 10 ms. */
const LEAD_PACKETS = 8;

/** Runs that wait for a thread. A long recording must not all be in memory. */
const MOST_WAITING = 2;

/**
 * Decodes every packet of a recording: whether it gives the sound it should, and how loud that is. That takes four
 * times as long as everything else in finishing a recording, so threads share it, a minute each in turn.
 */
export class SoundCheck {
  readonly #threads = Array.from(
    { length: Math.min(MOST_THREADS, availableParallelism()) },
    () => new DecoderThread(),
  );
  #lead = 0;
  #packets: { seconds: number; data: Uint8Array }[] = [];
  #turn = 0;

  /** Takes the next packet. @returns what to wait for before the one after it, so that memory stays small */
  async add(seconds: number, data: Uint8Array): Promise<void> {
    this.#packets.push({ seconds, data });
    if (this.#packets.length >= this.#lead + RUN_PACKETS) await this.#handOver();
  }

  /** @throws when a thread has failed */
  async result(durationMs: number): Promise<Heard> {
    await this.#handOver();
    const heard = await Promise.all(this.#threads.map((thread) => thread.result(durationMs)));
    return {
      peaks: mergePeaks(heard.map(({ peaks }) => peaks)),
      undecodable: heard.reduce((sum, { undecodable }) => sum + undecodable, 0),
    };
  }

  close(): void {
    for (const thread of this.#threads) thread.close();
  }

  async #handOver(): Promise<void> {
    const thread = this.#threads[this.#turn % this.#threads.length];
    this.#turn += 1;
    const packets = this.#packets;
    const run = packed(this.#lead, packets);
    this.#packets = packets.slice(-LEAD_PACKETS);
    this.#lead = this.#packets.length;
    await thread?.take(run);
  }
}

/** In one piece: each packet is part of a larger buffer, which would be sent along with it. */
function packed(lead: number, packets: readonly { seconds: number; data: Uint8Array }[]): PacketRun {
  let end = 0;
  const ends = Uint32Array.from(packets, ({ data }) => {
    end += data.byteLength;
    return end;
  });
  const bytes = new Uint8Array(end);
  for (const [index, { data }] of packets.entries()) bytes.set(data, (ends[index] ?? 0) - data.byteLength);
  return { lead, ends, bytes, seconds: Float64Array.from(packets, ({ seconds }) => seconds) };
}

class DecoderThread {
  readonly #worker = new Worker(workerEntry('decode'), { name: 'decode' });
  readonly #failed: Promise<never>;
  /** What it has not answered yet, first to last. */
  readonly #asked: ((answer: FromDecoder) => void)[] = [];
  readonly #runs: Promise<FromDecoder>[] = [];

  constructor() {
    this.#worker.on('message', (answer: FromDecoder) => this.#asked.shift()?.(answer));
    this.#failed = new Promise((_, reject) => {
      this.#worker.on('error', reject);
      this.#worker.on('exit', (code) => reject(new Error(`A decoder ended with ${code} too soon.`)));
    });
    this.#failed.catch(() => undefined);
  }

  /** @returns when it may be given the next */
  async take(run: PacketRun): Promise<void> {
    this.#runs.push(this.#ask(run, [run.bytes.buffer, run.ends.buffer, run.seconds.buffer]));
    if (this.#runs.length > MOST_WAITING) await this.#runs.shift();
  }

  async result(durationMs: number): Promise<Heard> {
    await Promise.all(this.#runs);
    const answer = await this.#ask({ durationMs });
    if (answer === 'done') throw new Error('A decoder has lost count.');
    return answer;
  }

  /** Nobody waits for the end of it: what it was to do is done, and a thread of Electron can take long to go. */
  close(): void {
    void this.#worker.terminate();
  }

  #ask(message: ToDecoder, transfer: ArrayBuffer[] = []): Promise<FromDecoder> {
    const answered = new Promise<FromDecoder>((resolve) => this.#asked.push(resolve));
    this.#worker.postMessage(message, transfer);
    const answer = Promise.race([answered, this.#failed]);
    answer.catch(() => undefined);
    return answer;
  }
}
