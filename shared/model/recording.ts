/** What the recorder asks of MediaRecorder, and what main accepts of it. */
export const recordingFormat = {
  mimeType: 'audio/webm;codecs=opus',
  bitsPerSecond: 32_000,
  /** Shorter chunks lose less when a process is killed. */
  chunkMs: 250,
  /** Far above 250 ms at 32 kbit/s (1 KB), so that a chunk delayed by a stalled page still fits. */
  maxChunkBytes: 1024 * 1024,
} as const;

/** low: less than 500 MB. nearly-full: less than an hour of recording, raw and finished. */
export const diskRooms = ['ample', 'low', 'nearly-full'] as const;
export type DiskRoom = (typeof diskRooms)[number];

/** RECORDING: chunks are arriving. STOPPED: all bytes are on disk, playable. FINISHED: seekable, checksummed. */
export const takeStates = ['RECORDING', 'STOPPED', 'FINISHED'] as const;
export type TakeState = (typeof takeStates)[number];

/**
 * Where a take is played from: an address of the app's own protocol, which `answers.audio_url` holds. A browser asks its
 * host for the same under `/media/` (see renderer/lib/client.ts).
 */
export function takeAddress(takeId: string): string {
  return `media://takes/${takeId}`;
}

/** @returns the take that an address plays; null for another address, such as a sample's that is in memory only */
export function takeIdOf(address: string): string | null {
  return /^media:\/\/takes\/([\w-]+)$/.exec(address)?.[1] ?? null;
}
