import type { DataSource } from 'typeorm';
import type { Migration } from '../../shared/contract/migrations.ts';
import { migrationSql } from '../database/migration-sql.ts';
import { migrationRuns, schemaState } from '../database/migrator.ts';

/** Every migration that this app knows or the database has, the newest first. */
export async function listMigrations(dataSource: DataSource): Promise<Migration[]> {
  const { applied, newer } = await schemaState(dataSource);
  const runs = applied.length > 0 ? await migrationRuns(dataSource) : {};
  const known = await Promise.all(
    dataSource.migrations.map(async (migration): Promise<Migration> => {
      const name = migration.name ?? migration.constructor.name;
      const isApplied = applied.includes(name);
      const run = isApplied ? runs[name] : undefined;
      return {
        name,
        state: isApplied ? 'APPLIED' : 'PENDING',
        appliedAt: run?.appliedAt ?? null,
        durationMs: run?.durationMs ?? null,
        ...(await migrationSql(migration)),
      };
    }),
  );
  const unknown = newer.map((name): Migration => {
    const run = runs[name];
    return {
      ...{ name, state: 'UNKNOWN', up: [], down: [] },
      ...{ appliedAt: run?.appliedAt ?? null, durationMs: run?.durationMs ?? null },
    };
  });
  return [...known, ...unknown].reverse();
}
