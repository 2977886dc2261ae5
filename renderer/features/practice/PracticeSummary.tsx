import { Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { Interview, Question } from '../../../shared/contract/interviews.ts';
import { competencyLabel } from '../../../shared/model/competencies.ts';
import { ScoreRing } from '../../components/ScoreRing.tsx';
import { count, formatDuration } from '../../lib/formats.ts';
import { questionDifficultyWords } from '../../lib/words.ts';
import { chosenTake } from '../../stores/practice-course.ts';
import classes from './PracticeSummary.module.css';

/** An interview that has ended: how each answer was rated, and where one is strong or not yet. */
export function PracticeSummary({ interview }: { interview: Interview }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const { status, answeredCount, questionCount, questions, score } = interview;
  const unrated = questions.filter(({ state, answer }) => state === 'ANSWERED' && !answer?.level).length;
  const competencies = byCompetency(questions);

  return (
    <Stack gap="xl">
      <Group wrap="nowrap" align="center" gap="lg">
        <ScoreRing score={score} size={88} />
        <Stack gap={4}>
          <Title order={1} ref={heading} tabIndex={-1}>
            {status === 'COMPLETED' ? 'Well done, that is finished' : 'Ended early'}
          </Title>
          <Text c="dimmed">
            {answeredCount} of {count(questionCount, 'question')} answered ·{' '}
            {formatDuration(spokenMs(questions))} spoken
            {unrated > 0 && ` · ${count(unrated, 'answer')} not rated yet`}
          </Text>
        </Stack>
      </Group>

      <section aria-labelledby="answers">
        <Title order={2} id="answers" mb="sm">
          Answers
        </Title>
        <ol className={classes.answers}>
          {questions.map((question) => (
            <li key={question.id} className={classes.answer}>
              <div className={classes.what}>
                <Text size="sm" lineClamp={2}>
                  {question.content}
                </Text>
                <Text size="xs" c="dimmed">
                  {competencyLabel(question.competency)} · {questionDifficultyWords[question.difficulty]} ·{' '}
                  {outcome(question)}
                </Text>
              </div>
              {question.state === 'ANSWERED' && <ScoreRing score={question.answer?.score ?? null} />}
            </li>
          ))}
        </ol>
      </section>

      {competencies.length > 0 && (
        <section aria-labelledby="by-competency">
          <Title order={2} id="by-competency" mb="sm">
            By competency
          </Title>
          <Stack gap="sm">
            {competencies.map(({ key, mean }) => (
              <div key={key} className={classes.competency}>
                <Text size="sm">{competencyLabel(key)}</Text>
                <Progress value={mean} aria-label={`${competencyLabel(key)}: ${Math.round(mean)} of 100`} />
                <Text size="sm" className={classes.score}>
                  {Math.round(mean)}
                </Text>
              </div>
            ))}
          </Stack>
        </section>
      )}

      <Group>
        <Button
          component={Link}
          to={`/interviews/${interview.id}`}
          size="md"
          leftSection={<IconPlayerPlay size={16} />}
        >
          Listen to the answers
        </Button>
        <Button
          component={Link}
          to="/practice/new"
          size="md"
          variant="default"
          leftSection={<IconRefresh size={16} />}
        >
          Practise again
        </Button>
      </Group>
    </Stack>
  );
}

function outcome(question: Question): string {
  switch (question.state) {
    case 'ANSWERED': {
      const ms = chosenTake(question)?.durationMs;
      return ms == null ? 'answered' : formatDuration(ms);
    }
    case 'SKIPPED':
      return 'skipped';
    case 'ASKED':
      return 'not answered';
    case 'NOT_ASKED':
      return 'not asked';
  }
}

function spokenMs(questions: readonly Question[]): number {
  return questions.reduce((sum, question) => sum + (chosenTake(question)?.durationMs ?? 0), 0);
}

/** The mean score of each competency that has a rated answer, best first. */
export function byCompetency(questions: readonly Question[]): { key: string; mean: number }[] {
  const scores = new Map<string, number[]>();
  for (const { competency, answer } of questions) {
    if (answer?.score == null) continue;
    scores.set(competency, [...(scores.get(competency) ?? []), answer.score]);
  }
  return [...scores]
    .map(([key, all]) => ({ key, mean: all.reduce((sum, score) => sum + score, 0) / all.length }))
    .toSorted((a, b) => b.mean - a.mean);
}
