import { Button, List, Stack, Text, Title } from '@mantine/core';
import { IconArrowRight, IconRefresh } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import type { Question } from '../../../shared/contract/interviews.ts';
import { Keys } from '../../components/Keys.tsx';
import { SelfRating } from '../../components/SelfRating.tsx';
import { TranscriptEditor } from '../../components/TranscriptEditor.tsx';
import { count } from '../../lib/formats.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { answerQuestion, chooseTake, keepAndGoOn, usePractice } from '../../stores/practice.ts';
import { chosenTake, nextOpen, takesLeft } from '../../stores/practice-course.ts';
import { AnswerTakes } from './AnswerTakes.tsx';
import { PracticeQuestion } from './PracticeQuestion.tsx';
import classes from './ReviewStep.module.css';

/** After an answer: listen, record it again or keep it, compare it with what a good answer covers, and rate it. */
export function ReviewStep({ question, questions }: { question: Question; questions: readonly Question[] }) {
  const { busy, brokenTakes } = usePractice();
  const left = takesLeft(question);
  const isLast = nextOpen(questions, question.id) === null;
  const again = () => void answerQuestion(question.id);
  const hasAnswer = chosenTake(question) !== null;
  const next = () => void keepAndGoOn(question);
  useShortcuts([
    { keys: 'Enter', does: hasAnswer ? 'Keep it and go on' : 'Go on', run: next },
    ...(left > 0 ? [{ keys: 'r', does: 'Record again', run: again }] : []),
  ]);
  // The levels are radio buttons, where Enter would otherwise do nothing.
  const nextByEnter = (event: KeyboardEvent) => {
    const { target } = event;
    if (event.key !== 'Enter' || !(target instanceof HTMLInputElement) || target.type === 'text') return;
    event.preventDefault();
    next();
  };

  return (
    <Stack gap="xl" onKeyDown={nextByEnter}>
      <PracticeQuestion question={question} />
      <AnswerTakes
        question={question}
        busy={busy}
        brokenTakes={brokenTakes}
        onChoose={(takeId) => void chooseTake(question, takeId)}
      />
      <div className={classes.columns}>
        <section aria-labelledby="covers">
          <Title order={2} id="covers" mb="xs">
            What a good answer covers
          </Title>
          <List spacing={6} size="sm">
            {question.covers.map((point) => (
              <List.Item key={point}>{point}</List.Item>
            ))}
          </List>
          {question.probes.length > 0 && (
            <>
              <Title order={3} mt="md" mb={6}>
                An interviewer might go on to ask
              </Title>
              <List spacing={6} size="sm" c="dimmed">
                {question.probes.map((probe) => (
                  <List.Item key={probe}>{probe}</List.Item>
                ))}
              </List>
            </>
          )}
        </section>
        <SelfRating question={question} label="How good was your answer?" />
      </div>
      <TranscriptEditor
        key={question.id}
        questionId={question.id}
        transcript={question.answer?.transcript ?? ''}
        label="In your words (optional)"
      />
      <div className={classes.foot}>
        <Button
          size="md"
          variant="default"
          leftSection={<IconRefresh size={16} />}
          rightSection={left > 0 && <Keys keys="R" />}
          disabled={left === 0 || busy}
          onClick={again}
        >
          Record again
        </Button>
        <Text size="sm" c="dimmed" flex={1}>
          {left === 0 ? 'No takes left.' : `${count(left, 'take')} left.`}
        </Text>
        <Button
          size="md"
          loading={busy}
          leftSection={<IconArrowRight size={16} />}
          rightSection={<Keys keys="Enter" />}
          onClick={next}
        >
          {nextWords(hasAnswer, isLast)}
        </Button>
      </div>
    </Stack>
  );
}

function nextWords(hasAnswer: boolean, isLast: boolean): string {
  if (!hasAnswer) return 'Go on';
  return isLast ? 'Keep and finish' : 'Keep and go on';
}
