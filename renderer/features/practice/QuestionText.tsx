import { Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Question } from '../../../shared/contract/interviews.ts';
import { competencyLabel } from '../../../shared/model/competencies.ts';
import { questionDifficultyWords } from '../../lib/words.ts';
import classes from './QuestionText.module.css';

/** The question itself. Takes the focus when it appears, so that a screen reader reads it out. */
export function QuestionText({ question }: { question: Question }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className={classes.question}>
      <Text size="sm" c="dimmed">
        Question {question.position + 1} · {competencyLabel(question.competency)} ·{' '}
        {questionDifficultyWords[question.difficulty]}
      </Text>
      <Title order={1} ref={heading} tabIndex={-1} className={classes.text}>
        {question.content}
      </Title>
    </div>
  );
}
