import { useState } from 'react';
import type { OwnScorecard } from '../../../shared/contract/scorecards.ts';
import type { Level } from '../../../shared/model/rating.ts';
import { reportFailure } from '../../lib/failures.ts';
import { useAct } from '../../lib/queries.ts';
import { keepScorecard } from './write-scorecard.ts';

export type Subject = { questionId: string } | { competency: string };

export function ratingOf(scorecard: OwnScorecard | undefined, subject: Subject) {
  return scorecard?.ratings.find((each) =>
    'questionId' in subject ? each.questionId === subject.questionId : each.competency === subject.competency,
  );
}

/** A rating as main is told that one has seen it. */
export function seenRating(rating: OwnScorecard['ratings'][number] | undefined) {
  return rating ? { level: rating.level, evidence: rating.evidence } : null;
}

/**
 * A rating on one's own scorecard: what was just chosen shows at once, and what main says holds as soon as it has said it.
 * Where another window of one's own has rated it otherwise, that shows, and what was wished here waits in `wished`.
 */
export function useRating(interviewId: string, subject: Subject, scorecard: OwnScorecard | undefined) {
  const rating = ratingOf(scorecard, subject);
  const [wished, setWished] = useState<{ level: Level | null } | null>(null);
  const rate = useAct('scorecards.rate', {
    showsFailure: true,
    onSuccess: (now) => keepScorecard(interviewId, now),
    onError(error, { level }) {
      const current = error.details.current as OwnScorecard | undefined;
      if (!current) return reportFailure(error);
      keepScorecard(interviewId, current);
      setWished({ level });
    },
  });
  const choose = (level: Level | null) => {
    setWished(null);
    rate.mutate({ interviewId, subject, seen: seenRating(rating), level });
  };
  return {
    level: rate.isPending && rate.variables ? rate.variables.level : (rating?.level ?? null),
    choose,
    wished,
    leave: () => setWished(null),
  };
}
