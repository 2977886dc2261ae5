import { OpusDecoder } from 'opus-decoder';
import { expect, test } from 'vitest';
import { packetsOf, speech } from '../../tests/fixtures/recordings.ts';
import { opusPacketSeconds } from './opus-packet.ts';

test.each([
  ['SILK, one frame of 60 ms', [0b0001_1000], 0.06],
  ['hybrid, two equal frames of 20 ms', [0b0110_1001], 0.04],
  ['CELT, two frames of 2.5 ms', [0b1000_0010], 0.005],
  ['CELT, three frames of 20 ms', [0b1111_1011, 0b1000_0011], 0.06],
  ['nothing', [], 0.01],
])('%s', (_, bytes, seconds) => {
  expect(opusPacketSeconds(Uint8Array.from(bytes))).toBeCloseTo(seconds, 9);
});

test('what the first bytes say is what the decoder gives', async () => {
  const decoder = new OpusDecoder({ channels: 1 });
  await decoder.ready;
  for (const { data } of (await packetsOf(speech)).packets) {
    expect(decoder.decodeFrame(data).samplesDecoded).toBe(Math.round(opusPacketSeconds(data) * 48_000));
  }
  decoder.free();
});
