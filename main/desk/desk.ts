import type { DataSource } from 'typeorm';
import type { HandlersOf } from '../operations/handlers.ts';
import { readDeskInterview } from './read-desk-interview.ts';

export interface Desk {
  readonly handlers: HandlersOf<'desk'>;
}

/** The interviewer's desk: live and one-way interviews as those on their panels see them. */
export function createDesk({ database }: { database: { readonly dataSource: DataSource } }): Desk {
  return {
    handlers: {
      'desk.interview': ({ input, person }) =>
        readDeskInterview(database.dataSource.manager, person, input.id),
    },
  };
}
