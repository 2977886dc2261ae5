import type { Question } from '../../shared/contract/interviews.ts';
import { useAct } from '../lib/queries.ts';
import { LevelRating } from './LevelRating.tsx';

/** How a person rates an answer of their own practice. */
export function SelfRating({ question, label }: { question: Question; label?: string }) {
  const rate = useAct('answers.rate', {
    changes: ['interviews.get', 'interviews.list', 'interviews.unfinished'],
  });
  // What was just chosen shows at once; what main says holds as soon as it has said it.
  const level = rate.isPending && rate.variables ? rate.variables.level : (question.answer?.level ?? null);
  return (
    <LevelRating
      level={level}
      anchors={question.levels}
      label={label}
      onRate={(chosen) => rate.mutate({ questionId: question.id, level: chosen })}
    />
  );
}
