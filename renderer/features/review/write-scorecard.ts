import type { InputOf } from '../../../shared/contract/index.ts';
import type { OwnScorecard } from '../../../shared/contract/scorecards.ts';
import { CallError, call } from '../../lib/client.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';

type Change = Partial<Pick<OwnScorecard, 'recommendation' | 'takeaways' | 'sharedNotes' | 'privateNotes'>>;

/** What is written goes to main one after the other: each knows what the one before has left. */
let before: Promise<unknown> = Promise.resolve();

/**
 * Writes on one's own scorecard. What another window has changed in other fields does not hinder.
 *
 * @returns null, or what main has where another window has changed the same fields
 * @throws CallError
 */
export function writeScorecard(interviewId: string, change: Change): Promise<OwnScorecard | null> {
  const written = before.catch(() => undefined).then(() => write(interviewId, change));
  before = written;
  return written;
}

/** Takes what main has as what is known. */
export function keepScorecard(interviewId: string, scorecard: OwnScorecard): void {
  queryClient.setQueryData(keyOf('scorecards.mine', { interviewId }), scorecard);
}

async function write(interviewId: string, change: Change): Promise<OwnScorecard | null> {
  const known = queryClient.getQueryData<OwnScorecard>(keyOf('scorecards.mine', { interviewId }));
  try {
    const input: InputOf<'scorecards.write'> = { interviewId, seen: known?.updatedAt ?? null, ...change };
    keepScorecard(interviewId, await call('scorecards.write', input));
    return null;
  } catch (error) {
    const current =
      error instanceof CallError ? (error.details.current as OwnScorecard | undefined) : undefined;
    if (!current) throw error;
    const same = (Object.keys(change) as (keyof Change)[]).every(
      (field) => current[field] === known?.[field],
    );
    if (!same) return current;
    keepScorecard(interviewId, current);
    return write(interviewId, change);
  }
}
