import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filtersPerScreen } from '../../shared/contract/find.ts';
import { roles } from '../../shared/model/roles.ts';
import { allAtOnce } from '../../tests/fixtures/all-at-once.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { startDesk } from '../../tests/fixtures/desk.ts';
import type { TestInterviews, TestPerson } from '../../tests/fixtures/interviews.ts';

describe.each(testEngines)('saved filters on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    app = await startDesk(database, engine);
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  const save = (person: TestPerson, name: string, filter = { level: 'SENIOR' }, also = {}) =>
    person.value('filters.save', { screen: 'history', name, filter, ...also });
  const list = (person: TestPerson, screen: 'history' | 'desk' = 'history') =>
    person.value('filters.list', { screen });

  test.each(roles)('a person of role %s keeps filters by name, a list each', async (role) => {
    const person = await app.addPerson(role);
    const seniors = await save(person, ' Seniors ');
    await save(person, 'best first', { level: 'MID' });
    expect((await list(person)).map(({ name }) => name)).toEqual(['best first', 'Seniors']);
    expect(await list(person, 'desk')).toEqual([]);
    const renamed = await person.value('filters.rename', { id: seniors.id, name: 'All seniors' });
    expect(renamed).toEqual({ ...seniors, name: 'All seniors' });
    await person.value('filters.remove', { id: seniors.id });
    await person.value('filters.remove', { id: seniors.id });
    expect((await list(person)).map(({ name }) => name)).toEqual(['best first']);
  });

  test('a name that is taken is told, and replaced only when that is meant', async () => {
    const person = await app.addPerson();
    const { id } = await save(person, 'Mine');
    const other = await save(person, 'Other');
    const input = { screen: 'history', name: 'Mine', filter: { level: 'JUNIOR' } };
    expect(await person.error('filters.save', input)).toMatchObject({
      ...{ code: 'CONFLICT', details: { current: { id, filter: { level: 'SENIOR' } } } },
    });
    expect((await person.error('filters.rename', { id: other.id, name: 'Mine' })).code).toBe('CONFLICT');
    await save(person, 'Mine', { level: 'JUNIOR' }, { replace: true });
    expect(await list(person)).toMatchObject([{ id, filter: { level: 'JUNIOR' } }, { name: 'Other' }]);
  });

  test('two windows that keep one name at once: one is told, and no defect is met', async () => {
    const person = await app.addPerson();
    const codes: string[] = [];
    await allAtOnce(
      database,
      engine,
      { statement: 'LOCK TABLE saved_filters' },
      [1, 2].map(() => async () => {
        const result = await person.result('filters.save', { screen: 'history', name: 'Both', filter: {} });
        codes.push(result.ok ? 'saved' : result.error.code);
      }),
    );
    expect(codes.sort()).toEqual(['CONFLICT', 'saved']);
  });

  test('attack: reading, renaming or removing somebody else’s', async () => {
    const owner = await app.addPerson('INTERVIEWER');
    const { id } = await save(owner, 'Private');
    for (const role of roles) {
      const other = await app.addPerson(role);
      expect(await list(other)).toEqual([]);
      expect((await other.error('filters.rename', { id, name: 'Theirs' })).code).toBe('NOT_FOUND');
      await other.value('filters.remove', { id });
      await save(other, 'Private', { level: 'MID' }, { replace: true });
    }
    expect(await list(owner)).toMatchObject([{ id, name: 'Private', filter: { level: 'SENIOR' } }]);
  });

  test('bad input, and more than anybody needs, is refused with what to do', async () => {
    const person = await app.addPerson();
    const error = async (input: object) =>
      (await person.error('filters.save', { screen: 'history', name: 'A', filter: {}, ...input })).message;
    expect(await error({ name: ' ' })).toBe('Please name the filter.');
    await expect(error({ screen: 'nowhere' })).resolves.toBeTruthy();
    await expect(error({ filter: { level: 7 } })).resolves.toBeTruthy();
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`k${index}`, 'v']));
    expect(await error({ filter: many })).toMatch(/At most 20/);
    for (let count = 0; count < filtersPerScreen; count += 1) await save(person, `Filter ${count}`);
    expect(await error({ name: 'One too many' })).toMatch(/Remove one/);
  });
});
