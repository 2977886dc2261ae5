import { z } from 'zod';
import { operation } from './operation.ts';
import { milliseconds, nothing, timestamp } from './shapes.ts';

const name = z.string().max(200);

const migration = z.object({
  name,
  state: z.enum(['APPLIED', 'PENDING', 'UNKNOWN']),
  /** When it was applied and how long that took; null where it was not noted, and for those that wait. */
  appliedAt: timestamp.nullable(),
  durationMs: milliseconds.nullable(),
  /** What it sends to the database, and what reverting it sends. Empty for one that this Parley does not know. */
  up: z.array(z.string()),
  down: z.array(z.string()),
});
export type Migration = z.infer<typeof migration>;

const finding = z.object({
  /** What was looked at: the server's version, rights, who else changes the schema, room on the disk. */
  subject: z.enum(['VERSION', 'RIGHTS', 'LOCK', 'DISK', 'OTHERS']),
  /** WARNING: it can run, and something should be known before. */
  verdict: z.enum(['FINE', 'WARNING', 'HINDERED']),
  message: z.string(),
});
export type MigrationFinding = z.infer<typeof finding>;

/** What reverting a migration would take away. */
const loss = z.object({
  name,
  /** Tables that would go, with their rows. */
  tables: z.array(z.object({ name: z.string(), rows: z.int() })),
  /** Columns that would go from tables that stay, with the rows in which they hold something. */
  columns: z.array(z.object({ table: z.string(), name: z.string(), rows: z.int() })),
});
export type MigrationLoss = z.infer<typeof loss>;

const admin = { access: ['ADMIN'], needs: 'connection' } as const;

export const migrationsOperations = {
  /** Every migration, the newest first. */
  'migrations.list': operation({ ...admin, input: nothing, output: z.array(migration) }),
  /** Whether those that wait can run. Changes nothing. */
  'migrations.check': operation({ ...admin, input: nothing, output: z.array(finding) }),
  /** Begins to run those that wait on a backup, restored into a database that is thrown away. */
  'migrations.rehearse': operation({ ...admin, input: nothing, output: nothing }),
  /** What reverting the last one would lose; null where none can be reverted. */
  'migrations.loss': operation({ ...admin, input: nothing, output: loss.nullable() }),
  /** Reverts the last one, after a backup. Afterwards the database waits for it again. */
  'migrations.revert': operation({ ...admin, input: z.object({ name }), output: nothing }),
} as const;
