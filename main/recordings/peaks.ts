import { crc32 } from 'node:zlib';

/** How loud a recording is over time, to be drawn. */
export interface Peaks {
  durationMs: number;
  /**
   * A byte every `bucketMs`, from the start on: 255 times the square root of the largest sample in it, so that quiet
   * speech keeps its shape. 0 where nothing was captured.
   */
  values: Uint8Array<ArrayBuffer>;
}

/**
 * A fixed number a second, not a fixed total: a bucket is then the same moment in every view of a recording, however
 * long that is, and short ones do not grow detail that nobody hears. An hour is 72 KB.
 */
export const bucketMs = 50;

/** A day; a packet that claims to be later than that has a damaged timestamp. */
const MAX_BUCKETS = (24 * 60 * 60_000) / bucketMs;

/** Collects the largest sample of every bucket, each packet where its timestamp says: what capture missed stays 0. */
export class PeakCollector {
  #largest = new Float32Array(1024);
  readonly #bucketSamples: number;
  readonly #rate: number;

  constructor(rate: number) {
    this.#rate = rate;
    this.#bucketSamples = (rate * bucketMs) / 1000;
  }

  add(seconds: number, samples: Float32Array): void {
    const start = Math.max(0, Math.round(seconds * this.#rate));
    for (let index = 0; index < samples.length; ) {
      const bucket = Math.floor((start + index) / this.#bucketSamples);
      const end = Math.min(samples.length, (bucket + 1) * this.#bucketSamples - start);
      let largest = 0;
      for (; index < end; index += 1) largest = Math.max(largest, Math.abs(samples[index] ?? 0));
      this.#raise(bucket, largest);
    }
  }

  result(durationMs: number): Peaks {
    const values = new Uint8Array(Math.min(Math.ceil(durationMs / bucketMs), MAX_BUCKETS));
    for (let bucket = 0; bucket < values.length; bucket += 1) {
      values[bucket] = Math.round(255 * Math.sqrt(Math.min(1, this.#largest[bucket] ?? 0)));
    }
    return { durationMs, values };
  }

  #raise(bucket: number, largest: number): void {
    if (bucket >= MAX_BUCKETS) return;
    if (bucket >= this.#largest.length) {
      const longer = new Float32Array(2 * Math.max(bucket, this.#largest.length));
      longer.set(this.#largest);
      this.#largest = longer;
    }
    this.#largest[bucket] = Math.max(this.#largest[bucket] ?? 0, largest);
  }
}

/** Of parts of one recording, each with nothing where another was heard. */
export function mergePeaks(parts: readonly Peaks[]): Peaks {
  const [first, ...others] = parts;
  if (!first) throw new Error('There is nothing to merge.');
  const values = first.values.slice();
  for (const other of others) {
    for (const [bucket, value] of other.values.entries()) {
      if (value > (values[bucket] ?? 0)) values[bucket] = value;
    }
  }
  return { durationMs: first.durationMs, values };
}

/** The first bytes of a file of peaks; the last of them is the version of the format. */
const MAGIC = Buffer.from('PKS\x01', 'latin1');
const HEADER_BYTES = 16;

/** A file of peaks: 4 bytes magic, CRC-32 of all that follows (u32), duration in ms (f64), values. Little endian. */
export function encodePeaks({ durationMs, values }: Peaks): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES + values.length);
  MAGIC.copy(bytes);
  bytes.writeDoubleLE(durationMs, 8);
  bytes.set(values, HEADER_BYTES);
  bytes.writeUInt32LE(crc32(bytes.subarray(8)), 4);
  return bytes;
}

/** @returns null for a file that is damaged, cut off, or of another version */
export function decodePeaks(bytes: Buffer): Peaks | null {
  if (bytes.length < HEADER_BYTES || !bytes.subarray(0, 4).equals(MAGIC)) return null;
  if (crc32(bytes.subarray(8)) !== bytes.readUInt32LE(4)) return null;
  return { durationMs: bytes.readDoubleLE(8), values: new Uint8Array(bytes.subarray(HEADER_BYTES)) };
}
