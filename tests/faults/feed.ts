import { AppendOnlyStreamTarget, EncodedAudioPacketSource, Output, WebMOutputFormat } from 'mediabunny';
import { recordingFormat } from '../../shared/model/recording.ts';
import { type Chunk, packetsOf, speech } from '../fixtures/recordings.ts';

const PACKET_MS = 60;

/**
 * A recording of any length as a recorder hands it over, a chunk every 250 ms of it, made while it is asked for: the
 * speech over and over.
 */
export async function* feed(minutes: number): AsyncGenerator<Chunk> {
  const { packets, decoderConfig } = await packetsOf(speech);
  let written: Uint8Array[] = [];
  const writable = new WritableStream<Uint8Array>({ write: (bytes) => void written.push(bytes.slice()) });
  const target = new AppendOnlyStreamTarget(writable);
  const output = new Output({ format: new WebMOutputFormat({ appendOnly: true }), target });
  const source = new EncodedAudioPacketSource('opus');
  output.addAudioTrack(source);
  await output.start();
  const count = Math.round((minutes * 60_000) / PACKET_MS);
  const perChunk = Math.round(recordingFormat.chunkMs / PACKET_MS);
  for (let index = 0; index < count; index += 1) {
    const packet = packets[index % packets.length];
    if (!packet) throw new Error('There is no packet to repeat.');
    const seconds = PACKET_MS / 1000;
    await source.add(packet.clone({ timestamp: index * seconds, duration: seconds }), { decoderConfig });
    if (index % perChunk === perChunk - 1 && written.length > 0) {
      yield new Uint8Array(Buffer.concat(written));
      written = [];
    }
  }
  await output.finalize();
  if (written.length > 0) yield new Uint8Array(Buffer.concat(written));
}
