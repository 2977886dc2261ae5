import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { initialiseCluster } from './cluster.ts';
import { packFolder } from './tarball.ts';

/**
 * Writes the template of a first start: an empty database, closed cleanly, as a gzipped tar file. Made at
 * build time, it spares the first start on a person's machine the seconds that making one takes. Blocks the
 * thread for about four seconds; for build scripts.
 */
export async function writeTemplate(file: string): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'parley-template-'));
  try {
    const cluster = join(work, 'cluster');
    mkdirSync(cluster, { mode: 0o700 });
    await initialiseCluster(cluster);
    mkdirSync(dirname(file), { recursive: true });
    // Renamed into place: who finds the file finds it whole.
    const draft = `${file}.${randomUUID()}`;
    writeFileSync(draft, packFolder(cluster));
    renameSync(draft, file);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
