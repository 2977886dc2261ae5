/** Whatever asks a database: a data source, or a query runner inside a transaction. */
export interface Session {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>;
}

export interface Column {
  name: string;
  /** As PostgreSQL writes it in a declaration, such as `character varying(200)`. */
  type: string;
}

/** What must be known of a table to read it in order and to write it again. */
export interface TableShape {
  name: string;
  /** By name, so that two databases that came to one schema by different ways agree. */
  columns: Column[];
  /** Of the primary key, in its order. */
  key: Column[];
  /** Columns that refer to tables which come later, or to this one: filled in when everything is there. */
  deferred: string[];
  /** Whether rows meet triggers of ours when they are written. */
  triggers: boolean;
}

interface Found {
  name: string;
  columns: (Column & { nullable: boolean })[];
  key: string[] | null;
  references: { columns: string[]; to: string }[];
  triggers: boolean;
}

/**
 * The tables of these names that are there, each after those that it refers to. Where tables refer to each other in a
 * circle, references that may be empty are put off.
 */
export async function tableShapes(session: Session, names: readonly string[]): Promise<TableShape[]> {
  const found = await session.query<Found[]>(
    `SELECT c.relname AS name,
       (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
                                          'nullable', NOT a.attnotnull))
          FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
       (SELECT json_agg(a.attname ORDER BY k.place)
          FROM pg_index i CROSS JOIN unnest(i.indkey) WITH ORDINALITY AS k (number, place)
          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
         WHERE i.indrelid = c.oid AND i.indisprimary) AS key,
       coalesce((SELECT json_agg(json_build_object(
            'to', (SELECT relname FROM pg_class WHERE oid = f.confrelid),
            'columns', (SELECT json_agg(a.attname) FROM pg_attribute a
                         WHERE a.attrelid = c.oid AND a.attnum = ANY (f.conkey))))
          FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f'), '[]') AS "references",
       EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal) AS triggers
     FROM pg_class c
     WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname = ANY ($1)`,
    [names],
  );
  return inOrder(found.sort((one, other) => compare(one.name, other.name)));
}

function inOrder(tables: Found[]): TableShape[] {
  const waiting = new Map(tables.map((table) => [table.name, table]));
  const ordered: TableShape[] = [];
  const place = (table: Found) => {
    const ahead = table.references.filter(({ to }) => waiting.has(to));
    ordered.push(shapeOf(table, [...new Set(ahead.flatMap(({ columns }) => columns))]));
    waiting.delete(table.name);
  };
  while (waiting.size > 0) {
    const rest = [...waiting.values()];
    const free = rest.find((table) => openReferences(table, waiting).length === 0);
    const next = free ?? rest.find((table) => mayPutOff(table, openReferences(table, waiting)));
    if (!next)
      throw new Error(`These tables refer to each other in a circle: ${[...waiting.keys()].join(', ')}`);
    place(next);
  }
  return ordered;
}

/** To tables that have no place yet, other than to itself. */
function openReferences({ name, references }: Found, waiting: ReadonlyMap<string, Found>) {
  return references.filter(({ to }) => to !== name && waiting.has(to));
}

function mayPutOff({ columns }: Found, references: Found['references']): boolean {
  const nullable = new Set(columns.filter((column) => column.nullable).map(({ name }) => name));
  return references.every((reference) => reference.columns.every((column) => nullable.has(column)));
}

function shapeOf({ name, columns, key, triggers }: Found, deferred: string[]): TableShape {
  const sorted = columns
    .map(({ name, type }) => ({ name, type }))
    .sort((one, other) => compare(one.name, other.name));
  const keyColumns = (key ?? []).flatMap((column) => sorted.filter((candidate) => candidate.name === column));
  if (keyColumns.length === 0) throw new Error(`The table ${name} has no primary key.`);
  return { name, columns: sorted, key: keyColumns, deferred, triggers };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
