import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { CommandFailure } from './command.ts';
import { schemaState } from './migrator.ts';

/**
 * Writes a migration that takes the schema of the database to that of the entities, and adds it to index.ts beside it.
 *
 * @param options.name in the style of a class, such as `AddNotes`
 * @param options.now the timestamp of its name, in ms since 1970
 * @returns the file's path; null where the two agree, and nothing is written
 * @throws CommandFailure for a name that cannot be used, or a schema that is not up to date
 */
export async function writeMigration(
  dataSource: DataSource,
  { name, folder, now }: { name: string; folder: string; now: number },
): Promise<string | null> {
  if (!/^[A-Z][A-Za-z0-9]{0,79}$/.test(name)) {
    throw new CommandFailure(
      `The name must be like AddNotes: letters and digits, a capital first. “${name}” is not.`,
    );
  }
  const { pending, newer } = await schemaState(dataSource);
  if (newer.length > 0)
    throw new CommandFailure('The database was made by a newer Parley. Update Parley first.');
  if (pending.length > 0) {
    throw new CommandFailure(
      'The schema is not up to date, so nothing can be compared with it. Run `npm run migration:run` first.',
    );
  }
  const { upQueries, downQueries } = await dataSource.driver.createSchemaBuilder().log();
  if (upQueries.length === 0) return null;
  for (const { parameters } of [...upQueries, ...downQueries]) {
    // A generated column, say: its expression goes into a table of TypeORM's. Nobody should guess at that.
    if (parameters?.length) throw new CommandFailure('This change needs a migration written by hand.');
  }
  const index = join(folder, 'index.ts');
  const added = addToIndex(readFileSync(index, 'utf8'), { name, now });
  const file = join(folder, `${now}-${name}.ts`);
  const up = upQueries.map(({ query }) => query);
  const down = downQueries.map(({ query }) => query).reverse();
  writeFileSync(file, migrationSource({ name, now, up, down }), { flag: 'wx' });
  writeFileSync(index, added);
  return file;
}

interface Named {
  name: string;
  now: number;
}

function migrationSource({ name, now, up, down }: Named & { up: string[]; down: string[] }): string {
  return `import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Generated from the entities: say here what it is for. */
export class ${name}${now} implements MigrationInterface {
  name = '${name}${now}';

  async up(queryRunner: QueryRunner): Promise<void> {
${calls(up)}
  }

  async down(queryRunner: QueryRunner): Promise<void> {
${calls(down)}
  }
}
`;
}

function calls(queries: string[]): string {
  const escaped = queries.map((query) => query.replaceAll(/[\\`]|\$\{/g, '\\$&'));
  return escaped.map((query) => `    await queryRunner.query(\`\n      ${query}\n    \`);`).join('\n');
}

function addToIndex(source: string, { name, now }: Named): string {
  const className = `${name}${now}`;
  const imported = [...source.matchAll(/^import .*;\n/gm)].at(-1);
  const list = /\n\] as const;/.exec(source);
  if (!imported || !list)
    throw new CommandFailure('migrations/index.ts does not look as it did; nothing was written.');
  const after = imported.index + imported[0].length;
  return [
    source.slice(0, after),
    `import { ${className} } from './${now}-${name}.ts';\n`,
    source.slice(after, list.index),
    `\n  ${className},`,
    source.slice(list.index),
  ].join('');
}
