import { v7 } from 'uuid';
import { User } from '../main/database/entities/index.ts';
import { addBulkLibrary } from '../tests/fixtures/bulk-library.ts';
import { measureOperation } from './lists.ts';
import type { Measurement } from './measurement.ts';
import { openWorkbench } from './workbench.ts';

const rounds = 60;

/** The library with 10,000 questions that were asked 160,000 times, against the very statements it sends. */
export async function measureLibrary(): Promise<Measurement[]> {
  const bench = await openWorkbench('INTERVIEWER');
  try {
    const candidateId = v7();
    await bench.dataSource.manager.insert(User, {
      ...{ id: candidateId, email: 'candidate@example.com', passwordHash: 'none' },
      ...{ name: 'Candidate', role: 'CANDIDATE' },
    });
    await addBulkLibrary(bench.dataSource, candidateId);
    const list = (name: string, input: Parameters<typeof bench.call<'library.list'>>[1]) =>
      measureOperation(bench, name, () => bench.call('library.list', input), rounds);
    return [
      await list('library, newest first', {}),
      await list('library, asked most', { sort: 'MOST_ASKED' }),
      await list('library, the first letter of a search', { search: 'h' }),
      await list('library, two words of many questions', { search: 'deadlock repl' }),
      await list('library, a search that finds one', { search: 'question 7777' }),
    ];
  } finally {
    await bench.close();
  }
}
