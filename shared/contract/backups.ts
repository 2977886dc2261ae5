import { z } from 'zod';
import { operation } from './operation.ts';
import { nothing, timestamp } from './shapes.ts';

const bytes = z.int().nonnegative();

/** Why a backup was made. */
export const backupReasons = ['ASKED', 'DAILY', 'MIGRATION'] as const;
export type BackupReason = (typeof backupReasons)[number];

/** The name of a backup's folder. */
const backupId = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z$/);

const backup = z.object({
  id: backupId,
  reason: z.enum(backupReasons),
  madeAt: timestamp,
  /** The version of Parley that made it. */
  parley: z.string(),
  /** Where the database was, for a person. */
  place: z.string(),
  rows: z.int(),
  people: z.int(),
  interviews: z.int(),
  /** Of the rows, compressed. */
  sizeBytes: bytes,
  /** Null where the folder of recordings was away. */
  recordings: z.object({ files: z.int(), sizeBytes: bytes }).nullable(),
  /** When it was restored to see whether it can be; null: it could not be, or has not been yet. */
  verifiedAt: timestamp.nullable(),
  /** A newer Parley made it. */
  newer: z.boolean(),
});
export type Backup = z.infer<typeof backup>;

const keeping = z.object({
  /** Whether one is made each day while Parley is open on this machine. */
  daily: z.boolean(),
  /** How many of the daily ones are kept, one a day; and how many of those before, one a week. */
  keepDaily: z.int().min(1, 'At least 1.').max(365, 'At most 365.'),
  keepWeekly: z.int().min(0, 'Not below 0.').max(520, 'At most 520.'),
});
export type BackupKeeping = z.infer<typeof keeping>;

/** A backup that still holds somebody. */
export const holdingBackup = backup.pick({ id: true, reason: true, madeAt: true }).extend({
  /** When it makes way for newer ones at the latest; null where it stays until somebody removes it. */
  goneBy: timestamp.nullable(),
});
export type HoldingBackup = z.infer<typeof holdingBackup>;

const admin = { access: ['ADMIN'], needs: 'connection' } as const;

export const backupsOperations = {
  'backups.list': operation({
    ...admin,
    input: nothing,
    output: z.object({
      folder: z.string(),
      /** In Parley's own data folder. */
      usual: z.boolean(),
      /** False while its disk is not connected: then no backup is listed, and nothing is known to be free. */
      there: z.boolean(),
      keeping,
      backups: z.array(backup),
      /** All of them together on disk, recordings once. */
      sizeBytes: bytes,
      freeBytes: bytes,
      /** Whether this host can show a folder and let a person choose one. */
      canChoose: z.boolean(),
    }),
  }),
  /** Begins one; how it goes is told by `database.work`. */
  'backups.make': operation({ ...admin, input: nothing, output: nothing }),
  /**
   * Begins to restore one into a new database beside the one that is open, which is kept, and uses that. Everybody
   * signs in again.
   */
  'backups.restore': operation({ ...admin, input: z.object({ id: backupId }), output: nothing }),
  'backups.remove': operation({ ...admin, input: z.object({ id: backupId }), output: nothing }),
  'backups.configure': operation({ ...admin, input: keeping, output: nothing }),
  /**
   * Has the person choose a folder in a dialog of main's, and keeps backups there from now on. Those of before stay where
   * they are. False when the dialog was cancelled.
   */
  'backups.chooseFolder': operation({
    ...admin,
    input: nothing,
    output: z.object({ chosen: z.boolean() }),
  }),
  /** The same, back to the folder that is Parley's own. */
  'backups.useUsualFolder': operation({ ...admin, input: nothing, output: nothing }),
  /** Shows the folder in the system's file manager. */
  'backups.openFolder': operation({ ...admin, input: nothing, output: nothing }),
} as const;
