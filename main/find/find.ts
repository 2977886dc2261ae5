import type { DataSource } from 'typeorm';
import type { HandlersOf } from '../operations/handlers.ts';
import { createSavedFilters } from './saved-filters.ts';
import { search } from './search.ts';

/** Finding things: by words, and by filters that were kept. */
export function createFind({ database }: { database: { readonly dataSource: DataSource } }): {
  readonly handlers: HandlersOf<'find' | 'filters'>;
} {
  return {
    handlers: {
      'find.search': ({ input, person }) => search(database.dataSource.manager, person, input),
      ...createSavedFilters({ database }).handlers,
    },
  };
}
