import { open } from 'node:fs/promises';

/**
 * How far a WebM file that was cut off can be trusted.
 *
 * The recorder writes a live stream: an EBML header, then a Segment and Clusters of unknown size, and in those a block
 * every 60 ms. A crash or a power cut ends such a file anywhere. Readers drop the whole last cluster then, up to half a
 * minute of speech, so we find the end of the last whole block first and let them read up to there.
 *
 * Sources: EBML element ids and sizes, RFC 8794 (sections 5, 6, 11.2); Matroska's elements, RFC 9559 (section 5.1).
 */
export interface WholeBlocks {
  /**
   * The WebM streams in it that hold blocks: one, and another for each microphone with which the answer went on. Files
   * may be joined like this (RFC 8794, section 2: an EBML Stream is one or more EBML Documents).
   */
  streams: Stream[];
  /** Bytes from the start of the file to the end of its last whole block; 0 when it has none. */
  end: number;
  blocks: number;
  size: number;
  /** Where the file stops making sense, if it does so elsewhere than by ending too soon. */
  damagedAt: number | null;
}

/** From the EBML header of a stream to the end of its last whole block, in bytes from the start of the file. */
export interface Stream {
  start: number;
  end: number;
}

const EBML = 0x1a45dfa3;
/** Elements that hold others: we go inside, since the recorder does not know their size when it begins them. */
const SEGMENT = 0x18538067;
const CLUSTER = 0x1f43b675;
/** What an answer is in. */
const SIMPLE_BLOCK = 0xa3;
const BLOCK_GROUP = 0xa0;
/** What may stand beside them, and is passed over: header, SeekHead, Info, Tracks, Cues, Tags, Void, CRC-32, … */
const OTHERS = new Set([
  EBML,
  0x114d9b74,
  0x1549a966,
  0x1654ae6b,
  0x1c53bb6b,
  0x1254c367,
  0xec,
  0xbf,
  // Timestamp, Position, PrevSize of a Cluster.
  0xe7,
  0xa7,
  0xab,
]);
/** No element of a recording comes near this; a larger size is damage. */
const MAX_ELEMENT_BYTES = 8 * 1024 * 1024;
/** An id takes at most 4 bytes here and a size at most 8. */
const MAX_HEADER_BYTES = 12;
const WINDOW_BYTES = 256 * 1024;

/** Walks a file's elements from the start, reading little more than their headers. Never throws for what is in it. */
export async function findWholeBlocks(file: string): Promise<WholeBlocks> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const found: WholeBlocks = { streams: [], end: 0, blocks: 0, size, damagedAt: null };
    const window = Buffer.alloc(WINDOW_BYTES);
    let streamStart = 0;
    let windowStart = 0;
    let windowEnd = 0;
    for (let at = 0; at < size; ) {
      if (at < windowStart || Math.min(at + MAX_HEADER_BYTES, size) > windowEnd) {
        const { bytesRead } = await handle.read(window, 0, WINDOW_BYTES, at);
        if (bytesRead === 0) break;
        windowStart = at;
        windowEnd = at + bytesRead;
      }
      const header = readHeader(window.subarray(at - windowStart, windowEnd - windowStart));
      if (header === 'cut off') break;
      if (header === 'damaged' || (at === 0 && header.id !== EBML)) {
        found.damagedAt = at;
        break;
      }
      const body = at + header.length;
      if (header.id === SEGMENT || header.id === CLUSTER) {
        at = body;
        continue;
      }
      const end = body + header.size;
      if (header.id === EBML) streamStart = at;
      if (end > size) break;
      if (header.id === SIMPLE_BLOCK || header.id === BLOCK_GROUP) {
        found.blocks += 1;
        found.end = end;
        const stream = found.streams.at(-1);
        if (stream?.start === streamStart) stream.end = end;
        else found.streams.push({ start: streamStart, end });
      }
      at = end;
    }
    return found;
  } finally {
    await handle.close();
  }
}

interface ElementHeader {
  id: number;
  /** Of the header itself, in bytes. */
  length: number;
  /** Of what follows it, in bytes. */
  size: number;
}

function readHeader(bytes: Buffer): ElementHeader | 'cut off' | 'damaged' {
  const [first = 0] = bytes;
  // The number of leading zero bits says how many bytes follow the first; an id of ours has at most 4.
  const idLength = Math.clz32(first) - 23;
  if (idLength > 4) return 'damaged';
  if (bytes.length < idLength) return 'cut off';
  const id = bytes.readUIntBE(0, idLength);
  if (id !== SEGMENT && id !== CLUSTER && id !== SIMPLE_BLOCK && id !== BLOCK_GROUP && !OTHERS.has(id)) {
    return 'damaged';
  }
  const marker = bytes[idLength];
  if (marker === undefined) return 'cut off';
  const sizeLength = Math.clz32(marker) - 23;
  if (sizeLength > 8) return 'damaged';
  const length = idLength + sizeLength;
  if (bytes.length < length) return 'cut off';
  let size = marker & (0xff >> sizeLength);
  let unknown = size === 0xff >> sizeLength;
  for (const byte of bytes.subarray(idLength + 1, length)) {
    size = size * 256 + byte;
    unknown &&= byte === 0xff;
  }
  // A size of all ones is "unknown"; only what we go into may have it.
  if (id === SEGMENT || id === CLUSTER) return { id, length, size: 0 };
  return unknown || size > MAX_ELEMENT_BYTES ? 'damaged' : { id, length, size };
}
