import type { QueryRunner } from 'typeorm';
import { canonicalText, quoted, type Row, readRows } from './rows.ts';
import { type TableShape, tableShapes } from './tables.ts';

export interface SourceTable {
  name: string;
  /** Names of the columns, in the order of a row's values. */
  columns: readonly string[];
  rows: number;
}

/** Where rows come from: a database as it was at one moment, or a backup. Each table can be read more than once. */
export interface RowSource {
  readonly tables: readonly SourceTable[];
  read(table: string): AsyncIterable<Row[]>;
}

/**
 * Reads a database inside one transaction, so that all of it is of one moment, whatever others write meanwhile. Changes
 * nothing, and cannot.
 *
 * @param names the tables that are ours
 */
export async function withSnapshot<T>(
  runner: QueryRunner,
  names: readonly string[],
  work: (source: RowSource) => Promise<T>,
): Promise<T> {
  await runner.startTransaction('REPEATABLE READ');
  try {
    await runner.query('SET TRANSACTION READ ONLY');
    for (const setting of canonicalText) await runner.query(setting);
    // Where a policy would hide rows, reading fails rather than leave some out.
    await runner.query('SET LOCAL row_security = off');
    const shapes = await tableShapes(runner, names);
    return await work(await databaseSource(runner, shapes));
  } finally {
    await runner.rollbackTransaction().catch(() => undefined);
  }
}

async function databaseSource(runner: QueryRunner, shapes: readonly TableShape[]): Promise<RowSource> {
  const tables: SourceTable[] = [];
  for (const { name, columns } of shapes) {
    const [row]: { count: string }[] = await runner.query(`SELECT count(*) AS count FROM ${quoted(name)}`);
    tables.push({ name, columns: columns.map((column) => column.name), rows: Number(row?.count ?? 0) });
  }
  return {
    tables,
    read(table) {
      const shape = shapes.find((candidate) => candidate.name === table);
      if (!shape) throw new Error(`There is no table ${table}.`);
      return readRows(runner, shape);
    },
  };
}
