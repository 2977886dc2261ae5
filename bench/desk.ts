import type { InputOf } from '../shared/contract/index.ts';
import { addBulkDesk } from '../tests/fixtures/bulk-desk.ts';
import { measureOperation } from './lists.ts';
import type { Measurement } from './measurement.ts';
import { openWorkbench } from './workbench.ts';

const rounds = 60;

/**
 * An interviewer's lists and searches among 20,000 interviews of their panels, all rated, 2,000 candidates and 10,000
 * questions; of the 160,000 questions asked 20,000 are the same one.
 */
export async function measureDesk(): Promise<Measurement[]> {
  const bench = await openWorkbench('INTERVIEWER');
  try {
    await addBulkDesk(bench.dataSource, bench.person.id);
    const measure = (name: string, act: () => Promise<unknown>) => measureOperation(bench, name, act, rounds);
    const desk = (name: string, input: InputOf<'desk.list'>) =>
      measure(name, () => bench.call('desk.list', input));
    const candidates = (name: string, input: InputOf<'candidates.list'>) =>
      measure(name, () => bench.call('candidates.list', input));
    const find = (name: string, text: string) => measure(name, () => bench.call('find.search', { text }));

    const { rows, next } = await bench.call('review.grid', {});
    const questionId = rows[0]?.cells[0]?.questionId;
    const interviews = await bench.call('desk.list', { status: 'COMPLETED' });
    const interview = interviews.rows.find(({ scorecard }) => scorecard === 'SUBMITTED');
    if (!questionId || !next || !interview) throw new Error('There is nothing to compare.');
    return [
      await desk('desk, newest first', {}),
      await desk('desk, to rate', { toRate: true }),
      await desk('desk, a name that many have', { search: 'grace' }),
      await desk('desk, what nothing has', { search: 'zebra crossing' }),
      await measure('an interview on the desk', () => bench.call('desk.interview', { id: interview.id })),
      await candidates('candidates, by name', {}),
      await candidates('candidates, what nothing has', { search: 'zebra' }),
      await find('find, a word that much has', 'database'),
      await find('find, a candidate and a title', 'grace practice'),
      await find('find, what nothing has', 'zebra crossing'),
      await measure('debrief', () => bench.call('scorecards.debrief', { interviewId: interview.id })),
      await measure('compare, the newest answers', () => bench.call('review.compare', { questionId })),
      await measure('compare, blind', () => bench.call('review.compare', { questionId, blind: true })),
      await measure('grid page', () => bench.call('review.grid', {})),
      await measure('grid, the next page', () => bench.call('review.grid', { after: next })),
    ];
  } finally {
    await bench.close();
  }
}
