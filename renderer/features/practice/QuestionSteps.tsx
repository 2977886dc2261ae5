import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconPlayerSkipForwardFilled } from '@tabler/icons-react';
import type { Question } from '../../../shared/contract/interviews.ts';
import type { AnswerableQuestion } from '../../stores/practice-course.ts';
import classes from './PracticeHeader.module.css';

const stateWords: Record<Question['state'], string> = {
  NOT_ASKED: 'not asked yet',
  ASKED: 'open',
  SKIPPED: 'skipped',
  ANSWERED: 'answered',
};

/** How far each question is, and the way back to what is answered. */
export function QuestionSteps({
  questions,
  current,
  disabled,
  onShow,
}: {
  questions: readonly Pick<AnswerableQuestion, 'id' | 'state'>[];
  current: Pick<AnswerableQuestion, 'id'> | null;
  disabled: boolean;
  onShow: (questionId: string) => void;
}) {
  return (
    <nav aria-label="Questions" className={classes.steps}>
      <ol className={classes.list}>
        {questions.map((question, index) => (
          <li key={question.id}>
            <UnstyledButton
              className={classes.step}
              data-state={question.state}
              data-current={question.id === current?.id || undefined}
              aria-current={question.id === current?.id ? 'step' : undefined}
              disabled={disabled || question.state !== 'ANSWERED' || question.id === current?.id}
              onClick={() => onShow(question.id)}
            >
              <span aria-hidden>
                {question.state === 'ANSWERED' ? (
                  <IconCheck size={14} stroke={2.6} />
                ) : question.state === 'SKIPPED' ? (
                  <IconPlayerSkipForwardFilled size={11} />
                ) : (
                  index + 1
                )}
              </span>
              <VisuallyHidden>
                Question {index + 1}, {stateWords[question.state]}
              </VisuallyHidden>
            </UnstyledButton>
          </li>
        ))}
      </ol>
    </nav>
  );
}
