import { opusPacketSeconds } from '../../main/recordings/opus-packet.ts';
import { decodeRecording } from '../fixtures/audio.ts';
import { packetsOf } from '../fixtures/recordings.ts';

/** What can be heard of a file. */
export interface Heard {
  /** The packets' lengths together: a gap is no sound. */
  ms: number;
  /** From the start to the end of the last packet, gaps included. */
  endMs: number;
  /** The longest time between the end of a packet and the start of the next, in ms. */
  longestGapMs: number;
}

/**
 * Decodes a recording and measures what is in it.
 *
 * @throws when it does not decode to as much as its packets say
 */
export async function hear(bytes: Uint8Array): Promise<Heard> {
  const { packets } = await packetsOf(bytes);
  let ms = 0;
  let longestGapMs = 0;
  let end = 0;
  for (const { timestamp, data } of packets) {
    longestGapMs = Math.max(longestGapMs, (timestamp - end) * 1000);
    const seconds = opusPacketSeconds(data);
    end = timestamp + seconds;
    ms += seconds * 1000;
  }
  const { samples, rate } = await decodeRecording(bytes);
  const decodedMs = (samples.length / rate) * 1000;
  if (Math.abs(decodedMs - end * 1000) > 1)
    throw new Error(`It decodes to ${decodedMs} ms, not ${end * 1000}.`);
  return { ms: Math.round(ms), endMs: Math.round(end * 1000), longestGapMs: Math.round(longestGapMs) };
}
