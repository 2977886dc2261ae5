import type { Log } from '../log.ts';

/** What an admin did: who, what, from what to what. Never a secret. */
export interface AuditEntry {
  personId: string;
  /** Such as `database.use`. */
  action: string;
  from?: string | null;
  to?: string | null;
  /** What it was done to, where the action does not say. */
  subject?: string;
}

export type Audit = (entry: AuditEntry) => void;

/** Writes acts of admins into the application's log, until there is a table for them. */
export function auditInLog(log: Log): Audit {
  return (entry) => log.info({ audit: entry }, 'an admin’s act');
}
