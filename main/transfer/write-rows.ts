import type { QueryRunner } from 'typeorm';
import { UNFINISHED_COPY } from '../database/migrator.ts';
import type { RowSource } from './row-source.ts';
import {
  canonicalText,
  fillIn,
  insertRows,
  quoted,
  type Row,
  RowDigest,
  readRows,
  type TableSum,
} from './rows.ts';
import { type TableShape, tableShapes } from './tables.ts';

/** How far writing is, in rows. */
export interface TransferProgress {
  step: 'WRITING' | 'CHECKING';
  done: number;
  total: number;
}

/** What was written does not read back the same. */
export class TransferMismatchError extends Error {
  override readonly name = 'TransferMismatchError';
}

/**
 * Writes all rows of a source into a database of the same schema, and reads them back: as many, and the same. What is
 * there of an earlier try is gone on with as far as it agrees with the source, and replaced otherwise.
 *
 * Until it is done the database bears a mark, and Parley does not open it (requireNoUnfinishedCopy).
 *
 * @param parts.runner of the target, which nobody else uses and whose rows count for nothing
 * @returns the sums of all tables, by name
 * @throws TransferMismatchError; AbortError when ended
 */
export async function writeRows(parts: {
  source: RowSource;
  runner: QueryRunner;
  signal: AbortSignal;
  onProgress: (progress: TransferProgress) => void;
}): Promise<TableSum[]> {
  const { source, runner } = parts;
  await runner.query(`COMMENT ON TABLE migrations IS '${UNFINISHED_COPY}'`);
  const shapes = await tableShapes(
    runner,
    source.tables.map(({ name }) => name),
  );
  requireSameSchema(source, shapes);
  const writer = new Writer(parts, shapes);
  const sums = await writer.write();
  await writer.check(sums);
  await continueSequences(runner, shapes);
  await runner.query('ANALYZE');
  await runner.query('COMMENT ON TABLE migrations IS NULL');
  return [...sums].sort((one, other) => (one.name < other.name ? -1 : 1));
}

class Writer {
  readonly #parts: Parameters<typeof writeRows>[0];
  readonly #shapes: readonly TableShape[];
  readonly #total: number;
  #done = 0;

  constructor(parts: Parameters<typeof writeRows>[0], shapes: readonly TableShape[]) {
    this.#parts = parts;
    this.#shapes = shapes;
    this.#total = parts.source.tables.reduce((sum, { rows }) => sum + rows, 0);
  }

  async write(): Promise<TableSum[]> {
    let sums = await this.#writeAll();
    if (!sums) {
      await this.#clear();
      sums = await this.#writeAll();
    }
    if (!sums) throw new TransferMismatchError('The database was written to by somebody else meanwhile.');
    for (const shape of this.#shapes) await this.#fillIn(shape);
    return sums;
  }

  /** Reads everything back. */
  async check(sums: readonly TableSum[]): Promise<void> {
    this.#done = 0;
    for (const shape of this.#shapes) {
      const digest = new RowDigest();
      await this.#inTransaction(null, async () => {
        for await (const rows of readRows(this.#parts.runner, shape)) {
          digest.add(rows);
          this.#progress('CHECKING', rows.length);
        }
      });
      const [written, read] = [sums.find(({ name }) => name === shape.name), digest.sum(shape.name)];
      if (written?.rows === read.rows && written.sha256 === read.sha256) continue;
      throw new TransferMismatchError(
        `The table ${shape.name} does not read back as it was written (${written?.rows} and ${read.rows} rows).`,
      );
    }
  }

  /** @returns null where there are rows that the source does not have */
  async #writeAll(): Promise<TableSum[] | null> {
    this.#done = 0;
    const sums: TableSum[] = [];
    for (const shape of this.#shapes) {
      const sum = await this.#writeTable(shape);
      if (!sum) return null;
      sums.push(sum);
    }
    return sums;
  }

  async #writeTable(shape: TableShape): Promise<TableSum | null> {
    const { source, runner } = this.#parts;
    const digest = new RowDigest();
    const there = new ThereAlready(runner, shape);
    for await (const rows of source.read(shape.name)) {
      digest.add(rows);
      const missing = await this.#inTransaction(null, () => there.without(rows));
      if (!missing) return null;
      if (missing.length > 0) {
        await this.#inTransaction(shape, () => insertRows(runner, shape, missing, shape.deferred));
      }
      this.#progress('WRITING', rows.length);
    }
    return (await this.#inTransaction(null, () => there.hasMore())) ? null : digest.sum(shape.name);
  }

  async #fillIn(shape: TableShape): Promise<void> {
    if (shape.deferred.length === 0) return;
    const { source, runner } = this.#parts;
    for await (const rows of source.read(shape.name)) {
      await this.#inTransaction(shape, () => fillIn(runner, shape, rows, shape.deferred));
    }
  }

  async #clear(): Promise<void> {
    const { runner } = this.#parts;
    const tables = this.#shapes.map(({ name }) => quoted(name)).join(', ');
    await runner.startTransaction();
    for (const { name, triggers } of this.#shapes) {
      if (triggers) await runner.query(`ALTER TABLE ${quoted(name)} DISABLE TRIGGER USER`);
    }
    await runner.query(`TRUNCATE ${tables}`);
    for (const { name, triggers } of this.#shapes) {
      if (triggers) await runner.query(`ALTER TABLE ${quoted(name)} ENABLE TRIGGER USER`);
    }
    await runner.commitTransaction();
  }

  /** @param written the table that is written to: its triggers are for what people do, not for rows that were there */
  async #inTransaction<T>(written: TableShape | null, work: () => Promise<T>): Promise<T> {
    const { runner, signal } = this.#parts;
    signal.throwIfAborted();
    const name = written?.triggers ? quoted(written.name) : null;
    await runner.startTransaction();
    try {
      for (const setting of canonicalText) await runner.query(setting);
      if (name) await runner.query(`ALTER TABLE ${name} DISABLE TRIGGER USER`);
      const result = await work();
      if (name) await runner.query(`ALTER TABLE ${name} ENABLE TRIGGER USER`);
      await runner.commitTransaction();
      return result;
    } catch (error) {
      await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    }
  }

  #progress(step: TransferProgress['step'], rows: number): void {
    this.#done += rows;
    this.#parts.onProgress({ step, done: this.#done, total: this.#total });
  }
}

/** The rows that a target table has already, read along with those of the source. */
class ThereAlready {
  readonly #rows: AsyncGenerator<Row[]>;
  readonly #masked: ReadonlySet<number>;
  #batch: Row[] = [];
  #ended = false;

  constructor(runner: QueryRunner, shape: TableShape) {
    this.#rows = readRows(runner, shape);
    this.#masked = new Set(
      shape.deferred.map((name) => shape.columns.findIndex((column) => column.name === name)),
    );
  }

  /** Those of the next rows of the source that are missing; null where there is another in the place of one. */
  async without(rows: readonly Row[]): Promise<Row[] | null> {
    for (const [index, row] of rows.entries()) {
      if (!(await this.hasMore())) return rows.slice(index);
      const there = this.#batch.shift();
      if (there && this.#text(there) !== this.#text(row)) return null;
    }
    return [];
  }

  async hasMore(): Promise<boolean> {
    if (this.#batch.length > 0) return true;
    if (this.#ended) return false;
    const next = await this.#rows.next();
    // What has been added here meanwhile is not to be read: everything from here on is missing.
    this.#ended = next.done === true || next.value.length === 0;
    this.#batch = next.done ? [] : next.value;
    return this.#batch.length > 0;
  }

  /** What may have been filled in already is compared when all is read back. */
  #text(row: Row): string {
    return JSON.stringify(row.map((value, index) => (this.#masked.has(index) ? null : value)));
  }
}

function requireSameSchema(source: RowSource, shapes: readonly TableShape[]): void {
  for (const { name, columns } of source.tables) {
    const shape = shapes.find((candidate) => candidate.name === name);
    if (shape && shape.columns.map((column) => column.name).join() === columns.join()) continue;
    throw new TransferMismatchError(`The table ${name} is not the same in the two databases.`);
  }
}

/** Numbers that the database gives go on after the largest that is there. */
async function continueSequences(runner: QueryRunner, shapes: readonly TableShape[]): Promise<void> {
  for (const { name, columns } of shapes) {
    for (const column of columns) {
      const [found]: { sequence: string | null }[] = await runner.query(
        'SELECT pg_get_serial_sequence($1, $2) AS sequence',
        [quoted(name), column.name],
      );
      if (!found?.sequence) continue;
      await runner.query(
        `SELECT setval($1::regclass, max(${quoted(column.name)})) FROM ${quoted(name)} HAVING count(*) > 0`,
        [found.sequence],
      );
    }
  }
}
