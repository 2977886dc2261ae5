import type { Logger } from 'typeorm';
import { addBulkInterviews } from '../tests/fixtures/bulk-interviews.ts';
import { alternate, type Measurement, timed } from './measurement.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const interviews = 20_000;

/** Lists and one interview, among many, against the very statements they send, sent by a bare driver. */
export async function measureLists(): Promise<Measurement[]> {
  const bench = await openWorkbench();
  try {
    await addBulkInterviews(bench.dataSource, bench.person.id, { interviews });
    const first = await bench.call('interviews.list', { limit: 30 });
    const middle = first.rows[15];
    if (!middle) throw new Error('There is nothing to list.');
    const deep = await cursorAfter(bench, 200);
    return [
      await measureOperation(bench, `list page at ${interviews} interviews`, () =>
        bench.call('interviews.list', { limit: 30 }),
      ),
      await measureOperation(bench, 'list page, 200 pages down', () =>
        bench.call('interviews.list', { limit: 30, after: deep }),
      ),
      await measureOperation(bench, 'interview with its questions', () =>
        bench.call('interviews.get', { id: middle.id }),
      ),
    ];
  } finally {
    await bench.close();
  }
}

/** An operation against the very statements it sends, sent by a bare driver. */
export async function measureOperation(
  bench: Workbench,
  name: string,
  act: () => Promise<unknown>,
  rounds = 200,
): Promise<Measurement> {
  const statements = await statementsOf(bench, act);
  const figures = await alternate(
    rounds,
    () => timed(act),
    () =>
      timed(async () => {
        for (const { query, parameters } of statements) await bench.bare.query(query, parameters);
      }),
  );
  return { name, ...figures, baseline: 'the same SQL through bare pg', aim: 1.5 };
}

async function cursorAfter(bench: Workbench, pages: number): Promise<string> {
  let after: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    after = (await bench.call('interviews.list', { limit: 30, after })).next ?? undefined;
  }
  if (!after) throw new Error('The list ends too soon.');
  return after;
}

/** What an act sends to the database. */
export async function statementsOf(bench: Workbench, act: () => Promise<unknown>) {
  const statements: { query: string; parameters: unknown[] }[] = [];
  const before = bench.dataSource.logger;
  const nothing = () => undefined;
  const collect: Logger = {
    logQuery: (query, parameters = []) => statements.push({ query, parameters: parameters as unknown[] }),
    ...{
      logQueryError: nothing,
      logQuerySlow: nothing,
      logSchemaBuild: nothing,
      logMigration: nothing,
      log: nothing,
    },
  };
  bench.dataSource.logger = collect;
  await act();
  bench.dataSource.logger = before;
  return statements;
}
