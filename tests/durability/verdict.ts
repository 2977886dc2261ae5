import pg from 'pg';
import { openEmbeddedEngine } from '../../main/database/embedded/embedded-engine.ts';

/** What one kind of fault has come to. */
export interface Verdict {
  name: string;
  rounds: number;
  acknowledged: number;
  /** Acknowledged and not there afterwards. */
  lost: number;
  /** Rounds in which a transaction was there in part, or the tables contradicted each other. */
  torn: number;
  /** Rounds after which the database did not open. */
  failedToOpen: number;
  /** Other things that should not have been. */
  wrong: string[];
  /** More to know, for the table. */
  note: string;
}

export function newVerdict(name: string): Verdict {
  return { name, rounds: 0, acknowledged: 0, lost: 0, torn: 0, failedToOpen: 0, wrong: [], note: '' };
}

export function isGood(verdict: Verdict): boolean {
  return verdict.lost + verdict.torn + verdict.failedToOpen + verdict.wrong.length === 0;
}

/** Opens the database and adds to the verdict what is missing or torn. */
export async function examine(
  verdict: Verdict,
  folder: string,
  template: string,
  acknowledged: readonly number[],
): Promise<void> {
  let engine: Awaited<ReturnType<typeof openEmbeddedEngine>>;
  try {
    engine = await openEmbeddedEngine({
      folder,
      template,
      holder: { kind: 'command', name: 'durability examiner' },
      log: () => undefined,
    });
  } catch (error) {
    verdict.failedToOpen += 1;
    verdict.wrong.push(`did not open: ${error instanceof Error ? error.message : String(error)}`);
    return;
  }
  const client = new pg.Client({ stream: () => engine.stream() });
  await client.connect();
  const there = await client.query("SELECT to_regclass('counters') IS NOT NULL AS made");
  if (there.rows[0].made) await compare(verdict, client, acknowledged);
  else verdict.lost += acknowledged.length;
  await client.end();
  await engine.close();
}

async function compare(verdict: Verdict, client: pg.Client, acknowledged: readonly number[]): Promise<void> {
  const { rows } = await client.query<{ n: number; halves: number }>(
    'SELECT ((id + 1) / 2)::int AS n, count(*)::int AS halves FROM entries GROUP BY 1',
  );
  const halves = new Map(rows.map((row) => [row.n, row.halves]));
  const lost = acknowledged.filter((n) => !halves.has(n)).length;
  verdict.lost += lost;
  const counter = await client.query<{ value: string }>("SELECT value FROM counters WHERE name = 'entries'");
  const highest = Math.max(0, ...halves.keys());
  const counted = Number(counter.rows[0]?.value ?? 0);
  const half = [...halves.values()].filter((count) => count !== 2).length;
  if (half === 0 && counted === highest && halves.size === highest) return;
  verdict.torn += 1;
  verdict.wrong.push(`torn: ${half} halves, counter ${counted}, highest ${highest}, rows of ${halves.size}`);
}
