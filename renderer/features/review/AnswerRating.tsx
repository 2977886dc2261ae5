import type { DeskInterview, DeskQuestion } from '../../../shared/contract/desk.ts';
import { levels } from '../../../shared/model/rating.ts';
import { LevelRating } from '../../components/LevelRating.tsx';
import { useOperation } from '../../lib/queries.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { OtherLevel } from './OtherWindow.tsx';
import { useRating } from './use-rating.ts';

/** How one rates an answer on one's own scorecard, beside the question's anchors. */
export function AnswerRating({
  interview,
  question,
  byKeys = false,
}: {
  interview: Pick<DeskInterview, 'id'>;
  question: Pick<DeskQuestion, 'id' | 'levels'>;
  /** Whether the keys 1–5 rate it from anywhere on the screen. */
  byKeys?: boolean;
}) {
  const { data: scorecard } = useOperation('scorecards.mine', { interviewId: interview.id });
  const rating = useRating(interview.id, { questionId: question.id }, scorecard);
  const { level, choose } = rating;
  const readOnly = !scorecard || scorecard.state === 'SUBMITTED';
  // On a screen with one answer the keys rate it from anywhere.
  useShortcuts(
    byKeys && !readOnly
      ? levels.map((each) => ({ keys: String(each), does: `Level ${each}`, run: () => choose(each) }))
      : [],
    { first: true },
  );
  return (
    <>
      <LevelRating
        label="How good is this answer?"
        level={level}
        anchors={question.levels}
        readOnly={readOnly}
        onRate={choose}
      />
      <OtherLevel rating={rating} />
    </>
  );
}
