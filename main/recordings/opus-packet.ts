/** Frame lengths in microseconds by the packet's configuration, in RFC 6716's table 2. */
const SILK = [10_000, 20_000, 40_000, 60_000];
const HYBRID = [10_000, 20_000];
const CELT = [2_500, 5_000, 10_000, 20_000];
const FRAME_US = [...SILK, ...SILK, ...SILK, ...HYBRID, ...HYBRID, ...CELT, ...CELT, ...CELT, ...CELT];

/**
 * How long an Opus packet sounds, in seconds, by its first bytes (RFC 6716, section 3.1). A recorder's file does not
 * say this of its last packet.
 */
export function opusPacketSeconds(packet: Uint8Array): number {
  const [toc = 0, countByte = 0] = packet;
  const frames = [1, 2, 2, countByte & 0b11_1111][toc & 0b11] ?? 0;
  return (frames * (FRAME_US[toc >> 3] ?? 0)) / 1e6;
}
