import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import {
  EncodedAudioPacketSource,
  type EncodedPacket,
  EncodedPacketSink,
  FilePathSource,
  Input,
  type InputAudioTrack,
  MATROSKA,
  Output,
  StreamTarget,
  type StreamTargetChunk,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny';
import { opusPacketSeconds } from './opus-packet.ts';
import { type Heard, SoundCheck } from './sound-check.ts';
import { findWholeBlocks, type Stream } from './whole-blocks.ts';

/** What is in a raw recording. */
export interface Measured {
  /** The WebM streams in it, one after the other in time. */
  streams: readonly Stream[];
  /** 0 when nothing was recorded. */
  packets: number;
  /** From the start to the end of the last packet, pauses of the capture included. */
  durationMs: number;
  /** Bytes up to the end of the last whole block. */
  wholeBytes: number;
  /** Where the file stops making sense; null for a file that is whole or merely cut off. */
  damagedAt: number | null;
}

export interface Remuxed extends Heard {
  durationMs: number;
  sizeBytes: number;
  sha256: string;
}

/** Finds how much of a raw recording is whole, and how long that lasts. About 0.1 s for 35 minutes. */
export async function measure(file: string): Promise<Measured> {
  const { streams, end, blocks, damagedAt } = await findWholeBlocks(file);
  let durationMs = 0;
  for (const stream of streams) {
    durationMs += await reading(file, stream, async (track) => {
      const last = await new EncodedPacketSink(track).getPacket(Number.POSITIVE_INFINITY);
      return last ? toMs(last.timestamp + opusPacketSeconds(last.data)) : 0;
    });
  }
  return { streams, packets: blocks, durationMs, wholeBytes: end, damagedAt };
}

/**
 * Copies the packets of a raw recording, unchanged, its streams one after the other in time, into a WebM file with
 * duration and cues, flushes that to disk, reads it back, compares every packet and decodes it: the packets being the
 * same, that tells of both files. The raw file is only read.
 *
 * @param draft must not be there yet: a process that was left behind by a killed app may still write into an older one
 * @throws when the two differ in anything, or the raw file cannot be read
 */
export async function remux(raw: string, draft: string, measured: Measured): Promise<Remuxed> {
  // Its threads start while the packets are copied.
  const check = new SoundCheck();
  try {
    const copied = await copyPackets(raw, measured.streams, draft);
    if (copied.packets !== measured.packets) {
      throw new Error(`Of ${measured.packets} blocks ${copied.packets} could be read.`);
    }
    const written = await readPackets(draft, [{ start: 0, end: copied.sizeBytes }], check);
    if (written.digest !== copied.digest || written.packets !== copied.packets) {
      throw new Error(
        `The finished file does not hold what was recorded: ${JSON.stringify({ copied, written })}`,
      );
    }
    const [sha256, heard] = await Promise.all([sha256Of(draft), check.result(written.durationMs)]);
    return { durationMs: written.durationMs, sizeBytes: copied.sizeBytes, sha256, ...heard };
  } finally {
    check.close();
  }
}

/**
 * Decodes a recording, finished or raw, up to its last whole block. About 1 s for 35 minutes.
 *
 * @throws when there is no sound in it
 */
export async function listen(file: string): Promise<Heard> {
  const { streams } = await findWholeBlocks(file);
  if (streams.length === 0) throw new Error('There is no sound in this file.');
  const check = new SoundCheck();
  try {
    const { packets, durationMs } = await readPackets(file, streams, check);
    const heard = await check.result(durationMs);
    if (heard.undecodable === packets) throw new Error('There is no sound in this file.');
    return heard;
  } finally {
    check.close();
  }
}

/** Written at once. */
const WRITE_BYTES = 1024 * 1024;

interface PacketCount {
  packets: number;
  durationMs: number;
  /** SHA-256 over each packet's time in ms, length and bytes. */
  digest: string;
}

/** Makes the draft, and flushes it to disk. */
async function copyPackets(
  raw: string,
  streams: readonly Stream[],
  draft: string,
): Promise<PacketCount & { sizeBytes: number }> {
  const file = await open(draft, 'wx', 0o600);
  const output = new Output({
    format: new WebMOutputFormat(),
    target: new StreamTarget(writingTo(file), { chunked: true, chunkSize: WRITE_BYTES }),
  });
  try {
    const source = new EncodedAudioPacketSource('opus');
    output.addAudioTrack(source);
    await output.start();
    const count = new PacketCounter();
    let decoderConfig: AudioDecoderConfig | null = null;
    await eachPacket(raw, streams, async (packet, track) => {
      // Every Opus packet says itself whether it is stereo, so one microphone's header does for those after it.
      decoderConfig ??= await opusConfigOf(track);
      count.add(packet.timestamp, packet.data);
      const duration = packet.duration || opusPacketSeconds(packet.data);
      await source.add(packet.clone({ duration }), { decoderConfig });
    });
    await output.finalize();
    await file.sync();
    return { ...count.result(), sizeBytes: (await file.stat()).size };
  } catch (error) {
    await output.cancel();
    throw error;
  } finally {
    await file.close();
  }
}

function writingTo(file: FileHandle): WritableStream<StreamTargetChunk> {
  return new WritableStream({
    async write({ data, position }) {
      for (let at = 0; at < data.byteLength; ) {
        const { bytesWritten } = await file.write(data, at, data.byteLength - at, position + at);
        at += bytesWritten;
      }
    },
  });
}

async function opusConfigOf(track: InputAudioTrack): Promise<AudioDecoderConfig> {
  const codec = await track.getCodec();
  const decoderConfig = await track.getDecoderConfig();
  if (codec !== 'opus' || !decoderConfig) throw new Error(`This is ${codec ?? 'unknown'}, not Opus.`);
  return decoderConfig;
}

async function readPackets(
  file: string,
  streams: readonly Stream[],
  check: SoundCheck,
): Promise<PacketCount> {
  const count = new PacketCounter();
  await eachPacket(file, streams, async ({ timestamp, data }) => {
    count.add(timestamp, data);
    await check.add(timestamp, data);
  });
  return count.result();
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Goes through the packets of all streams on one timeline: each stream begins where the one before it ends. */
async function eachPacket(
  file: string,
  streams: readonly Stream[],
  use: (packet: EncodedPacket, track: InputAudioTrack) => void | Promise<void>,
): Promise<void> {
  let beginMs = 0;
  for (const stream of streams) {
    await reading(file, stream, async (track) => {
      const earlierMs = beginMs;
      for await (const packet of new EncodedPacketSink(track).packets()) {
        const moved = packet.clone({ timestamp: packet.timestamp + earlierMs / 1000 });
        await use(moved, track);
        beginMs = toMs(moved.timestamp + opusPacketSeconds(moved.data));
      }
    });
  }
}

class PacketCounter {
  readonly #hash = createHash('sha256');
  #packets = 0;
  #durationMs = 0;

  add(seconds: number, data: Uint8Array): void {
    this.#hash.update(`${toMs(seconds)} ${data.byteLength}\n`).update(data);
    this.#packets += 1;
    this.#durationMs = toMs(seconds + opusPacketSeconds(data));
  }

  result(): PacketCount {
    return { packets: this.#packets, durationMs: this.#durationMs, digest: this.#hash.digest('hex') };
  }
}

async function reading<T>(
  file: string,
  { start, end }: Stream,
  use: (track: InputAudioTrack) => Promise<T>,
): Promise<T> {
  const source = new FilePathSource(file).slice(start, end - start);
  const input = new Input({ source, formats: [WEBM, MATROSKA] });
  try {
    const track = await input.getPrimaryAudioTrack();
    if (!track) throw new Error('The recording has no audio track.');
    return await use(track);
  } finally {
    input.dispose();
  }
}

function toMs(seconds: number): number {
  return Math.round(seconds * 1000);
}
