import { constants } from 'node:fs';
import { cp, mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { v7 } from 'uuid';
import type { DatabaseConfig } from '../config/database.config.ts';
import { type Connection, connect } from '../database/connect.ts';
import { withoutSilenceLimit } from '../database/connection.ts';
import { tablesOfMigrations } from '../database/migration-sql.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { listTree } from '../recordings/move-files.ts';
import { type RowSource, withSnapshot } from './row-source.ts';

/**
 * Reads a database as it is at this moment, in one transaction on its own connection. With the embedded engine, which
 * has but one, everybody else waits until the end.
 */
export async function readHeld<T>(
  { dataSource, withoutTimeLimit }: Connection,
  work: (source: RowSource) => Promise<T>,
): Promise<T> {
  const names = await tablesOfMigrations(dataSource);
  const runner = dataSource.createQueryRunner();
  try {
    const client: ClientBase = await runner.connect();
    return await withoutTimeLimit(() => withoutSilenceLimit(client, () => withSnapshot(runner, names, work)));
  } finally {
    await runner.release();
  }
}

/**
 * The same without holding anybody up for longer than a moment: of the embedded engine a copy of its folder is read,
 * taken while its session stands still.
 *
 * @param scratch a folder for that copy, on the same disk; what is made in it is removed
 */
export async function readAside<T>(
  parts: { connection: Connection; config: DatabaseConfig; scratch: string },
  work: (source: RowSource) => Promise<T>,
): Promise<T> {
  const { connection, config, scratch } = parts;
  if (config.kind === 'server') return readHeld(connection, work);
  const folder = join(scratch, `snapshot-${v7()}`);
  try {
    await copyFolder(connection, config.folder, folder);
    const copy = await connect({ kind: 'embedded', folder }, { logEngine: () => undefined });
    try {
      return await readHeld(copy, work);
    } finally {
      await copy.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(`${folder}.lock`, { force: true });
  }
}

/** Nothing is written while a transaction of ours has the only session, so that the files are of one moment. */
async function copyFolder({ dataSource }: Connection, from: string, to: string): Promise<void> {
  await mkdir(join(to, '..'), { recursive: true, mode: 0o700 });
  const runner = dataSource.createQueryRunner();
  try {
    await runner.connect();
    await runner.query('CHECKPOINT');
    await runner.startTransaction();
    await requireRoom(from, join(to, '..'));
    // Where the file system can, it shares the blocks of the two.
    await cp(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE });
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

/** @throws OperationFailure DISK_FULL */
async function requireRoom(from: string, to: string): Promise<void> {
  const { files } = await listTree(from);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const { bavail, bsize } = await statfs(to);
  if (bavail * bsize > bytes * 1.2) return;
  throw new OperationFailure(
    'DISK_FULL',
    'There is no room on the disk for a second copy of the database, which this needs for a while. Free some space, then try again.',
  );
}
