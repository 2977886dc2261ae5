import { createHash, type Hash } from 'node:crypto';
import type { Column, Session, TableShape } from './tables.ts';

/** A row as text, column by column, as PostgreSQL writes it under `canonicalText`: alike on every engine and version. */
export type Row = (string | null)[];

/** What is known of a table's rows once they have been read: how many, and the SHA-256 of all of them in order. */
export interface TableSum {
  name: string;
  rows: number;
  sha256: string;
}

/** So many rows are in memory at a time. */
const BATCH_ROWS = 500;

/** Settings of a session under which text comes out, and is understood, the same everywhere. */
export const canonicalText = [
  `SET LOCAL TimeZone = 'UTC'`,
  `SET LOCAL DateStyle = 'ISO, YMD'`,
  `SET LOCAL IntervalStyle = 'iso_8601'`,
  'SET LOCAL extra_float_digits = 1',
  `SET LOCAL bytea_output = 'hex'`,
] as const;

/** Reads a whole table in the order of its primary key, batch by batch. */
export async function* readRows(session: Session, shape: TableShape): AsyncGenerator<Row[]> {
  const { columns, key } = shape;
  const texts = columns.map(({ name }, index) => `${quoted(name)}::text AS c${index}`).join(', ');
  const order = key.map(sortable).join(', ');
  const places = key.map(({ name }) => columns.findIndex((column) => column.name === name));
  let after: string[] = [];
  for (;;) {
    const parameters = key.map((column, index) => parameter(column, index)).join(', ');
    const where = after.length === 0 ? '' : `WHERE (${order}) > (${parameters})`;
    const found = await session.query<Record<string, string | null>[]>(
      `SELECT ${texts} FROM ${quoted(shape.name)} ${where} ORDER BY ${order} LIMIT ${BATCH_ROWS}`,
      after,
    );
    const rows = found.map((row) => columns.map((_, index) => row[`c${index}`] ?? null));
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH_ROWS) return;
    after = places.map((place) => last[place] ?? '');
  }
}

/** Adds rows to a table. `without` are columns that are left empty for now. */
export async function insertRows(
  session: Session,
  { name, columns }: TableShape,
  rows: readonly Row[],
  without: readonly string[] = [],
): Promise<void> {
  const used = columns
    .map((column, index) => ({ ...column, index }))
    .filter((column) => !without.includes(column.name));
  const names = used.map((column) => quoted(column.name)).join(', ');
  const values = used.map(({ type }, place) => `c${place}::${type}`).join(', ');
  const arrays = used.map((_, place) => `$${place + 1}::text[]`).join(', ');
  const aliases = used.map((_, place) => `c${place}`).join(', ');
  await session.query(
    `INSERT INTO ${quoted(name)} (${names}) OVERRIDING SYSTEM VALUE
     SELECT ${values} FROM unnest(${arrays}) AS given (${aliases})`,
    used.map(({ index }) => rows.map((row) => row[index] ?? null)),
  );
}

/** Fills in what was left empty. */
export async function fillIn(
  session: Session,
  { name, columns, key }: TableShape,
  rows: readonly Row[],
  deferred: readonly string[],
): Promise<void> {
  const place = (column: string) => columns.findIndex((candidate) => candidate.name === column);
  const filled = rows.filter((row) => deferred.some((column) => (row[place(column)] ?? null) !== null));
  if (filled.length === 0) return;
  const used = [...key, ...columns.filter((column) => deferred.includes(column.name))];
  const arrays = used.map((_, index) => `$${index + 1}::text[]`).join(', ');
  const aliases = used.map((_, index) => `c${index}`).join(', ');
  const typed = (index: number) => `given.c${index}::${used[index]?.type}`;
  const set = used
    .slice(key.length)
    .map(({ name }, index) => `${quoted(name)} = ${typed(key.length + index)}`);
  const same = key.map((column, index) => `target.${quoted(column.name)} = ${typed(index)}`);
  await session.query(
    `UPDATE ${quoted(name)} AS target SET ${set.join(', ')}
     FROM unnest(${arrays}) AS given (${aliases}) WHERE ${same.join(' AND ')}`,
    used.map((column) => filled.map((row) => row[place(column.name)] ?? null)),
  );
}

/** Sums a table's rows up as they are read. */
export class RowDigest {
  readonly #hash: Hash = createHash('sha256');
  #rows = 0;

  /** @returns the lines that were summed up, one a row, as a backup has them too */
  add(rows: readonly Row[]): string {
    const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    this.#hash.update(lines);
    this.#rows += rows.length;
    return lines;
  }

  sum(name: string): TableSum {
    return { name, rows: this.#rows, sha256: this.#hash.digest('hex') };
  }
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

const isText = ({ type }: Column) => /^(text|character|char|citext)/.test(type);

/** Text sorts by the server's locale unless it is told otherwise. */
function sortable(column: Column): string {
  return isText(column) ? `${quoted(column.name)} COLLATE "C"` : quoted(column.name);
}

function parameter(column: Column, index: number): string {
  return `$${index + 1}::${column.type}${isText(column) ? ' COLLATE "C"' : ''}`;
}
