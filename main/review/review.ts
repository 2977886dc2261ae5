import type { DataSource } from 'typeorm';
import type { HandlersOf } from '../operations/handlers.ts';
import { compareAnswers } from './compare.ts';
import { readGrid } from './grid.ts';

/** What candidates of different interviews said, side by side. */
export function createReview({ database }: { database: { readonly dataSource: DataSource } }): {
  readonly handlers: HandlersOf<'review'>;
} {
  return {
    handlers: {
      'review.compare': ({ input, person }) => compareAnswers(database.dataSource.manager, person, input),
      'review.grid': ({ input, person }) => readGrid(database.dataSource.manager, person, input),
    },
  };
}
