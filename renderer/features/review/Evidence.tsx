import { Textarea } from '@mantine/core';
import type { OwnScorecard } from '../../../shared/contract/scorecards.ts';
import { call } from '../../lib/client.ts';
import { reportFailure } from '../../lib/failures.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { usePerson } from '../accounts/signed-in.ts';
import { useAutosave } from './use-autosave.ts';

/** What a rating rests on. There once there is a rating. */
export function Evidence({
  interviewId,
  scorecard,
  subject,
}: {
  interviewId: string;
  scorecard: OwnScorecard;
  subject: { questionId: string } | { competency: string };
}) {
  const { id: personId } = usePerson();
  const rating = scorecard.ratings.find((each) =>
    'questionId' in subject ? each.questionId === subject.questionId : each.competency === subject.competency,
  );
  const level = rating?.level;
  const about = 'questionId' in subject ? subject.questionId : subject.competency;
  const { value, change, flush } = useAutosave(
    `${personId} ${interviewId} evidence ${about}`,
    rating?.evidence ?? '',
    async (evidence) => {
      if (level === undefined) return false;
      try {
        const now = await call('scorecards.rate', { interviewId, subject, level, evidence });
        queryClient.setQueryData(keyOf('scorecards.mine', { interviewId }), now);
        return true;
      } catch (error) {
        reportFailure(error instanceof Error ? error : new Error(String(error)));
        return false;
      }
    },
  );
  if (!rating) return null;
  return (
    <Textarea
      mt="xs"
      aria-label="Evidence: what was said or done that this rests on"
      placeholder="What was said or done that this rests on"
      autosize
      minRows={1}
      readOnly={scorecard.state === 'SUBMITTED'}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
      onBlur={flush}
    />
  );
}
