import type { DeskInterview, DeskQuestion } from '../../../shared/contract/desk.ts';
import { LevelRating } from '../../components/LevelRating.tsx';
import { useAct, useOperation } from '../../lib/queries.ts';

/** How one rates an answer on one's own scorecard, beside the question's anchors. */
export function AnswerRating({ interview, question }: { interview: DeskInterview; question: DeskQuestion }) {
  const { data: scorecard } = useOperation('scorecards.mine', { interviewId: interview.id });
  const rate = useAct('scorecards.rate', { changes: ['scorecards.mine'] });
  const held = scorecard?.ratings.find(({ questionId }) => questionId === question.id)?.level ?? null;
  // What was just chosen shows at once; what main says holds as soon as it has said it.
  const level = rate.isPending && rate.variables ? rate.variables.level : held;
  return (
    <LevelRating
      label="How good is this answer?"
      level={level}
      anchors={question.levels}
      readOnly={!scorecard || scorecard.state === 'SUBMITTED'}
      onRate={(chosen) =>
        rate.mutate({ interviewId: interview.id, subject: { questionId: question.id }, level: chosen })
      }
    />
  );
}
