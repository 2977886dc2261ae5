import { call } from '../lib/client.ts';
import type { AnswerableQuestion } from './practice-course.ts';

/**
 * Ends the takes that nobody ends: a page that was reloaded in the middle of an answer leaves one.
 *
 * @returns their ids
 */
export async function endStrayTakes(
  questions: readonly Pick<AnswerableQuestion, 'answer'>[],
): Promise<readonly string[]> {
  const stray = questions
    .flatMap(({ answer }) => answer?.takes ?? [])
    .filter(({ state }) => state === 'RECORDING')
    .map(({ id }) => id);
  // One that main cannot end now is put in order at its next start.
  await Promise.allSettled(stray.map((takeId) => call('recordings.finish', { takeId })));
  return stray;
}
