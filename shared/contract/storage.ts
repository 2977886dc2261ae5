import { z } from 'zod';
import { everyRole, operation } from './operation.ts';
import { id, nothing, timestamp } from './shapes.ts';

const bytes = z.int().nonnegative();

const move = z.object({
  to: z.string(),
  /** interrupted: it was cut off or failed, nothing is lost, and it can go on. */
  state: z.enum(['copying', 'removing', 'interrupted']),
  doneBytes: bytes,
  totalBytes: bytes,
  /** Why it did not go on; null when it was cut off. */
  message: z.string().nullable(),
});
export type StorageMove = z.infer<typeof move>;

const status = z.object({
  /** For a person; no operation takes a path. */
  folder: z.string(),
  /** In Parley's own data folder. */
  usual: z.boolean(),
  usualFolder: z.string(),
  /** False while its disk is not connected; nothing is known to be free then. */
  there: z.boolean(),
  freeBytes: bytes,
  /** A folder that was given up while its disk was away. */
  waiting: z.object({ folder: z.string(), there: z.boolean() }).nullable(),
  move: move.nullable(),
  /** Whether this host can show a folder and let a person choose one. */
  canChoose: z.boolean(),
});
export type StorageStatus = z.infer<typeof status>;

/** At most so many strays are listed; all are counted. */
const listed = 200;

const strays = z.object({
  /** Files that belong to no row. */
  files: z.object({
    count: z.int(),
    sizeBytes: bytes,
    rows: z.array(z.object({ name: z.string(), sizeBytes: bytes, modifiedAt: timestamp })).max(listed),
  }),
  /** Takes whose file is not on this machine. */
  takes: z.object({
    count: z.int(),
    rows: z
      .array(
        z.object({
          takeId: id,
          interviewId: id,
          sizeBytes: bytes.nullable(),
          startedAt: timestamp,
        }),
      )
      .max(listed),
  }),
  /** On a team's server: takes of interviews that have no files here. They are on other machines. */
  elsewhere: z.int(),
  checkedAt: timestamp,
});
export type Strays = z.infer<typeof strays>;

const admin = ['ADMIN'] as const;

export const storageOperations = {
  /** Where this machine's recordings are, and how a move goes. */
  'storage.status': operation({ access: everyRole, input: nothing, output: status }),
  /** How much there is; takes a moment where there are many. */
  'storage.measure': operation({
    access: everyRole,
    input: nothing,
    output: z.object({ files: z.int().nonnegative(), sizeBytes: bytes }),
  }),
  /** Shows the folder in the system's file manager. */
  'storage.open': operation({ access: admin, input: nothing, output: nothing }),
  /**
   * Has the person choose a folder in a dialog of main's, checks it, and begins to move. How that goes is told by
   * `storage.changed`. False when the dialog was cancelled.
   */
  'storage.move': operation({ access: admin, input: nothing, output: z.object({ begun: z.boolean() }) }),
  /** The same, back to the usual folder. */
  'storage.moveBack': operation({ access: admin, input: nothing, output: nothing }),
  /** Goes on with a move that was cut off. */
  'storage.resumeMove': operation({ access: admin, input: nothing, output: nothing }),
  /** Ends a move that has not switched folders yet; the originals are as they were. */
  'storage.cancelMove': operation({ access: admin, input: nothing, output: nothing }),
  /** Records in the usual folder from now on, since the chosen one is not there. */
  'storage.giveUp': operation({ access: admin, input: nothing, output: nothing }),
  /** Moves the recordings of the folder that was given up to the others. */
  'storage.gather': operation({ access: admin, input: nothing, output: nothing }),
  /** Compares files and rows anew. Changes nothing. */
  'storage.findStrays': operation({ access: admin, input: nothing, output: strays }),
} as const;

export const storageEvents = {
  /** A move went on or ended, or the folder is another: ask `storage.status` again. */
  'storage.changed': z.void(),
} as const;
