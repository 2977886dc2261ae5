import { addBulkDesk } from '../tests/fixtures/bulk-desk.ts';
import { measureOperation } from './lists.ts';
import type { Measurement } from './measurement.ts';
import { openWorkbench } from './workbench.ts';

const rounds = 60;

/** The palette's search among 20,000 interviews of one interviewer's panels and 10,000 questions. */
export async function measureFind(): Promise<Measurement[]> {
  const bench = await openWorkbench('INTERVIEWER');
  try {
    await addBulkDesk(bench.dataSource, bench.person.id);
    const search = (name: string, text: string) =>
      measureOperation(bench, name, () => bench.call('find.search', { text }), rounds);
    return [
      await search('find, a word that much has', 'database'),
      await search('find, a candidate and a title', 'grace practice'),
      await search('find, what nothing has', 'zebra crossing'),
    ];
  } finally {
    await bench.close();
  }
}
