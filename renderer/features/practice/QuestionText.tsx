import { Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { AnswerableQuestion } from '../../stores/practice-course.ts';
import classes from './QuestionText.module.css';

/** The question itself. Takes the focus when it appears, so that a screen reader reads it out. */
export function QuestionText({
  question,
  about,
}: {
  question: Pick<AnswerableQuestion, 'position' | 'content'>;
  /** What there is to say after its number. */
  about: string;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className={classes.question}>
      <Text size="sm" c="dimmed">
        Question {question.position + 1} {about}
      </Text>
      <Title order={1} ref={heading} tabIndex={-1} className={classes.text}>
        {question.content}
      </Title>
    </div>
  );
}
