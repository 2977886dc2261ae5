import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LibraryListInput } from '../../shared/contract/library.ts';
import type { QuestionDraft } from '../../shared/model/library.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { startInterviews, type TestInterviews, type TestPerson } from '../../tests/fixtures/interviews.ts';

const blank: Omit<QuestionDraft, 'content'> = {
  ...{ difficulty: 'EASY', competency: 'ours', tags: [], covers: [], probes: [] },
  practice: false,
  levels: ['', '', '', '', ''],
};

const written: (Partial<QuestionDraft> & { content: string })[] = [
  { content: 'How does an index speed up queries?', tags: ['sql'], difficulty: 'HARD' },
  { content: 'What is security worth to you?', tags: ['sql', 'values'] },
  { content: 'What do you like?', covers: ['Indexes, for example'], competency: 'theirs' },
  { content: 'Größe: “Übermut”—naïve или НАИВНО?', probes: ['Στοίχημα'] },
  { content: 'C++ or C#, node.js or an e-mail?' },
  { content: 'שאלה טובה 🎉', levels: ['unusually', '', '', '', ''] },
];

describe.each(testEngines)('the list of library questions on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let ada: TestPerson;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    app = await startInterviews(database, engine);
    ada = await app.addPerson('INTERVIEWER');
    await database.dataSource.query('UPDATE library_questions SET archived_at = now()');
    for (const question of written) await ada.value('library.create', { ...blank, ...question });
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  /** Which of `written` are found, as their places. */
  const find = async (input: LibraryListInput) => {
    const { rows } = await ada.value('library.list', input);
    return rows.map(({ content }) => written.findIndex((each) => each.content === content));
  };

  test.each([
    ['i', [0, 1, 2]],
    ['ind', [0, 2]],
    ['INDEXES', [0, 2]],
    ['query', [0]],
    ['speed quer', [0]],
    ['speed  up, que', [0]],
    ['quer speed', []],
    // As it is typed, letter by letter: stemmed words would be lost on the way.
    ['securi', [1]],
    ['securit', [1]],
    ['security', [1]],
    ['secure', [1]],
    ['sql', [1, 0]],
    ['theirs', [2]],
    ['grosse', []],
    ['größ', [3]],
    ['groß', [3]],
    ['ubermut', [3]],
    ['ÜBERMUT naive', [3]],
    ['наив', [3]],
    ['στοιχ', [3]],
    ['c++', [4]],
    ['c#', [4]],
    ['node.js', [4]],
    ['e-mail', [4]],
    ['שאלה', [5]],
    ['unusual', [5]],
    ['zzz', []],
    ["' | & ! ( ) :* <-> \\ \0", [5, 4, 3, 2, 1, 0]],
    ["index' & !x | (speed:*) --", []],
    ['🎉', [5, 4, 3, 2, 1, 0]],
  ])('%j finds %j', async (search, found) => {
    const places = await find({ search });
    expect(places.toSorted()).toEqual(found.toSorted());
  });

  test('what has the words in its text comes before what has them beside it', async () => {
    expect(await find({ search: 'index' })).toEqual([0, 2]);
  });

  test('filters narrow together', async () => {
    expect(await find({ competency: 'theirs' })).toEqual([2]);
    expect(await find({ difficulty: 'HARD' })).toEqual([0]);
    expect(await find({ tags: ['sql'] })).toEqual([1, 0]);
    expect(await find({ tags: ['sql', 'values'] })).toEqual([1]);
    expect(await find({ tags: ['sql'], search: 'index' })).toEqual([0]);
    expect(await find({ tags: [] })).toHaveLength(written.length);
    expect((await ada.value('library.list', { archived: true })).rows.length).toBe(30);
  });

  test('by when it was asked, never among it', async () => {
    const asked = (place: number, count: number, ago: string) =>
      database.dataSource.query(
        `UPDATE library_questions SET asked_count = $2, last_asked_at = now() - $3::interval WHERE content = $1`,
        [written[place]?.content, count, ago],
      );
    await asked(0, 5, '2 months');
    await asked(1, 5, '8 months');
    await asked(2, 1, '1 day');
    expect(await find({ asked: 'NEVER' })).toEqual([5, 4, 3]);
    expect(await find({ asked: 'LATELY', months: 1 })).toEqual([2]);
    expect(await find({ asked: 'LATELY' })).toEqual([2, 0]);
    expect(await find({ asked: 'NOT_LATELY' })).toEqual([5, 4, 3, 1]);
    expect(await find({ sort: 'MOST_ASKED' })).toEqual([1, 0, 2, 5, 4, 3]);
    expect(await find({ sort: 'LEAST_ASKED' })).toEqual([3, 4, 5, 2, 0, 1]);
    expect(await find({ sort: 'LAST_ASKED' })).toEqual([2, 0, 1, 5, 4, 3]);
    // Relevance is of a search only.
    expect(await find({ sort: 'RELEVANCE' })).toEqual([5, 4, 3, 2, 1, 0]);
  });

  test.each([
    {},
    { sort: 'MOST_ASKED' },
    { sort: 'LEAST_ASKED' },
    { sort: 'LAST_ASKED' },
    { search: 'w' },
    { search: 'i', sort: 'NEWEST' },
    { archived: true },
  ] as LibraryListInput[])('page by page every question comes once, in one order: %j', async (input) => {
    const whole = await ada.value('library.list', { ...input, limit: 100 });
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const page = await ada.value('library.list', { ...input, limit: 2, after });
      ids.push(...page.rows.map(({ id }) => id));
      after = page.next ?? undefined;
    } while (after);
    expect(ids).toEqual(whole.rows.map(({ id }) => id));
    expect(ids.length).toBeGreaterThan(1);
  });

  test.each(['', 'x', 'WyJORVdFU1QiXQ', Buffer.from('["NEWEST","x","y"]').toString('base64url')])(
    'attack: the cursor %j',
    async (after) => {
      expect((await ada.error('library.list', { after })).code).toBe('INVALID_INPUT');
    },
  );

  test('what one can filter by is counted, the archived left out', async () => {
    const facets = await ada.value('library.facets', undefined);
    expect(facets).toMatchObject({
      total: written.length,
      competencies: [
        { value: 'ours', count: 5 },
        { value: 'theirs', count: 1 },
      ],
      tags: [
        { value: 'sql', count: 2 },
        { value: 'values', count: 1 },
      ],
    });
    expect(facets.archived).toBeGreaterThan(60);
  });
});
