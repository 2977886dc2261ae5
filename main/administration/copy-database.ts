import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describeDatabase, type ServerConfig } from '../config/database.config.ts';
import { connect } from '../database/connect.ts';
import type { Database } from '../database/database.ts';
import { replaceFolder } from '../database/embedded/replace-folder.ts';
import { schemaState } from '../database/migrator.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import type { Recordings } from '../recordings/recordings.ts';
import { readAside, readHeld } from '../transfer/open-source.ts';
import type { RowSource } from '../transfer/row-source.ts';
import { fillDatabase } from '../transfer/write-database.ts';
import type { ServerSettings } from './server-settings.ts';
import { switchDatabase } from './switch-database.ts';
import type { Working } from './works.ts';

export interface CopyParts {
  database: Database;
  recordings: Pick<Recordings, 'whileStill'>;
  settings: ServerSettings;
  /** Of the embedded engine, used or not. */
  embeddedFolder: string;
  /** For what is thrown away. */
  scratch: string;
  template: string | undefined;
}

/**
 * Copies everything into another database. This one is only read. Recordings are files on this machine, which both
 * databases find by the same ids: they stay where they are.
 *
 * @param to null for the embedded engine, whose database of before is kept beside the new one
 * @param use stands still meanwhile, so that nothing is written which the copy would not have, and then uses it
 * @returns what came of it, in words
 */
export async function copyDatabase(
  parts: CopyParts,
  { to, use }: { to: ServerConfig | null; use: boolean },
  working: Working,
): Promise<string> {
  const { database, embeddedFolder, scratch } = parts;
  const { config } = database;
  if (!config) throw new OperationFailure('DATABASE_UNAVAILABLE', 'No database is open.');
  const target = to ?? { kind: 'embedded' as const, folder: embeddedFolder };
  const place = describeDatabase(target);
  if (describeDatabase(config) === place) {
    throw new OperationFailure('CONFLICT', 'That is the database that is open already.');
  }
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(/\D/g, '');
  const made = `${basename(embeddedFolder)}-copying`;
  const kept = `${basename(embeddedFolder)}-kept-${stamp}`;
  let rows = 0;

  const { applied: migrations } = await schemaState(database.connection.dataSource);
  const fill = async (source: RowSource) => {
    rows = await fillTarget(parts, { to, made }, { source, migrations, working });
  };
  const settle = async () => {
    if (!to) await replaceFolder(embeddedFolder, made, kept);
  };

  if (!use) {
    await readAside({ connection: database.connection, config, scratch }, fill);
    await settle();
    return `${rows} rows were copied to ${place} and compared. Parley goes on with the database that is open.`;
  }
  await switchDatabase(parts, to, {
    why: 'Everything is being copied to another database. Parley goes on by itself when that is done.',
    async go() {
      const source = await connect(config, { logEngine: () => undefined });
      try {
        await readHeld(source, fill);
      } finally {
        await source.close();
      }
      await settle();
    },
    async back() {
      if (!to) await replaceFolder(embeddedFolder, kept, made);
    },
  });
  return `${rows} rows were copied to ${place} and compared. Parley uses that database now.`;
}

/** @returns how many rows there are */
async function fillTarget(
  { embeddedFolder, template }: CopyParts,
  { to, made }: { to: ServerConfig | null; made: string },
  order: { source: RowSource; migrations: readonly string[]; working: Working },
): Promise<number> {
  const { source, migrations, working } = order;
  const folder = join(dirname(embeddedFolder), made);
  const target = await connect(to ?? { kind: 'embedded', folder }, { logEngine: () => undefined, template });
  try {
    let phase = '';
    working.step('Making the tables');
    const sums = await fillDatabase(target, source, {
      ...{ migrations, signal: working.signal },
      onProgress({ step, done, total }) {
        if (step !== phase) working.step(step === 'WRITING' ? 'Copying' : 'Comparing what was copied', total);
        phase = step;
        working.at(done, total);
      },
    });
    return sums.reduce((sum, table) => sum + table.rows, 0);
  } finally {
    await target.close();
    if (!to) await rm(`${folder}.lock`, { force: true });
  }
}
