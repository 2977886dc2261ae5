import { z } from 'zod';
import { everyRole, operation } from './operation.ts';
import { id, nothing, timestamp } from './shapes.ts';

const bytes = z.int().nonnegative();

const saving = z.object({
  id,
  /** Whose data it is. */
  person: z.object({ id, name: z.string() }),
  state: z.enum(['WRITING', 'CHECKING', 'DONE', 'FAILED', 'STOPPED']),
  /** Of the state that it is in. */
  doneBytes: bytes,
  totalBytes: bytes,
  startedAt: timestamp,
  endedAt: timestamp.nullable(),
  /** Why it failed, and what to do. */
  message: z.string().nullable(),
  /** Once it is done. */
  file: z
    .object({
      name: z.string(),
      sizeBytes: bytes,
      recordings: z.int(),
      /** What is not there whole, a sentence each. */
      lacking: z.array(z.string()),
      /** Where a browser gets it from; null where it is in the folder that was chosen. */
      download: z.string().nullable(),
    })
    .nullable(),
});
/** One archive of one person's data in the making, or made. */
export type Saving = z.infer<typeof saving>;

const begun = z.object({ begun: z.boolean() });

export const personalDataOperations = {
  /**
   * Begins to write everything of a person into one file, which the admin chooses first; `begun` is false when they
   * thought better of it. How it goes is told by `personalData.saving`.
   */
  'personalData.save': operation({ access: ['ADMIN'], input: z.object({ id }), output: begun }),
  /** The same of one's own data. */
  'personalData.saveOwn': operation({ access: everyRole, input: nothing, output: begun }),
  /** What this person has begun last. */
  'personalData.saving': operation({ access: everyRole, input: nothing, output: saving.nullable() }),
  /** Ends it; nothing of the file is left. */
  'personalData.stop': operation({ access: everyRole, input: nothing, output: nothing }),
  /** Shows the folder that it is in, in the system's file manager. */
  'personalData.openFolder': operation({ access: everyRole, input: nothing, output: nothing }),
} as const;

export const personalDataEvents = {
  /** How far this person's archive is has changed. */
  'personalData.changed': nothing,
} as const;
