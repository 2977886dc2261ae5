import { afterEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase, testEngines } from '../fixtures/databases.ts';

describe.each(testEngines)('entities and migrated schema: %s', (engine) => {
  let database: TestDatabase;
  afterEach(() => database.close());

  test('agree', async () => {
    database = await openTestDatabase(engine);
    const { upQueries } = await database.dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });
});
