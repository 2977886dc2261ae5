import type { DataSource, EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { HandlersOf } from '../operations/handlers.ts';
import { listAuditEntries, readChoices } from './list-entries.ts';

/** What the audit log takes down of one act. */
export interface AuditedAct {
  /** Who did it; null for what Parley does by itself, such as a deletion that is due. */
  readonly personId: string | null;
  /** The operation, or what comes closest to one: `people.changeRole`. */
  readonly action: string;
  /** To whom or what. People are of the kind `person`: by that they are found when they are erased. */
  readonly subject?: { readonly kind: string; readonly id?: string; readonly label: string };
  /**
   * What was there before and after: no password, code, transcript or address, and nothing about anybody but the subject.
   */
  readonly from?: unknown;
  readonly to?: unknown;
}

/** What stands for the name of somebody who has been erased. The triggers allow no other. */
export const erasedName = 'Erased person';

/**
 * Adds an entry to the audit log. Call it with the manager of the transaction that does what is entered: either both are
 * there afterwards or neither.
 */
export async function audit(manager: EntityManager, act: AuditedAct): Promise<void> {
  const { personId, action, subject } = act;
  await manager.query(
    `INSERT INTO audit_entries
       (id, actor_id, actor_name, action, subject_kind, subject_id, subject_label, before, after)
     VALUES ($1, $2, coalesce((SELECT name FROM users WHERE id = $2), 'Parley'), $3, $4, $5, $6, $7, $8)`,
    [
      ...[v7(), personId, action, subject?.kind ?? null, subject?.id ?? null],
      subject?.label.slice(0, 320) ?? null,
      ...[jsonOrNull(act.from), jsonOrNull(act.to)],
    ],
  );
}

/**
 * Takes somebody's name, and what was noted about them, out of the log. That something was done, when, by or to the key
 * that was theirs stays. Their row has to be gone already: the database refuses it for anybody who is still there.
 */
export async function pseudonymise(manager: EntityManager, personId: string): Promise<void> {
  await manager.query(
    'UPDATE audit_entries SET actor_name = $2, updated_at = now() WHERE actor_id = $1 AND actor_name <> $2',
    [personId, erasedName],
  );
  await manager.query(
    `UPDATE audit_entries SET subject_label = $2, before = NULL, after = NULL, updated_at = now()
     WHERE subject_kind = 'person' AND subject_id = $1::text`,
    [personId, erasedName],
  );
}

export interface AuditLog {
  readonly handlers: HandlersOf<'audit'>;
}

export function createAuditLog({ database }: { database: { readonly dataSource: DataSource } }): AuditLog {
  const manager = () => database.dataSource.manager;
  return {
    handlers: {
      'audit.list': ({ input }) => listAuditEntries(manager(), input),
      'audit.choices': () => readChoices(manager()),
    },
  };
}

function jsonOrNull(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}
