import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { type PersonalTable, personalTables } from './tables.ts';

test('what the guide says of each table is what the list says', () => {
  const guide = readFileSync(new URL('../../docs/guide/your-data.md', import.meta.url), 'utf8');
  const rows = [...guide.matchAll(/^\| `(\w+)` +\| (.+?) +\| (goes|loses the name|stays) +\|$/gm)];
  const said = { goes: 'GO', 'loses the name': 'LOSE_NAME', stays: 'STAY' };
  expect(
    rows.map(([, name, given, erased]) => ({
      name,
      given: !given?.startsWith('no'),
      selfOnly: given?.endsWith('for you alone'),
      erased: said[erased as keyof typeof said],
    })),
  ).toEqual(
    Object.entries<PersonalTable>(personalTables).map(([name, { given, erased }]) => ({
      ...{ name, erased, given: given !== undefined, selfOnly: given?.selfOnly ?? false },
    })),
  );
});

describe.each(testEngines)('the list of what is personal on %s', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
  });
  afterAll(() => database.close());
  const query = <T>(sql: string, parameters?: unknown[]) => database.dataSource.query<T[]>(sql, parameters);
  const tables = Object.entries(personalTables) as [string, PersonalTable][];
  const namesOf = (erased: PersonalTable['erased']) =>
    tables.filter(([, table]) => table.erased === erased).map(([name]) => name);

  test('has every table: a new one is thought about', async () => {
    const found = await query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()
       AND table_type = 'BASE TABLE' AND table_name NOT IN ('migrations', 'typeorm_metadata')`,
    );
    expect(tables.map(([name]) => name).sort()).toEqual(found.map(({ name }) => name).sort());
  });

  test('says what the foreign keys do when a person is erased', async () => {
    const keys = await query<{ from: string; to: string; act: string }>(
      `SELECT (SELECT relname FROM pg_class WHERE oid = conrelid) AS "from",
         (SELECT relname FROM pg_class WHERE oid = confrelid) AS "to", confdeltype AS act
       FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace`,
    );
    const go = new Set(['users']);
    for (let before = -1; before < go.size; ) {
      before = go.size;
      for (const { from, to, act } of keys) if (act === 'c' && go.has(to)) go.add(from);
    }
    // By their address, in the code that erases.
    go.add('sign_in_throttles');
    expect(namesOf('GO').sort()).toEqual([...go].sort());
    const emptied = keys.filter(({ from, to, act }) => to === 'users' && act === 'n' && !go.has(from));
    const named = new Set([...emptied.map(({ from }) => from), 'audit_entries']);
    expect(namesOf('LOSE_NAME').sort()).toEqual([...named].sort());
  });

  test.each(tables.filter(([, { theirs }]) => theirs))('its SQL runs: %s', async (name, { theirs }) => {
    expect(
      await query(`SELECT FROM ${name} WHERE ${theirs}`, ['0190a3c0-0000-7000-8000-000000000001']),
    ).toEqual([]);
  });
});
