import { audit } from '../audit/audit.ts';
import type { Database } from '../database/database.ts';
import type { Log } from '../log.ts';

/** What an admin did to the database as a whole: who, what, from what to what. Never a secret. */
export interface AuditEntry {
  personId: string;
  /** The operation, such as `database.use`. */
  action: string;
  from?: unknown;
  to?: unknown;
  /** A backup, a migration. */
  subject?: { kind: 'backup' | 'migration'; label: string };
}

export type Audit = (entry: AuditEntry) => Promise<void>;

/**
 * Enters acts into the audit log of the database that is open once they are done, and into the application's log, which
 * has them also where that database has no such table yet.
 */
export function auditOfDatabase(database: Pick<Database, 'dataSource'>, log: Log): Audit {
  return async (entry) => {
    log.info({ audit: entry }, 'an admin’s act');
    try {
      await audit(database.dataSource.manager, entry);
    } catch (error) {
      log.error({ err: error, action: entry.action }, 'the audit log does not have this act');
    }
  };
}
