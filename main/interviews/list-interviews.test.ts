import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InterviewListInput, InterviewRow } from '../../shared/contract/interviews.ts';
import { addBulkInterviews } from '../../tests/fixtures/bulk-interviews.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import {
  addTake,
  startInterviews,
  type TestInterviews,
  type TestPerson,
  usualPractice,
} from '../../tests/fixtures/interviews.ts';

describe.each(testEngines)('the list of interviews on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let person: TestPerson;
  /** Has 20,000 interviews, none of which must ever show with the other person's 2,000. */
  let veteran: TestPerson;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    app = await startInterviews(database, engine);
    person = await app.addPerson();
    await addBulkInterviews(database.dataSource, person.id, { interviews: 2_000 });
    veteran = await app.addPerson();
    await addBulkInterviews(database.dataSource, veteran.id, { questionsEach: 4 });
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  /** Every row of a list, page by page. */
  async function wholeList(input: InterviewListInput): Promise<InterviewRow[]> {
    const rows: InterviewRow[] = [];
    let after: string | undefined;
    do {
      const page = await person.value('interviews.list', { ...input, after });
      rows.push(...page.rows);
      after = page.next ?? undefined;
    } while (after);
    return rows;
  }

  /** What the database itself says a list holds, unpaged. */
  const idsWhere = async (condition: string, orderBy: string): Promise<string[]> =>
    (
      await database.dataSource.query<{ id: string }[]>(
        `SELECT id FROM interviews WHERE user_id = $1 AND ${condition} ORDER BY ${orderBy}`,
        [person.id],
      )
    ).map(({ id }) => id);

  const occurred = 'coalesce(started_at, created_at)';

  test.each([
    ['NEWEST', `${occurred} DESC, id DESC`],
    ['OLDEST', `${occurred}, id`],
    ['HIGHEST_SCORE', 'score DESC NULLS LAST, id DESC'],
    ['LOWEST_SCORE', 'score NULLS LAST, id'],
  ] as const)('%s shows everything once, in order, page by page', async (sort, orderBy) => {
    const rows = await wholeList({ sort, limit: 100 });
    expect(rows.map(({ id }) => id)).toEqual(await idsWhere('deleted_at IS NULL', orderBy));
  });

  test('filters by status, difficulty, time and deletion', async () => {
    const cases: [InterviewListInput, string][] = [
      [{ status: 'PENDING' }, `deleted_at IS NULL AND status = 'PENDING'`],
      [
        { status: 'ABANDONED', difficulty: 'SENIOR' },
        `deleted_at IS NULL AND status = 'ABANDONED' AND difficulty = 'SENIOR'`,
      ],
      [{ deleted: true }, 'deleted_at IS NOT NULL'],
      [
        { from: '2024-01-01T00:00:00+02:00', until: '2024-03-01T00:00:00Z' },
        `deleted_at IS NULL AND ${occurred} >= '2023-12-31T22:00Z' AND ${occurred} < '2024-03-01Z'`,
      ],
    ];
    for (const [filter, condition] of cases) {
      for (const [sort, orderBy] of [
        ['NEWEST', `${occurred} DESC, id DESC`],
        ['LOWEST_SCORE', 'score NULLS LAST, id'],
      ] as const) {
        const rows = await wholeList({ ...filter, sort, limit: 100 });
        expect(rows.map(({ id }) => id)).toEqual(await idsWhere(condition, orderBy));
      }
    }
  });

  test('counts questions and answers as the interview itself does', async () => {
    const { rows } = await person.value('interviews.list', { limit: 40 });
    for (const { id, questionCount, answeredCount, ...row } of rows) {
      const { questions, ...whole } = await person.value('interviews.get', { id });
      expect(whole).toMatchObject(row);
      expect(questionCount).toBe(questions.length);
      expect(answeredCount).toBe(questions.filter(({ state }) => state === 'ANSWERED').length);
    }
    expect(new Set(rows.map(({ answeredCount }) => answeredCount)).size).toBeGreaterThan(1);
  });

  test('counts an answer of which only a take is there, once it has ended', async () => {
    const { id, questions } = await person.value('practice.create', usualPractice);
    const answered = async () =>
      (await person.value('interviews.list', { limit: 1 })).rows.map((row) => [row.id, row.answeredCount]);
    await addTake(database.dataSource, questions[0]?.id ?? '', { state: 'RECORDING' });
    expect(await answered()).toEqual([[id, 0]]);
    await addTake(database.dataSource, questions[1]?.id ?? '', { state: 'STOPPED' });
    await addTake(database.dataSource, questions[1]?.id ?? '', { number: 2 });
    expect(await answered()).toEqual([[id, 1]]);
    await database.dataSource.query('DELETE FROM interviews WHERE id = $1', [id]);
  });

  test('goes on where it was when interviews come and go in between', async () => {
    const first = await person.value('interviews.list', { limit: 5 });
    const { id } = await person.value('practice.create', usualPractice);
    const gone = first.rows.at(-1)?.id ?? '';
    const expected = (await person.value('interviews.list', { limit: 11 })).rows
      .slice(6)
      .map((row) => row.id);
    await person.value('interviews.delete', { id: gone });
    const second = await person.value('interviews.list', { limit: 5, after: first.next ?? '' });
    expect(second.rows.map((row) => row.id)).toEqual(expected);
    await person.value('interviews.restore', { id: gone });
    await database.dataSource.query('DELETE FROM interviews WHERE id = $1', [id]);
  });

  test('refuses cursors that it did not give out, and input without meaning', async () => {
    const { next } = await person.value('interviews.list', { limit: 1 });
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const id = '0197aaaa-0000-7000-8000-000000000000';
    const refused = [
      ...['', 'x', '%%%', 'null', next?.slice(0, -5), `x${next}`, 'A'.repeat(501), '\0'].map((after) => ({
        after,
      })),
      ...[
        null,
        [],
        ['NEWEST', '2026-01-01T00:00:00Z', id],
        ['NEWEST', '0000-01-01T00:00:00.000000Z', id],
        ['NEWEST', '2026-02-30T00:00:00.000000Z', id],
        ['NEWEST', "2026-01-01T00:00:00.000000Z'; --", id],
        ['NEWEST', 'infinity', id],
        ['NEWEST', '2026-01-01T00:00:00.000000Z', 'x'],
        ['NEWEST', '2026-01-01T00:00:00.000000Z', id, 1],
        ['HIGHEST_SCORE', '50.00', id],
        { sort: 'NEWEST' },
      ].map((cursor) => ({ after: encode(cursor) })),
      ...['1e400', 'NaN', '-2', '1234', ''].map((score) => ({
        ...{ sort: 'HIGHEST_SCORE', after: encode(['HIGHEST_SCORE', score, id]) },
      })),
      ...[{ from: 'yesterday' }, { until: '2026-13-01T00:00:00Z' }, { from: 0 }, { from: '2026-01-01' }],
      ...[
        { limit: 0 },
        { limit: 101 },
        { limit: '10' },
        { sort: 'score; DROP TABLE' },
        { status: 'pending' },
      ],
      ...[{ status: ['PENDING'] }, null, 'NEWEST'],
    ];
    for (const input of refused) {
      expect([input, (await person.error('interviews.list', input)).code]).toEqual([input, 'INVALID_INPUT']);
    }
  });

  test('bears the ends of time', async () => {
    const far = { from: '0000-01-01T00:00:00+23:59', until: '9999-12-31T23:59:59.999-23:59' };
    expect((await person.value('interviews.list', far)).rows).toHaveLength(30);
    expect((await person.value('interviews.list', { until: far.from })).rows).toEqual([]);
    expect((await person.value('interviews.list', { from: far.until })).rows).toEqual([]);
  });

  describe('reads by an index and sorts no more than a page', () => {
    const filters: InterviewListInput[] = [{}, { status: 'COMPLETED' }, { difficulty: 'MID' }];
    test.each(['NEWEST', 'OLDEST', 'HIGHEST_SCORE', 'LOWEST_SCORE'] as const)('%s', async (sort) => {
      for (const filter of filters) {
        let after: string | undefined;
        // The first page, the second, and one far down.
        for (const page of [1, 2, 'far down']) {
          const plan = await planOf(database, () =>
            veteran.value('interviews.list', { ...filter, sort, after }),
          );
          expect(plan, `${sort} ${JSON.stringify(filter)} page ${page}`).toMatch(
            /Index (Only )?Scan.* using interviews_user_/,
          );
          expect(plan).not.toMatch(/Seq Scan|Sort|Bitmap/);
          after =
            page === 1
              ? ((await veteran.value('interviews.list', { ...filter, sort })).next ?? '')
              : await cursorFarDown(filter, sort);
        }
      }
    });

    async function cursorFarDown(filter: InterviewListInput, sort: InterviewListInput['sort']) {
      let after = '';
      for (let page = 0; page < 5; page += 1) {
        const { next } = await veteran.value('interviews.list', {
          ...{ ...filter, sort, limit: 100, after: after || undefined },
        });
        after = next ?? '';
      }
      return after;
    }

    test('what is to be resumed', async () => {
      const plan = await planOf(database, () => veteran.value('interviews.unfinished', undefined));
      expect(plan).toMatch(/Index Scan using interviews_one_practice_key/);
    });

    test('an interview with its questions', async () => {
      const [row] = (await veteran.value('interviews.list', { limit: 1 })).rows;
      const plan = await planOf(database, () => veteran.value('interviews.get', { id: row?.id ?? '' }));
      expect(plan).not.toMatch(/Seq Scan on (interviews|questions|answers)/);
    });
  });
});

/** The plans of the statements that a piece of work sends, as the database explains them. */
async function planOf({ dataSource }: TestDatabase, work: () => Promise<unknown>): Promise<string> {
  const { logger } = dataSource;
  const sent: { query: string; parameters: unknown[] }[] = [];
  dataSource.logger = Object.assign(Object.create(logger), {
    logQuery: (query: string, parameters: unknown[] = []) => sent.push({ query, parameters }),
  });
  try {
    await work();
  } finally {
    dataSource.logger = logger;
  }
  const plans = [];
  for (const { query, parameters } of sent) {
    const lines = await dataSource.query<Record<'QUERY PLAN', string>[]>(`EXPLAIN ${query}`, parameters);
    plans.push(...lines.map((line) => line['QUERY PLAN']));
  }
  return plans.join('\n');
}
