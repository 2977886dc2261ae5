import type { DataSource } from 'typeorm';
import { ownInterview } from '../interviews/own-interview.ts';
import type { HandlersOf } from '../operations/handlers.ts';
import { rate, readOwnScorecard } from './own-scorecard.ts';

/** Interviewers' independent evaluations of an interview. */
export function createScorecards({ database }: { database: { readonly dataSource: DataSource } }): {
  handlers: HandlersOf<'scorecards'>;
} {
  return {
    handlers: {
      async 'scorecards.mine'({ input: { interviewId }, person }) {
        const { manager } = database.dataSource;
        await ownInterview(manager, person, { interviewId }, 'panel');
        return readOwnScorecard(manager, person, interviewId);
      },
      'scorecards.rate': ({ input, person }) =>
        database.dataSource.transaction(async (manager) => {
          await rate(manager, person, input);
          return readOwnScorecard(manager, person, input.interviewId);
        }),
    },
  };
}
