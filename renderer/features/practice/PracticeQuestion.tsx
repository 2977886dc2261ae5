import type { Question } from '../../../shared/contract/interviews.ts';
import { competencyLabel } from '../../../shared/model/competencies.ts';
import { questionDifficultyWords } from '../../lib/words.ts';
import { QuestionText } from './QuestionText.tsx';

/** A question of one's own practice, with what it is about and how hard it is. */
export function PracticeQuestion({ question }: { question: Question }) {
  const { competency, difficulty } = question;
  return (
    <QuestionText
      question={question}
      about={`· ${competencyLabel(competency)} · ${questionDifficultyWords[difficulty]}`}
    />
  );
}
