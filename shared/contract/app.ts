import { z } from 'zod';
import { operation } from './operation.ts';
import { nothing } from './shapes.ts';

/** Why a database could not be opened, in words for a person. */
export const databaseFailure = {
  reason: z.enum([
    'SERVER_NOT_FOUND',
    'SERVER_REFUSED',
    'WRONG_PASSWORD',
    'NO_SUCH_DATABASE',
    'NO_RIGHTS',
    'SERVER_TOO_OLD',
    'LOCKED',
    'OTHER_MAJOR_VERSION',
    'DAMAGED',
    'DISK_FULL',
    'MIGRATION_FAILED',
    'OTHER',
  ]),
  message: z.string(),
  /** What to change, a sentence a line. */
  remedies: z.array(z.string()),
};

/** What a person is told of the database before and after it opens. Never a password. */
export const databaseStatus = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('opening'),
    /** What is done before, where that takes long. */
    why: z.string().optional(),
  }),
  z.object({ state: z.literal('ready') }),
  /** Tables with data in them and migrations that wait; an admin may apply them. */
  z.object({ state: z.literal('pending'), migrations: z.array(z.string()) }),
  z.object({
    state: z.literal('migrating'),
    /** So many of so many are done, and this one is being applied. */
    progress: z.object({ done: z.int(), total: z.int(), name: z.string() }).optional(),
    /** Who does it, where it is not this app. */
    holder: z.string().optional(),
  }),
  /** The schema was made by a newer Parley. */
  z.object({ state: z.literal('newer'), migrations: z.array(z.string()) }),
  z.object({ state: z.literal('failed'), ...databaseFailure }),
]);
export type DatabaseStatus = z.infer<typeof databaseStatus>;

const appStatus = z.object({
  version: z.string(),
  host: z.enum(['electron', 'browser']),
  platform: z.string(),
  database: databaseStatus,
  engine: z.object({
    kind: z.enum(['embedded', 'server']),
    /** Where it is, for a person: a folder, or `user@host:port/name`. */
    place: z.string(),
  }),
  /** True while nobody has an account: the next person becomes the admin. Null until the database is open. */
  firstPersonNeeded: z.boolean().nullable(),
  /**
   * What a person will most likely meet once the database is open, where main can tell before that: the page shows it
   * at once, and what is sent from it waits for the database.
   */
  expected: z.enum(['FIRST_PERSON', 'SIGN_IN']).nullable(),
  selfRegistration: z.boolean().nullable(),
});
export type AppStatus = z.infer<typeof appStatus>;

export const appOperations = {
  'app.status': operation({ access: 'anyone', needs: 'nothing', input: nothing, output: appStatus }),
  /** Tries again to open the database after it failed; the outcome comes through `app.status`. */
  'app.retryDatabase': operation({ access: 'anyone', needs: 'nothing', input: nothing, output: nothing }),
} as const;

export const appEvents = {
  /** The computer goes to sleep or has woken up, or the screen was locked or unlocked. From the desktop host only. */
  'app.powerChanged': z.enum(['suspend', 'resume', 'lock', 'unlock']),
  /** The person has agreed that the window closes while they record: the answer is to be stopped and stored. */
  'app.closing': z.void(),
  /** The database's state changed, or who may register did: ask `app.status` again. */
  'app.statusChanged': z.void(),
  /** Something of the native menu that the screens do was chosen. */
  'app.menuChosen': z.enum([
    'settings',
    'migrations',
    'backups',
    'shortcuts',
    'appearance-system',
    'appearance-light',
    'appearance-dark',
  ]),
} as const;
