import { z } from 'zod';
import { recordingFormat } from '../model/recording.ts';
import { everyRole, operation } from './operation.ts';
import { id, milliseconds } from './shapes.ts';

export const recordingsOperations = {
  /** Opens a new take of a question's answer. The ones before it stay. */
  'recordings.begin': operation({
    access: everyRole,
    input: z.object({ questionId: id, mimeType: z.string().max(100) }),
    output: z.object({ takeId: id, number: z.int() }),
  }),
  /**
   * Adds a chunk. `sequence` counts from 0 without gaps; sending one again is harmless. The answer names the first
   * sequence that is not yet flushed to disk: everything below it is safe, power cut included.
   */
  'recordings.append': operation({
    access: everyRole,
    input: z.object({
      takeId: id,
      sequence: z.int().nonnegative(),
      bytes: z
        .instanceof(Uint8Array)
        .refine((bytes) => bytes.byteLength > 0, 'The chunk is empty.')
        .refine((bytes) => bytes.byteLength <= recordingFormat.maxChunkBytes, 'The chunk is too large.'),
    }),
    output: z.object({ safeSequence: z.int(), safeBytes: z.int() }),
  }),
  /**
   * Ends a take: everything is flushed, and it can be played at the address given. Making it seekable goes on behind;
   * `interviews.changed` tells when that is done.
   */
  'recordings.finish': operation({
    access: everyRole,
    input: z.object({ takeId: id }),
    output: z.object({ takeId: id, durationMs: milliseconds, audioUrl: z.string() }),
  }),
} as const;
