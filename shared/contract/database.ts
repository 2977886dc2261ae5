import { z } from 'zod';
import { databaseFailure } from './app.ts';
import { operation } from './operation.ts';
import { id, nothing, storableText, timestamp } from './shapes.ts';

const bytes = z.int().nonnegative();

/** How the connection to a server is encrypted; the words are libpq's. */
export const tlsModes = ['disable', 'require', 'verify-full'] as const;

const named = (what: string) =>
  storableText.trim().min(1, `Please say ${what}.`).max(255, 'This is too long.');

/** A PostgreSQL server as a person describes it. */
const serverInput = z.object({
  host: named('the server’s name or address'),
  port: z.int('A whole number.').min(1, 'Between 1 and 65535.').max(65_535, 'Between 1 and 65535.'),
  user: named('who signs in there'),
  /** Null: the one that is kept on this machine, which goes to the server it was given for and to no other. */
  password: z.string().max(1_000).nullable(),
  name: named('the database’s name'),
  tls: z.enum(tlsModes),
  /** The authority's certificate, as PEM; null for those that every system knows. */
  ca: z.string().max(200_000, 'This is too long for a certificate.').nullable(),
});
export type ServerInput = z.infer<typeof serverInput>;

const savedServer = serverInput.omit({ password: true, ca: true }).extend({
  ca: z.string().nullable(),
  /** Where its password is kept; null where none is. */
  password: z.enum(['KEYCHAIN', 'FILE']).nullable(),
});
export type SavedServer = z.infer<typeof savedServer>;

const overview = z.object({
  /** PostgreSQL's own version, such as `18.1`. */
  serverVersion: z.string(),
  sizeBytes: bytes,
  /** How many migrations are applied, and the name of the last. */
  schema: z.object({ applied: z.int(), last: z.string().nullable() }),
  /** How long a query takes there and back. */
  roundTripMs: z.number().nonnegative(),
  /** Whether the connection is encrypted; null for the embedded engine, which needs none. */
  encrypted: z.boolean().nullable(),
  pool: z.object({ open: z.int(), idle: z.int(), waiting: z.int(), most: z.int() }),
  /** Where it is written which database is used. What stands in the environment wins. */
  origin: z.object({
    from: z.enum(['ENVIRONMENT', 'ENV_FILE', 'SETTINGS', 'NOWHERE']),
    file: z.string().nullable(),
  }),
  /** The server that this machine's settings name, used or not. */
  saved: savedServer.nullable(),
  /** Where a password would be kept. */
  keepsPasswordIn: z.enum(['KEYCHAIN', 'FILE']),
  /** Whether the embedded engine's folder has a database in it, used or not. */
  embeddedThere: z.boolean(),
  /** Whether this host can let a person choose a file. */
  canChoose: z.boolean(),
});
export type DatabaseOverview = z.infer<typeof overview>;

const testResult = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    serverVersion: z.string(),
    encrypted: z.boolean(),
    /** EMPTY: no tables of Parley's. PENDING: they wait for an upgrade. UNFINISHED_COPY: it can only be gone on with. */
    holds: z.enum(['EMPTY', 'PARLEY', 'PENDING', 'UNFINISHED_COPY']),
    /** How many people have an account there. */
    people: z.int(),
    interviews: z.int(),
    /** Whether the person who asks has an account there, by their address. */
    knowsYou: z.boolean(),
  }),
  z.object({ ok: z.literal(false), ...databaseFailure }),
]);
export type ServerTest = z.infer<typeof testResult>;

const work = z.object({
  id,
  kind: z.enum(['BACKUP', 'RESTORE', 'COPY', 'REHEARSAL', 'RETENTION']),
  state: z.enum(['RUNNING', 'DONE', 'FAILED', 'STOPPED']),
  /** What is being done, in words. */
  step: z.string(),
  done: z.number(),
  /** Null where the step cannot say. */
  total: z.number().nullable(),
  startedAt: timestamp,
  endedAt: timestamp.nullable(),
  /** What came of it, or why it failed. */
  message: z.string().nullable(),
});
export type DatabaseWork = z.infer<typeof work>;

const place = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('embedded') }),
  z.object({ kind: z.literal('server'), server: serverInput }),
]);

const admin = { access: ['ADMIN'] } as const;
/** Also while migrations wait. */
const adminEarly = { access: ['ADMIN'], needs: 'connection' } as const;
/** Also while a long work has the database closed. */
const adminMeanwhile = { access: ['ADMIN'], needs: 'person' } as const;

export const databaseOperations = {
  /** Applies the pending migrations, after a backup unless that is waived. */
  'database.migrate': operation({
    ...adminEarly,
    input: z.object({ withoutBackup: z.boolean() }).optional(),
    output: nothing,
  }),
  /** What an admin wants to know of the database that is open. */
  'database.overview': operation({ ...adminEarly, input: nothing, output: overview }),
  /** Tries a server, and says in words what is wrong. Changes nothing. */
  'database.testServer': operation({ ...admin, input: serverInput, output: testResult }),
  /** Has the person choose a certificate's file. Null when they thought better of it. */
  'database.chooseCertificate': operation({
    ...admin,
    input: nothing,
    output: z.object({ name: z.string(), pem: z.string() }).nullable(),
  }),
  /**
   * Uses another database from now on: closes this one, opens that, and goes back to this one when that fails. Nothing
   * is copied. Whoever has no account there is signed out.
   */
  'database.use': operation({
    ...admin,
    input: place,
    output: nothing,
  }),
  /**
   * Begins to copy everything that is in this database into another, which must be empty or hold a copy that was cut
   * off; this one stays as it is. With `use` Parley stands still meanwhile, and uses the other one afterwards.
   */
  'database.copy': operation({ ...admin, input: z.object({ to: place, use: z.boolean() }), output: nothing }),
  /** The long work on the database that runs, or else the last one; null where there was none. */
  'database.work': operation({ ...adminMeanwhile, input: nothing, output: work.nullable() }),
  /** Ends it. A copy or a restore that has switched databases already is not taken back by this. */
  'database.stopWork': operation({ ...adminMeanwhile, input: nothing, output: nothing }),
} as const;

export const databaseEvents = {
  /** A long work went on or ended: ask `database.work` again. */
  'database.workChanged': z.void(),
} as const;
