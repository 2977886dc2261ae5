import { Badge, Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { IconArrowRight, IconPlayerSkipForward } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { DeskInterview, DeskQuestion } from '../../../shared/contract/desk.ts';
import { competencyLabel } from '../../../shared/model/competencies.ts';
import { Keys } from '../../components/Keys.tsx';
import { RecoveredOffer } from '../../components/RecoveredTake.tsx';
import { formatDuration } from '../../lib/formats.ts';
import { questionDifficultyWords } from '../../lib/words.ts';
import { AnswerRating } from '../review/AnswerRating.tsx';
import { elapsedMs, useNow } from './clock.ts';
import classes from './Live.module.css';

/** The question that is before the candidate, with all that an interviewer wants beside it. */
export function CurrentQuestion({
  interview,
  question,
  nextId,
  onNext,
  onPassOver,
}: {
  interview: DeskInterview;
  question: DeskQuestion | null;
  nextId: string | null;
  onNext: () => void;
  onPassOver: () => void;
}) {
  const next = interview.questions.find(({ id }) => id === nextId) ?? null;
  return (
    <section className={classes.question} aria-label="Question">
      {question ? (
        <Asked interview={interview} question={question} />
      ) : (
        <Stack gap="xs" className={classes.asked}>
          <Title order={2}>Ready when you are</Title>
          <Text c="dimmed" className={classes.prose}>
            {interview.instructions ||
              'Say hello. The first question is put to the candidate when you ask it.'}
          </Text>
        </Stack>
      )}
      <section className={classes.next} aria-label="Next question">
        {next ? (
          <>
            <Text size="sm" c="dimmed" lineClamp={2}>
              Next: {next.content}
            </Text>
            <Group gap="xs">
              <Button
                leftSection={<IconArrowRight size={16} />}
                rightSection={<Keys keys="N" />}
                disabled={interview.pausedAt !== null}
                onClick={onNext}
              >
                {question ? 'Next question' : 'Ask the first question'}
              </Button>
              <Button
                variant="default"
                leftSection={<IconPlayerSkipForward size={16} />}
                rightSection={<Keys keys="S" />}
                disabled={interview.pausedAt !== null}
                onClick={onPassOver}
              >
                Pass it over
              </Button>
            </Group>
          </>
        ) : (
          <Text size="sm" c="dimmed">
            No question is left. Add one, go back to one, or end the interview.
          </Text>
        )}
      </section>
    </section>
  );
}

function Asked({ interview, question }: { interview: DeskInterview; question: DeskQuestion }) {
  return (
    <>
      <Group gap="xs" className={classes.about}>
        <Text size="sm" c="dimmed">
          {competencyLabel(question.competency)}
        </Text>
        <Badge variant="light" color="gray">
          {questionDifficultyWords[question.difficulty]}
        </Badge>
        <QuestionClock interview={interview} question={question} />
      </Group>
      <Scrolled key={question.id} label="The question and what helps with it">
        <Title order={2} className={classes.text} data-long={question.content.length > 280 || undefined}>
          {question.content}
        </Title>
        {question.answer?.takes
          .filter(({ offered }) => offered)
          .map((take) => (
            <RecoveredOffer key={take.id} take={take} keeper="live" />
          ))}
        <div className={classes.help}>
          <Listed title="What a good answer covers" items={question.covers} />
          <Listed title="To go on with" items={question.probes} />
        </div>
      </Scrolled>
      <div className={classes.rating}>
        <AnswerRating key={question.id} interview={interview} question={question} byKeys />
      </div>
    </>
  );
}

/** What is long scrolls by itself, so that the rating stays in sight; the keyboard reaches it as well. */
function Scrolled({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <section className={classes.asked} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}

/** How long this question has been before the candidate. It turns, and cuts nobody off. */
function QuestionClock({ interview, question }: { interview: DeskInterview; question: DeskQuestion }) {
  const now = useNow();
  const { currentSince: startedAt, pausedAt } = interview;
  if (!startedAt) return null;
  const goneMs = elapsedMs({ startedAt, pausedAt }, now);
  const over = goneMs > question.answerTimeMs;
  return (
    <Text size="sm" className={classes.clock} data-over={over || undefined}>
      <span role="timer" aria-live="off">
        {formatDuration(Math.floor(goneMs / 1000) * 1000)}
      </span>
      <span className={classes.of}>
        {' '}
        of {formatDuration(question.answerTimeMs)}
        {over && ', over time'}
      </span>
    </Text>
  );
}

function Listed({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <section>
      <Title order={3} size="sm" mb={4}>
        {title}
      </Title>
      <List size="sm" spacing={4}>
        {items.map((item) => (
          <List.Item key={item}>{item}</List.Item>
        ))}
      </List>
    </section>
  );
}
