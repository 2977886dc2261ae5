import type { DeskInterview, DeskQuestion } from '../../../shared/contract/desk.ts';
import { type Level, levels } from '../../../shared/model/rating.ts';
import { LevelRating } from '../../components/LevelRating.tsx';
import { useAct, useOperation } from '../../lib/queries.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { keepScorecard } from './write-scorecard.ts';

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
  const rate = useAct('scorecards.rate', { onSuccess: (now) => keepScorecard(interview.id, now) });
  const held = scorecard?.ratings.find(({ questionId }) => questionId === question.id)?.level ?? null;
  // What was just chosen shows at once; what main says holds as soon as it has said it.
  const level = rate.isPending && rate.variables ? rate.variables.level : held;
  const readOnly = !scorecard || scorecard.state === 'SUBMITTED';
  const choose = (chosen: Level | null) =>
    rate.mutate({ interviewId: interview.id, subject: { questionId: question.id }, level: chosen });
  // On a screen with one answer the keys rate it from anywhere.
  useShortcuts(
    byKeys && !readOnly
      ? levels.map((each) => ({ keys: String(each), does: `Level ${each}`, run: () => choose(each) }))
      : [],
    { first: true },
  );
  return (
    <LevelRating
      label="How good is this answer?"
      level={level}
      anchors={question.levels}
      readOnly={readOnly}
      onRate={choose}
    />
  );
}
