import { z } from 'zod';
import { diskRooms, recordingFormat } from '../model/recording.ts';
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
   * sequence that is not yet flushed to disk: everything below it is safe, power cut included. It also tells how much
   * room the disk has, which is looked at every few seconds.
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
    output: z.object({ safeSequence: z.int(), safeBytes: z.int(), disk: z.enum(diskRooms) }),
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
  /**
   * How loud a take is over time, to be drawn: a byte every `bucketMs`, 255 times the square root of the largest sample,
   * 0 where nothing was captured. Null while it is being recorded or finished; `interviews.changed` tells when to ask
   * again. NOT_FOUND also when the file is missing, CONFLICT when it is damaged.
   */
  'recordings.peaks': operation({
    access: everyRole,
    input: z.object({ takeId: id }),
    output: z
      .object({ durationMs: milliseconds, bucketMs: milliseconds, peaks: z.instanceof(Uint8Array) })
      .nullable(),
  }),
} as const;
