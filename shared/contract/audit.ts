import { z } from 'zod';
import { operation } from './operation.ts';
import { id, page, storableText, timestamp } from './shapes.ts';

const auditEntry = z.object({
  id,
  at: timestamp,
  /** Who did it, by the name that they had then; without an id it was Parley itself. */
  actor: z.object({ id: id.nullable(), name: z.string() }),
  /** What was done, such as `people.changeRole`. */
  action: z.string(),
  /** To whom or what, by the name that it had then. */
  subject: z.object({ kind: z.string(), id: z.string().nullable(), label: z.string() }).nullable(),
  from: z.json(),
  to: z.json(),
});
export type AuditEntryRow = z.infer<typeof auditEntry>;

export const auditOperations = {
  /** The audit log, newest first. */
  'audit.list': operation({
    access: ['ADMIN'],
    input: z.object({
      actorId: id.optional(),
      action: storableText.max(100).optional(),
      /** A part of what the subject was called. */
      subject: storableText.max(320).optional(),
      from: timestamp.optional(),
      until: timestamp.optional(),
      after: z.string().max(2000).optional(),
      limit: z.int().min(1).max(100).default(50),
    }),
    output: page(auditEntry),
  }),
  /** Who is in the log, and what they did: what it can be filtered by. */
  'audit.choices': operation({
    access: ['ADMIN'],
    input: z.void(),
    output: z.object({
      actors: z.array(z.object({ id, name: z.string() })),
      actions: z.array(z.string()),
    }),
  }),
} as const;
