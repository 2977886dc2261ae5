import type { Backups } from '../backups/backups.ts';
import { fillFromBackup } from '../backups/make-backup.ts';
import type { Manifest } from '../backups/manifest.ts';
import { applyPending } from '../database/migrator.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import type { Working } from './works.ts';

/**
 * Restores a backup into a database that is thrown away, and runs the migrations that wait on it.
 *
 * @returns how that went, in words
 * @throws MigrationError, which names the statement that failed
 */
export async function rehearse(backups: Backups, manifest: Manifest, working: Working): Promise<string> {
  return backups.scratch.withDatabase(async (database) => {
    await fillFromBackup(database, backups.folder, manifest, working);
    const started = performance.now();
    const applied = await database.withoutTimeLimit(() =>
      applyPending(database.dataSource, () => undefined, {
        onProgress({ done, total, name }) {
          working.signal.throwIfAborted();
          working.step(`Running ${name}`, total);
          working.at(done, total);
        },
      }),
    );
    if (applied.length === 0)
      throw new OperationFailure('CONFLICT', 'No migration waits, so none was rehearsed.');
    const ms = Math.round(performance.now() - started);
    const took = ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    const many = applied.length === 1 ? 'One migration' : `${applied.length} migrations`;
    return `${many} ran through in ${took} on a restored copy of ${rows.toLocaleString('en')} rows, which is thrown away again. The backup it came from is kept.`;
  });
}
