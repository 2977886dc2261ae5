import { z } from 'zod';
import { jobKinds } from '../model/job.ts';
import { logLevels } from '../model/log-level.ts';
import { backupReasons } from './backups.ts';
import { operation } from './operation.ts';
import { nothing, page, storableText, timestamp } from './shapes.ts';

const bytes = z.int().nonnegative();

const failedJob = z.object({
  id: z.string(),
  kind: z.enum(jobKinds),
  /** The id of what it is about: a take. */
  subject: z.string().nullable(),
  firstFailedAt: timestamp,
  failedAt: timestamp,
  times: z.int().positive(),
  /** What went wrong and what to do. */
  why: z.string(),
  /** Whether `health.retryJob` can begin it again. */
  canRetry: z.boolean(),
});
/** Work in the background that failed and has not succeeded since. */
export type FailedJob = z.infer<typeof failedJob>;

const report = z.object({
  versions: z.object({
    parley: z.string(),
    /** Such as `linux x64`. */
    system: z.string(),
    /** Node's own and, in the desktop app, Electron's and Chromium's. */
    runtime: z.array(z.object({ name: z.string(), version: z.string() })),
  }),
  database: z.object({
    kind: z.enum(['embedded', 'server']),
    place: z.string(),
    /** As PostgreSQL says it; null while it cannot be asked. */
    version: z.string().nullable(),
    sizeBytes: bytes.nullable(),
    /** The newest migration that was applied. */
    schema: z.string().nullable(),
    /** When that was and how long it took; null where it was not noted. */
    schemaRun: z.object({ appliedAt: timestamp, durationMs: z.number() }).nullable(),
  }),
  recordings: z.object({
    folder: z.string(),
    there: z.boolean(),
    freeBytes: bytes,
    files: z.int().nonnegative(),
    sizeBytes: bytes,
    /** Files without a row and rows without a file; null while the folder is not there. */
    strays: z.object({ files: z.int(), takes: z.int() }).nullable(),
    /** Takes that ended long enough ago to be finished, and are not: the next start tries again. */
    unfinished: z.int(),
  }),
  backups: z.object({
    /** Whether one is made each day on this machine. */
    daily: z.boolean(),
    /** Whether their folder is there. */
    there: z.boolean(),
    /** The last one; null where there is none. */
    last: z
      .object({ madeAt: timestamp, reason: z.enum(backupReasons), verifiedAt: timestamp.nullable() })
      .nullable(),
  }),
  /** The one that failed last first. */
  failedJobs: z.array(failedJob),
  log: z.object({
    folder: z.string(),
    /** Lines of the last seven days that say something failed. */
    errors: z.int(),
    lastErrorAt: timestamp.nullable(),
  }),
  checkedAt: timestamp,
});
export type HealthReport = z.infer<typeof report>;

const logLine = z.object({
  at: timestamp,
  level: z.enum(logLevels),
  message: z.string(),
  /** What else the line says, as JSON; empty where that is nothing. */
  details: z.string(),
});
export type LogLine = z.infer<typeof logLine>;

export const healthOperations = {
  /** How the database, the recordings and the log of this machine are. Works while the schema is not this version's. */
  'health.report': operation({ access: ['ADMIN'], needs: 'connection', input: nothing, output: report }),
  /** Begins a failed job again; what comes of it is in the report. @throws CONFLICT where it cannot be */
  'health.retryJob': operation({
    access: ['ADMIN'],
    needs: 'connection',
    input: z.object({ id: z.string().max(200) }),
    output: nothing,
  }),
  /** Takes a failed job off the list. */
  'health.dismissJob': operation({
    access: ['ADMIN'],
    needs: 'connection',
    input: z.object({ id: z.string().max(200) }),
    output: nothing,
  }),
  /** This machine's log, newest first. */
  'health.log': operation({
    access: ['ADMIN'],
    needs: 'connection',
    input: z.object({
      /** Lines that contain this, whatever the case. */
      search: storableText.max(200).optional(),
      /** Nothing milder than this. */
      level: z.enum(logLevels).default('info'),
      after: z.string().max(100).optional(),
    }),
    output: page(logLine),
  }),
  /** The report and the latest warnings as text to hand to somebody: no secret, no name, no home folder in it. */
  'health.diagnostics': operation({
    access: ['ADMIN'],
    needs: 'connection',
    input: nothing,
    output: z.string(),
  }),
} as const;
