import { addBulkDesk } from '../tests/fixtures/bulk-desk.ts';
import { measureOperation } from './lists.ts';
import type { Measurement } from './measurement.ts';
import { openWorkbench } from './workbench.ts';

const rounds = 60;

/** Comparing among 20,000 interviews of one interviewer's panels, where 16,000 answers are to the same question. */
export async function measureCompare(): Promise<Measurement[]> {
  const bench = await openWorkbench('INTERVIEWER');
  try {
    await addBulkDesk(bench.dataSource, bench.person.id);
    const { rows, next } = await bench.call('review.grid', {});
    const questionId = rows[0]?.cells[0]?.questionId;
    if (!questionId || !next) throw new Error('There is nothing to compare.');
    const measure = (name: string, act: () => Promise<unknown>) => measureOperation(bench, name, act, rounds);
    return [
      await measure('compare, the newest answers', () => bench.call('review.compare', { questionId })),
      await measure('compare, blind', () => bench.call('review.compare', { questionId, blind: true })),
      await measure('grid page', () => bench.call('review.grid', {})),
      await measure('grid, the next page', () => bench.call('review.grid', { after: next })),
    ];
  } finally {
    await bench.close();
  }
}
