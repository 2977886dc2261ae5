import { Textarea } from '@mantine/core';
import { useState } from 'react';
import type { OwnScorecard } from '../../../shared/contract/scorecards.ts';
import { CallError, call } from '../../lib/client.ts';
import { reportFailure } from '../../lib/failures.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { usePerson } from '../accounts/signed-in.ts';
import { OtherWindow } from './OtherWindow.tsx';
import { useAutosave } from './use-autosave.ts';
import { ratingOf, type Subject, seenRating } from './use-rating.ts';
import { keepScorecard } from './write-scorecard.ts';

/** What a rating rests on. There once there is a rating. */
export function Evidence({
  interviewId,
  scorecard,
  subject,
}: {
  interviewId: string;
  scorecard: OwnScorecard;
  subject: Subject;
}) {
  const { id: personId } = usePerson();
  const [theirs, setTheirs] = useState<OwnScorecard | null>(null);
  const rating = ratingOf(scorecard, subject);
  const about = 'questionId' in subject ? subject.questionId : subject.competency;
  /** @returns whether main has it; else what another window has written is there to choose from */
  const send = async (evidence: string): Promise<boolean> => {
    const known = queryClient.getQueryData<OwnScorecard>(keyOf('scorecards.mine', { interviewId }));
    const seen = seenRating(ratingOf(known, subject));
    if (!seen) return false;
    try {
      keepScorecard(
        interviewId,
        await call('scorecards.rate', { interviewId, subject, seen, level: seen.level, evidence }),
      );
      setTheirs(null);
      return true;
    } catch (error) {
      const current =
        error instanceof CallError ? (error.details.current as OwnScorecard | undefined) : undefined;
      if (!current) {
        reportFailure(error instanceof Error ? error : new Error(String(error)));
        return false;
      }
      const now = ratingOf(current, subject);
      if (now && now.evidence !== seen.evidence) {
        setTheirs(current);
        return false;
      }
      // Only the level is another one: that stays, and the words come to it.
      keepScorecard(interviewId, current);
      return now ? send(evidence) : false;
    }
  };
  const { value, change, flush } = useAutosave(
    `${personId} ${interviewId} evidence ${about}`,
    rating?.evidence ?? '',
    send,
  );
  if (!rating) return null;
  const there = theirs && (ratingOf(theirs, subject)?.evidence ?? '');
  return (
    <div>
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
      {theirs && there !== null && (
        <OtherWindow
          says={`this says: “${there.slice(0, 200)}”`}
          mine="Keep what is here"
          onMine={() => {
            keepScorecard(interviewId, theirs);
            setTheirs(null);
            flush();
          }}
          onTheirs={() => {
            keepScorecard(interviewId, theirs);
            setTheirs(null);
            change(there);
          }}
        />
      )}
    </div>
  );
}
