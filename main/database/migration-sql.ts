import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';

/** What a migration sends to the database, statement by statement, as it stands in its file. */
export interface MigrationSql {
  up: string[];
  down: string[];
}

/**
 * Runs a migration against a recorder in place of a database. Migrations here are SQL from beginning to end and ask
 * the database nothing, so that what is recorded is what will run; a test holds each to that.
 */
export async function migrationSql(migration: MigrationInterface): Promise<MigrationSql> {
  const record = async (run: (runner: QueryRunner) => Promise<unknown>) => {
    const statements: string[] = [];
    const query = async (sql: string) => {
      statements.push(unindented(sql));
      return [];
    };
    await run({ query } as unknown as QueryRunner);
    return statements;
  };
  return {
    up: await record((runner) => migration.up(runner)),
    down: await record((runner) => migration.down(runner)),
  };
}

/** The tables that migrations make: whatever else is in a database is somebody else's. */
export async function tablesOfMigrations(dataSource: DataSource): Promise<string[]> {
  const all = await Promise.all(dataSource.migrations.map(migrationSql));
  const sql = all.flatMap(({ up }) => up).join('\n');
  return [...sql.matchAll(/\bCREATE TABLE (?:IF NOT EXISTS )?"?(\w+)"?/gi)].map(([, name]) => name ?? '');
}

/** Without the empty lines around it and the indentation that all its lines share. */
function unindented(sql: string): string {
  const lines = sql
    .replace(/^\s*\n/, '')
    .trimEnd()
    .split('\n');
  const indents = lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length);
  const shared = Math.min(...indents);
  return lines.map((line) => line.slice(shared)).join('\n');
}
