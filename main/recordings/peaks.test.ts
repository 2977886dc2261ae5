import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BufferTarget,
  EncodedAudioPacketSource,
  type EncodedPacket,
  Output,
  WebMOutputFormat,
} from 'mediabunny';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeRecording } from '../../tests/fixtures/audio.ts';
import { packetsOf, speech, speechMs } from '../../tests/fixtures/recordings.ts';
import { forkNode } from '../hosts/node-fork.ts';
import { WorkerProcess } from '../worker-process.ts';
import { bucketMs, decodePeaks, encodePeaks, PeakCollector } from './peaks.ts';
import { listen } from './remux.ts';
import type { Heard } from './sound-check.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-peaks-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(bytes: Uint8Array): Promise<string> {
  const path = join(folder, 'take.webm');
  await writeFile(path, bytes);
  return path;
}

/** A recording of some of the speech's packets, each at a time of its own. */
async function recordingOf(
  choose: (packet: EncodedPacket, index: number) => { timestamp: number; data?: Uint8Array } | null,
): Promise<Uint8Array> {
  const { packets, decoderConfig } = await packetsOf(speech);
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat(), target });
  const source = new EncodedAudioPacketSource('opus');
  output.addAudioTrack(source);
  await output.start();
  for (const [index, packet] of packets.entries()) {
    const chosen = choose(packet, index);
    if (chosen) await source.add(packet.clone({ duration: 0.06, ...chosen }), { decoderConfig });
  }
  await output.finalize();
  return new Uint8Array(target.buffer ?? new ArrayBuffer());
}

describe('what is heard', () => {
  test('is what decoding at the full rate gives, bucket by bucket', async () => {
    const { peaks, undecodable } = await listen(await file(speech));
    const { samples, rate } = await decodeRecording(speech);
    const expected = new PeakCollector(rate);
    expected.add(0, samples);
    const { values } = expected.result(speechMs);
    expect(undecodable).toBe(0);
    expect(peaks.durationMs).toBe(speechMs);
    expect(peaks.values.length).toBe(Math.ceil(speechMs / bucketMs));
    expect(Math.max(...peaks.values)).toBeGreaterThan(128);
    // What lies above 8 kHz is left out; in speech that is next to nothing.
    const apart = [...values].map((value, index) => Math.abs(value - (peaks.values[index] ?? 0)));
    expect(Math.max(...apart)).toBeLessThan(40);
    expect(apart.reduce((sum, each) => sum + each, 0) / apart.length).toBeLessThan(4);
  });

  test('is where the timestamps say: a gap of the capture stays a gap', async () => {
    const gapped = await recordingOf((packet, index) =>
      index < 40 ? { timestamp: packet.timestamp } : index < 80 ? null : { timestamp: packet.timestamp + 10 },
    );
    const whole = (await listen(await file(speech))).peaks.values;
    const { peaks } = await listen(await file(gapped));
    expect(peaks.durationMs).toBe(speechMs + 10_000);
    const { packets } = await packetsOf(speech);
    const gapFrom = Math.ceil(((packets[39]?.timestamp ?? 0) + 0.06) * (1000 / bucketMs));
    const gapTo = Math.floor(((packets[80]?.timestamp ?? 0) + 10) * (1000 / bucketMs));
    expect(peaks.values.slice(gapFrom + 1, gapTo)).toEqual(new Uint8Array(gapTo - gapFrom - 1));
    expect(peaks.values.slice(0, gapFrom - 1)).toEqual(whole.slice(0, gapFrom - 1));
    // The decoder needs a few packets to find its feet after the gap.
    const shift = 10_000 / bucketMs;
    for (let bucket = gapTo + 8; bucket < peaks.values.length; bucket += 1) {
      expect(Math.abs((peaks.values[bucket] ?? 0) - (whole[bucket - shift] ?? 0))).toBeLessThan(12);
    }
  });

  test('counts what cannot be decoded, and goes on behind it', async () => {
    const broken = await recordingOf(({ timestamp, data }, index) => ({
      timestamp,
      data: index === 10 ? Uint8Array.of(0xff, 0xff, 1) : index === 11 ? new Uint8Array(20_000) : data,
    }));
    const { peaks, undecodable } = await listen(await file(broken));
    expect(undecodable).toBeGreaterThanOrEqual(2);
    expect(Math.max(...peaks.values.slice(40))).toBeGreaterThan(100);
  });

  const inProcess = (path: string) =>
    new WorkerProcess<string, never, Heard>(forkNode, 'peaks', path, () => undefined).result;

  test('in a process is the same', async () => {
    const path = await file(speech);
    expect(await inProcess(path)).toEqual(await listen(path));
  });

  test('is refused of a file that holds no sound, by the process alone', async () => {
    for (const rubbish of [new Uint8Array(), speech.subarray(0, 155), Buffer.alloc(5_000, 7)]) {
      await expect(inProcess(await file(rubbish))).rejects.toThrow();
    }
    await expect(inProcess(join(folder, 'none.webm'))).rejects.toThrow('ENOENT');
  });
});

describe('a file of peaks', () => {
  const peaks = { durationMs: 125, values: Uint8Array.of(0, 128, 255) };

  test('is read as it was written', () => {
    expect(decodePeaks(encodePeaks(peaks))).toEqual(peaks);
  });

  test('is refused when any byte of it has changed, or it is cut off anywhere', () => {
    const bytes = encodePeaks(peaks);
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect([index, decodePeaks(changed)]).toEqual([index, null]);
      expect([index, decodePeaks(bytes.subarray(0, index))]).toEqual([index, null]);
    }
  });
});

test('a packet that claims to be years away takes no memory', () => {
  const collector = new PeakCollector(16_000);
  collector.add(1e9, Float32Array.of(1));
  collector.add(0.1, Float32Array.of(0.25));
  expect(collector.result(200).values).toEqual(Uint8Array.of(0, 0, 128, 0));
});
