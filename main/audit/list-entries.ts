import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { AuditEntryRow } from '../../shared/contract/audit.ts';
import type { OutputOf, ParsedInputOf } from '../../shared/contract/index.ts';
import { readCursor, writeCursor } from '../operations/cursor.ts';

type FoundRow = Omit<AuditEntryRow, 'at'> & { key: string };

/** PostgreSQL knows no year 0. */
const microseconds = z.iso.datetime({ precision: 6 }).refine((text) => !text.startsWith('0000'));

/**
 * A page of the log, newest first.
 *
 * @throws OperationFailure INVALID_INPUT for a cursor that this list did not give out
 */
export async function listAuditEntries(
  manager: EntityManager,
  input: ParsedInputOf<'audit.list'>,
): Promise<OutputOf<'audit.list'>> {
  const parameters: unknown[] = [];
  const parameter = (value: unknown) => `$${parameters.push(value)}`;
  const conditions = ['true'];
  if (input.actorId) conditions.push(`actor_id = ${parameter(input.actorId)}`);
  if (input.action) conditions.push(`action = ${parameter(input.action)}`);
  if (input.subject?.trim()) {
    conditions.push(`position(lower(${parameter(input.subject.trim())}) IN lower(subject_label)) > 0`);
  }
  if (input.from) conditions.push(`created_at >= ${parameter(new Date(input.from))}`);
  if (input.until) conditions.push(`created_at < ${parameter(new Date(input.until))}`);
  if (input.after !== undefined) {
    const [at, id] = readCursor(input.after, [microseconds, z.uuid()] as const);
    conditions.push(`(created_at, id) < (${parameter(at)}::timestamptz, ${parameter(id)}::uuid)`);
  }
  const found = await manager.query<FoundRow[]>(
    `
    SELECT id, jsonb_build_object('id', actor_id, 'name', actor_name) AS actor, action,
      CASE WHEN subject_kind IS NOT NULL THEN
        jsonb_build_object('kind', subject_kind, 'id', subject_id, 'label', subject_label)
      END AS subject,
      before AS "from", after AS "to",
      to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS key
    FROM audit_entries WHERE ${conditions.join(' AND ')}
    ORDER BY created_at DESC, id DESC LIMIT ${input.limit + 1}
    `,
    parameters,
  );
  const page = found.slice(0, input.limit);
  const last = page.at(-1);
  return {
    rows: page.map(({ key, ...row }) => ({ ...row, at: new Date(key).toISOString() })),
    next: last && found.length > page.length ? writeCursor([last.key, last.id]) : null,
  };
}

export async function readChoices(manager: EntityManager): Promise<OutputOf<'audit.choices'>> {
  // By their newest name; of those who were erased, only what they did can be asked for.
  const actors = await manager.query<{ id: string; name: string }[]>(
    `SELECT DISTINCT ON (actor_id) actor_id AS id, actor_name AS name FROM audit_entries
     WHERE actor_id IN (SELECT id FROM users) ORDER BY actor_id, created_at DESC`,
  );
  const actions = await manager.query<{ action: string }[]>('SELECT DISTINCT action FROM audit_entries');
  return {
    actors: actors.toSorted((one, other) => one.name.localeCompare(other.name)),
    actions: actions.map(({ action }) => action).toSorted(),
  };
}
