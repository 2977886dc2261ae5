import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DataSource, EntitySchema, type MigrationInterface } from 'typeorm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { writeMigration } from './generate-migration.ts';

/** Holds what ends a template. */
const awkward = ['a `quoted` \\ $', '{text}'].join('');

const sticker = new EntitySchema<{ id: string; text: string }>({
  name: 'Sticker',
  tableName: 'stickers',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'stickers_pkey' },
    text: { type: 'text', default: awkward },
  },
});

const emptyList = `import { Nothing } from './nothing.ts';

export const migrations = [
  Nothing,
] as const;
`;

describe.each(testEngines)('a migration that is generated: %s', (engine) => {
  let database: TestDatabase;
  let folder: string;
  beforeEach(async () => {
    database = await openTestDatabase(engine);
    folder = mkdtempSync(join(tmpdir(), 'parley-test-'));
    writeFileSync(join(folder, 'index.ts'), emptyList);
  });
  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens the database as an app with one entity more. */
  async function changed(): Promise<DataSource> {
    const { options } = database.dataSource;
    await database.dataSource.destroy();
    const dataSource = new DataSource({ ...options, entities: [...(options.entities as []), sticker] });
    return dataSource.initialize();
  }

  test('takes the schema to the entities and back', async () => {
    const dataSource = await changed();
    const file = await writeMigration(dataSource, { name: 'AddNotes', folder, now: 1_900_000_000_000 });
    expect(file).toBe(join(folder, '1900000000000-AddNotes.ts'));
    expect(readFileSync(join(folder, 'index.ts'), 'utf8')).toBe(`import { Nothing } from './nothing.ts';
import { AddNotes1900000000000 } from './1900000000000-AddNotes.ts';

export const migrations = [
  Nothing,
  AddNotes1900000000000,
] as const;
`);
    const written: Record<string, new () => MigrationInterface> = await import(
      /* @vite-ignore */ pathToFileURL(String(file)).href
    );
    const made = written.AddNotes1900000000000;
    if (!made) throw new Error('The class is missing.');
    const migration = new made();
    expect(migration.name).toBe('AddNotes1900000000000');

    const runner = dataSource.createQueryRunner();
    await migration.up(runner);
    const [row] = await runner.query(
      `INSERT INTO stickers (id) VALUES ('00000000-0000-7000-8000-000000000001') RETURNING text`,
    );
    expect(row.text).toBe(awkward);
    await runner.release();
    expect(await writeMigration(dataSource, { name: 'Again', folder, now: 1_900_000_001_000 })).toBe(null);

    const another = dataSource.createQueryRunner();
    await migration.down(another);
    await another.release();
    expect(await dataSource.query("SELECT to_regclass('stickers') AS stickers")).toEqual([
      { stickers: null },
    ]);
    await dataSource.destroy();
  });

  test('is not written where the entities and the schema agree', async () => {
    expect(await writeMigration(database.dataSource, { name: 'Nothing', folder, now: 1 })).toBe(null);
    expect(readdirSync(folder)).toEqual(['index.ts']);
  });

  test('has a name that can be a class’s and a file’s', async () => {
    const names = [
      '',
      'addNotes',
      '../AddNotes',
      'Add Notes',
      'A{}process.exit();',
      'Ä',
      '1Notes',
      'A'.repeat(81),
    ];
    for (const name of names) {
      const writing = writeMigration(database.dataSource, { name, folder, now: 1 });
      await expect(writing).rejects.toThrow('The name must be like AddNotes');
    }
  });

  test('is not written beside a list that cannot be read', async () => {
    writeFileSync(join(folder, 'index.ts'), 'export const migrations = everything();\n');
    const dataSource = await changed();
    const writing = writeMigration(dataSource, { name: 'AddNotes', folder, now: 1_900_000_000_000 });
    await expect(writing).rejects.toThrow('nothing was written');
    expect(readdirSync(folder)).toEqual(['index.ts']);
    await dataSource.destroy();
  });
});
