import { z } from 'zod';
import { holdingBackup } from './backups.ts';
import { operation } from './operation.ts';
import { id, nothing } from './shapes.ts';

const erasure = z.object({
  name: z.string(),
  email: z.string(),
  /** What goes with them. */
  practices: z.int(),
  interviews: z.int(),
  recordings: z.int(),
  recordingsBytes: z.number(),
  /** What others wrote about them. */
  notes: z.int(),
  scorecards: z.int(),
  /**
   * This machine's backups that still hold them, the newest first; null while their folder is not there. Erasing does not
   * reach into them.
   */
  backups: z.array(holdingBackup).nullable(),
  /** Why they cannot be erased, and what to do instead; null where they can. */
  hindrance: z.string().nullable(),
});
export type Erasure = z.infer<typeof erasure>;

export const erasureOperations = {
  /** What would go with a person. */
  'erasure.preview': operation({ access: ['ADMIN'], input: z.object({ id }), output: erasure }),
  /** Removes a person for good, with everything that is theirs: rows, recordings, and their name in the audit log. */
  'erasure.erase': operation({
    access: ['ADMIN'],
    /** @param name typed by the admin: nobody is erased by a slip */
    input: z.object({ id, name: z.string().max(1000) }),
    output: nothing,
  }),
} as const;
