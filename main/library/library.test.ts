import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { competencyLabels } from '../../shared/model/competencies.ts';
import { allAtOnce } from '../../tests/fixtures/all-at-once.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { LibraryQuestion, Setting } from '../database/entities/index.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { installStarter } from './install-starter.ts';
import { createLibrary } from './library.ts';
import { starterLibrary } from './starter/index.ts';

const nobody = '00000000-0000-4000-8000-000000000000';

describe.each(testEngines)('the library on %s', (engine) => {
  const library = createLibrary();
  let database: TestDatabase;
  beforeEach(async () => {
    database = await openTestDatabase(engine);
  });
  afterEach(() => database.close());

  const content = (slug: string) =>
    database.dataSource.getRepository(LibraryQuestion).findOneByOrFail({ slug });
  const [first, ...others] = starterLibrary;
  if (!first) throw new Error('The starter library is empty.');

  test('holds the starter library as it was written, after installing it twice', async () => {
    await library.installStarter(database.dataSource);
    await library.installStarter(database.dataSource);
    const rows = await database.dataSource.getRepository(LibraryQuestion).find();
    const held = rows.map(({ slug, competency, difficulty, content, covers, levels, probes }) => ({
      ...{ slug, competency, difficulty, content, covers, levels, probes },
    }));
    expect(new Set(held.map(({ slug }) => slug)).size).toBe(held.length);
    expect(held.toSorted(bySlug)).toEqual(starterLibrary.toSorted(bySlug));
  });

  test('is installed once by two processes at the same time', async () => {
    await allAtOnce(
      database,
      engine,
      { statement: 'LOCK TABLE settings' },
      [1, 2, 3].map(() => () => library.installStarter(database.dataSource)),
    );
    expect(await database.dataSource.getRepository(LibraryQuestion).count()).toBe(starterLibrary.length);
    const { value } = await database.dataSource
      .getRepository(Setting)
      .findOneByOrFail({ key: 'library.starter' });
    expect(value).toHaveLength(1);
  });

  test('takes new wordings in place, adds what is new and leaves archived questions archived', async () => {
    await installStarter(database.dataSource, [first]);
    const before = await content(first.slug);
    await database.dataSource
      .getRepository(LibraryQuestion)
      .update({ slug: first.slug }, { archivedAt: new Date() });

    await installStarter(database.dataSource, [{ ...first, content: 'Worded better?' }, ...others]);

    const after = await content(first.slug);
    expect(after).toMatchObject({ id: before.id, content: 'Worded better?' });
    expect(after.archivedAt).not.toBeNull();
    expect(await database.dataSource.getRepository(LibraryQuestion).count()).toBe(starterLibrary.length);
  });

  test('keeps the newer wording when an older Parley starts on the same database', async () => {
    await installStarter(database.dataSource, [first]);
    await installStarter(database.dataSource, [{ ...first, content: 'Newer?' }]);
    await installStarter(database.dataSource, [first]);
    expect((await content(first.slug)).content).toBe('Newer?');
  });

  test('counts what can be drawn, without the archived', async () => {
    await library.installStarter(database.dataSource);
    const counts = () => library.handlers(database)['library.competencies'](anyCall);
    const before = await counts();
    expect(before.map(({ key }) => key).toSorted()).toEqual(Object.keys(competencyLabels).toSorted());
    for (const { key, label, EASY, MEDIUM, HARD } of before) {
      const of = (difficulty: string) =>
        starterLibrary.filter((each) => each.competency === key && each.difficulty === difficulty).length;
      expect({ label, EASY, MEDIUM, HARD }).toEqual({
        label: competencyLabels[key],
        ...{ EASY: of('EASY'), MEDIUM: of('MEDIUM'), HARD: of('HARD') },
      });
    }
    await database.dataSource
      .getRepository(LibraryQuestion)
      .update({ competency: 'testing' }, { archivedAt: new Date() });
    expect((await counts()).map(({ key }) => key)).not.toContain('testing');
  });

  test('draws whole questions of the chosen competencies, never archived ones', async () => {
    await library.installStarter(database.dataSource);
    const wish = { personId: nobody, difficulty: 'MID', competencies: ['testing', 'databases'] } as const;
    const all = await library.draw(database.dataSource.manager, { ...wish, count: 16 });
    expect(new Set(all.map(({ competency }) => competency))).toEqual(new Set(wish.competencies));
    const [gone] = all;
    await database.dataSource
      .getRepository(LibraryQuestion)
      .update({ id: gone?.id ?? '' }, { archivedAt: new Date() });
    const left = await library.draw(database.dataSource.manager, { ...wish, count: 15 });
    expect(left.map(({ id }) => id).toSorted()).toEqual(
      all
        .slice(1)
        .map(({ id }) => id)
        .toSorted(),
    );
    await expect(library.draw(database.dataSource.manager, { ...wish, count: 16 })).rejects.toThrow(
      /hold 15 questions/,
    );
  });

  test('names a competency that has no questions', async () => {
    await library.installStarter(database.dataSource);
    const drawing = library.draw(database.dataSource.manager, {
      ...{ personId: nobody, difficulty: 'MID', count: 1, competencies: ['testing', 'cooking'] },
    });
    const failure = await drawing.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OperationFailure);
    expect(failure).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('cooking') });
  });
});

/** The handler looks at nothing of it. */
const anyCall = {
  input: undefined,
  person: { id: nobody, role: 'CANDIDATE', sessionId: nobody },
  client: { id: 'client', label: 'a test' },
} as const;

function bySlug(a: { slug: string | null }, b: { slug: string | null }): number {
  return (a.slug ?? '') < (b.slug ?? '') ? -1 : 1;
}
