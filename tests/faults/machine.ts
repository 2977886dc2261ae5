import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataPaths } from '../../main/config/data-paths.ts';
import { createDataSource } from '../../main/database/data-source.ts';
import { type EmbeddedEngine, openEmbeddedEngine } from '../../main/database/embedded/embedded-engine.ts';
import { sharedTemplate } from '../../main/database/embedded/testing.ts';
import { startRecordings, type TestRecordings } from '../fixtures/recordings.ts';

/** The recordings of one machine behind a real gate, on the embedded engine, without a window. */
export interface Machine {
  folder: string;
  engine: EmbeddedEngine;
  recordings: TestRecordings;
  /** Closes what is open; the folder stays. */
  close(): Promise<void>;
}

/** A folder for one row. @returns it, and what removes it */
export function rowFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'parley-faults-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Opens a data folder, an empty one too. */
export async function openMachine(folder: string): Promise<Machine> {
  const paths = dataPaths({ PARLEY_DATA_DIR: folder });
  const engine = await openEmbeddedEngine({
    folder: paths.database,
    template: await sharedTemplate(),
    log: () => undefined,
  });
  const dataSource = await createDataSource({ kind: 'embedded', engine }).initialize();
  await dataSource.runMigrations({ transaction: 'each' });
  const environment = { PARLEY_DATA_DIR: folder, DATABASE_HOST: '' };
  const recordings = startRecordings(
    { dataSource, paths, environment, close: async () => undefined },
    'embedded',
  );
  return {
    ...{ folder, engine, recordings },
    async close() {
      await recordings.close();
      await dataSource.destroy();
      await engine.close();
    },
  };
}
