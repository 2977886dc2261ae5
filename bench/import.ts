import type { InputOf } from '../shared/contract/index.ts';
import { statementsOf } from './lists.ts';
import { alternate, type Measurement, timed } from './measurement.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const questions = 10_000;

/** A file of 10,000 new questions, looked at and imported, against the very statements that it sends. */
export async function measureImport(): Promise<Measurement[]> {
  const bench = await openWorkbench('INTERVIEWER');
  try {
    const file = {
      format: 'CSV',
      bytes: Buffer.from(csv()),
    } as const satisfies InputOf<'library.checkImport'>;
    return [
      await measure(bench, `check of ${questions} questions`, () => bench.call('library.checkImport', file)),
      await measure(bench, `import of ${questions} questions`, async () => {
        const { fingerprint } = await bench.call('library.checkImport', file);
        await bench.call('library.import', { ...file, fingerprint, conflicts: 'KEEP' });
      }),
    ];
  } finally {
    await bench.close();
  }
}

async function measure(bench: Workbench, name: string, act: () => Promise<unknown>): Promise<Measurement> {
  const statements = await statementsOf(bench, act);
  const empty = () => bench.bare.query("DELETE FROM library_questions WHERE origin = 'IMPORT'");
  const figures = await alternate(
    3,
    async () => {
      await empty();
      return timed(act);
    },
    async () => {
      await empty();
      return timed(async () => {
        for (const { query, parameters } of statements) await bench.bare.query(query, parameters);
      });
    },
  );
  return { name, ...figures, baseline: 'the same SQL through bare pg', aim: 1.5 };
}

function csv(): string {
  const things = ['table', 'queue', 'cache', 'service', 'build', 'release'];
  const lines = Array.from({ length: questions }, (_, n) =>
    [
      `"A ${things[n % 6]} (${n}) has become slow since last week, and nobody has changed it. What do you look at first?"`,
      ['EASY', 'MEDIUM', 'HARD'][n % 3],
      ['databases', 'testing', 'networking', 'security'][n % 4],
      '"How the time is measured"',
      '"And if it may not be down?"',
    ].join(','),
  );
  return ['content,difficulty,competency,covers,probes', ...lines].join('\n');
}
