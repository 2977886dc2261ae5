import type { DataSource, EntityManager } from 'typeorm';
import type { OwnScorecard } from '../../shared/contract/scorecards.ts';
import type { EventHub } from '../events.ts';
import { ownInterview } from '../interviews/own-interview.ts';
import type { HandlersOf, SignedInPerson } from '../operations/handlers.ts';
import { readDebrief } from './debrief.ts';
import { rate, readOwnScorecard } from './own-scorecard.ts';
import { reopen, submit, write } from './submit.ts';

/** Interviewers' independent evaluations of an interview: each their own, hidden from the others until submitted. */
export function createScorecards({
  database,
  events,
}: {
  database: { readonly dataSource: DataSource };
  events: EventHub;
}): { handlers: HandlersOf<'scorecards'> } {
  async function change<I extends { interviewId: string }>(
    work: (manager: EntityManager, person: SignedInPerson, input: I) => Promise<void>,
    { input, person }: { input: I; person: SignedInPerson },
  ): Promise<OwnScorecard> {
    const scorecard = await database.dataSource.transaction(async (manager) => {
      await work(manager, person, input);
      return readOwnScorecard(manager, person, input.interviewId);
    });
    events.publish('desk.changed', { interviewId: input.interviewId }, { personId: person.id });
    return scorecard;
  }

  return {
    handlers: {
      async 'scorecards.mine'({ input: { interviewId }, person }) {
        const { manager } = database.dataSource;
        await ownInterview(manager, person, { interviewId }, 'panel');
        return readOwnScorecard(manager, person, interviewId);
      },
      'scorecards.rate': (call) => change(rate, call),
      'scorecards.write': (call) => change(write, call),
      'scorecards.submit': (call) => change(submit, call),
      'scorecards.reopen': (call) => change(reopen, call),
      'scorecards.debrief': ({ input, person }) =>
        readDebrief(database.dataSource.manager, person, input.interviewId),
    },
  };
}
