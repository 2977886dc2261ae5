import type { EntityManager } from 'typeorm';
import { type PersonalTable, type PersonalTableName, personalTables } from './tables.ts';

/** A row as it is handed out: keys as in JSON, moments as ISO 8601. */
export type GivenRow = Readonly<Record<string, unknown>>;
export type GivenRows = ReadonlyMap<PersonalTableName, readonly GivenRow[]>;

/** So many rows are taken at a time, so that whatever else main does comes in between. */
const BATCH = 500;

/**
 * Everything in the database that is handed out to one person.
 *
 * @param manager of a transaction that sees one moment throughout: REPEATABLE READ
 * @param isSelf whether the person asks themselves: only then what they wrote about others is among it
 */
export async function readPersonalRows(
  manager: EntityManager,
  personId: string,
  isSelf: boolean,
): Promise<GivenRows> {
  const rows = new Map<PersonalTableName, readonly GivenRow[]>();
  for (const [name, table] of Object.entries(personalTables) as [PersonalTableName, PersonalTable][]) {
    if (!table.given || (table.given.selfOnly && !isSelf)) continue;
    rows.set(name, await readTable(manager, name, table, personId));
  }
  return rows;
}

async function readTable(
  manager: EntityManager,
  name: PersonalTableName,
  { given, theirs }: PersonalTable,
  personId: string,
): Promise<GivenRow[]> {
  const cursor = `personal_${name}`;
  await manager.query(
    `DECLARE ${cursor} NO SCROLL CURSOR FOR
     SELECT ${given?.columns} FROM ${name} WHERE ${given?.where ?? theirs} ORDER BY 1, created_at`,
    [personId],
  );
  const rows: GivenRow[] = [];
  for (;;) {
    const batch = await manager.query<Record<string, unknown>[]>(`FETCH ${BATCH} FROM ${cursor}`);
    rows.push(...batch.map(inJson));
    if (batch.length < BATCH) break;
  }
  await manager.query(`CLOSE ${cursor}`);
  return rows;
}

function inJson(row: Record<string, unknown>): GivenRow {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
      value instanceof Date ? value.toISOString() : value,
    ]),
  );
}
