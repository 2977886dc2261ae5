import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describeDatabase, type ServerConfig } from '../config/database.config.ts';
import { connect } from '../database/connect.ts';
import type { Database } from '../database/database.ts';
import { replaceFolder } from '../database/embedded/replace-folder.ts';
import { isUnfinishedCopy, schemaState } from '../database/migrator.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { type ComparedSums, compareSums } from '../recordings/compare-sums.ts';
import type { Recordings } from '../recordings/recordings.ts';
import type { RecordingsPlace } from '../recordings/recordings-place.ts';
import { readAside, readHeld } from '../transfer/open-source.ts';
import type { RowSource } from '../transfer/row-source.ts';
import { fillDatabase } from '../transfer/write-database.ts';
import type { ServerSettings } from './server-settings.ts';
import { switchDatabase } from './switch-database.ts';
import type { Working } from './works.ts';

export interface CopyParts {
  database: Database;
  recordings: Pick<Recordings, 'whileStill'>;
  place: Pick<RecordingsPlace, 'folder' | 'isThere'>;
  settings: ServerSettings;
  /** Of the embedded engine, used or not. */
  embeddedFolder: string;
  /** For what is thrown away. */
  scratch: string;
  template: string | undefined;
}

/**
 * Copies everything into another database. This one is only read. Recordings are files on this machine, which both
 * databases find by the same ids: they stay where they are, and are compared with the sums that the copy has of them.
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
  let copied = '';

  const { applied: migrations } = await schemaState(database.connection.dataSource);
  const fill = async (source: RowSource) => {
    copied = await fillTarget(parts, { to, made }, { source, migrations, working });
  };
  const settle = async () => {
    if (!to) await replaceFolder(embeddedFolder, made, kept);
  };

  if (!use) {
    await readAside({ connection: database.connection, config, scratch }, fill);
    await settle();
    return `Copied to ${place}: ${copied} Parley goes on with the database that is open.`;
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
      // Where there was none before, there is nothing to take back: the new one is not opened without the settings.
      if (!to && existsSync(join(dirname(embeddedFolder), kept)))
        await replaceFolder(embeddedFolder, kept, made);
    },
  });
  return `Copied to ${place}: ${copied} Parley uses that database now.`;
}

/** @returns what was copied and compared, in sentences */
async function fillTarget(
  { embeddedFolder, place, template }: CopyParts,
  { to, made }: { to: ServerConfig | null; made: string },
  order: { source: RowSource; migrations: readonly string[]; working: Working },
): Promise<string> {
  const { source, migrations, working } = order;
  const folder = join(dirname(embeddedFolder), made);
  const open = () => connect(to ?? { kind: 'embedded', folder }, { logEngine: () => undefined, template });
  const isLeft = !to && existsSync(folder);
  let target = await open();
  if (isLeft && !(await isUnfinishedCopy(target.dataSource))) {
    // One that was finished and never put in its place, by a kill just then: nobody has ever used it.
    await target.close();
    await rm(folder, { recursive: true, force: true });
    target = await open();
  }
  try {
    let phase = '';
    working.step('Making the tables');
    const sums = await fillDatabase(target, source, {
      ...{ migrations, signal: working.signal },
      onProgress({ step, done, total }) {
        if (step !== phase)
          working.step(step === 'WRITING' ? 'Writing rows' : 'Comparing what was written', total);
        phase = step;
        working.at(done, total);
      },
    });
    const rows = sums.reduce((sum, table) => sum + table.rows, 0);
    const words = `${rows.toLocaleString('en')} rows, compared by their checksums.`;
    if (!(await place.isThere()))
      return `${words} The folder of recordings is away, so they were not compared.`;
    working.step('Comparing recordings');
    const { signal } = working;
    const onProgress = (done: number, total: number) => working.at(done, total);
    return `${words} ${recordingsWords(await compareSums(target.dataSource, place.folder, { signal, onProgress }))}`;
  } finally {
    await target.close();
    if (!to) await rm(`${folder}.lock`, { force: true });
  }
}

function recordingsWords({ same, missing, different }: ComparedSums): string {
  if (same + missing + different === 0) return 'There are no recordings yet.';
  const counted = (count: number) =>
    `${count.toLocaleString('en')} ${count === 1 ? 'recording is' : 'recordings are'}`;
  const parts = [`${counted(same)} the same by checksum`];
  if (missing > 0) parts.push(`${counted(missing)} not on this machine`);
  if (different > 0) parts.push(`${counted(different)} here with other bytes`);
  return `${parts.join(', ')}.`;
}
