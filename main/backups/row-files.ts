import { createReadStream, createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { RowSource } from '../transfer/row-source.ts';
import { type Row, RowDigest } from '../transfer/rows.ts';
import type { Manifest } from './manifest.ts';

/** A file of a backup is not as it was written. */
export class BackupDamagedError extends Error {
  override readonly name = 'BackupDamagedError';
}

const BATCH_ROWS = 500;

const fileOf = (folder: string, table: string) => join(folder, `${table}.jsonl.gz`);

/** Writes every table of a source into a folder, a file each, a row a line, and flushes them to disk. */
export async function writeRowFiles(
  source: RowSource,
  folder: string,
  { signal, onRows }: { signal: AbortSignal; onRows: (rows: number) => void },
): Promise<Manifest['tables']> {
  const tables: Manifest['tables'] = [];
  for (const { name, columns } of source.tables) {
    const digest = new RowDigest();
    const lines = async function* () {
      for await (const rows of source.read(name)) {
        yield digest.add(rows);
        onRows(rows.length);
      }
    };
    const file = fileOf(folder, name);
    await pipeline(Readable.from(lines()), createGzip(), createWriteStream(file, { mode: 0o600 }), {
      signal,
    });
    await flush(file);
    const { rows, sha256 } = digest.sum(name);
    tables.push({ name, columns: [...columns], rows, sha256, bytes: (await stat(file)).size });
  }
  return tables;
}

/** A backup's rows, to be written into a database. Reading throws BackupDamagedError where a file is not whole. */
export function rowFiles(folder: string, { tables }: Manifest): RowSource {
  return {
    tables,
    async *read(name) {
      const table = tables.find((candidate) => candidate.name === name);
      if (!table) throw new BackupDamagedError(`The backup has no table ${name}.`);
      const digest = new RowDigest();
      try {
        for await (const rows of batches(fileOf(folder, name))) {
          digest.add(rows);
          yield rows;
        }
      } catch (error) {
        if (!isDamage(error)) throw error;
        throw new BackupDamagedError(`${fileOf(folder, name)} cannot be read.`, { cause: error });
      }
      const { rows, sha256 } = digest.sum(name);
      if (rows === table.rows && sha256 === table.sha256) return;
      throw new BackupDamagedError(`${fileOf(folder, name)} is not as it was written.`);
    },
  };
}

async function* batches(file: string): AsyncGenerator<Row[]> {
  let rows: Row[] = [];
  for await (const line of lines(file)) {
    rows.push(JSON.parse(line));
    if (rows.length < BATCH_ROWS) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

/** By line feeds alone: readline would also split at separators that JSON leaves in a text. */
async function* lines(file: string): AsyncGenerator<string> {
  const text = createReadStream(file).on('error', (error) => gunzip.destroy(error));
  const gunzip = createGunzip();
  text.pipe(gunzip).setEncoding('utf8');
  let rest = '';
  for await (const piece of gunzip) {
    const parts = (rest + piece).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest) yield rest;
}

/** A file that is missing, cut off or altered; not what whoever takes the rows has thrown. */
function isDamage(error: unknown): boolean {
  if (error instanceof SyntaxError) return true;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === 'ENOENT' || code === 'EIO' || code.startsWith('Z_');
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
