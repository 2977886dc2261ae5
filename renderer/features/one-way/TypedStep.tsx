import { Button, Group, Stack, Text } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { IconArrowRight, IconPlayerSkipForward } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import type { OneWayInterview, OneWayQuestion } from '../../../shared/contract/one-way.ts';
import { TranscriptEditor } from '../../components/TranscriptEditor.tsx';
import { formatDuration } from '../../lib/formats.ts';
import { keepAndGoOn, skipQuestion, useOneWay } from '../../stores/one-way.ts';
import { useTranscriptDrafts } from '../../stores/transcript-drafts.ts';
import { QuestionText } from '../practice/QuestionText.tsx';
import { confirmSkip } from './confirm-skip.tsx';
import classes from './OneWay.module.css';

/** A question that is answered in writing. Its clock shows what is left, and cuts nobody off. */
export function TypedStep({
  interview,
  question,
  about,
}: {
  interview: OneWayInterview;
  question: OneWayQuestion;
  about: string;
}) {
  const busy = useOneWay((oneWay) => oneWay.busy);
  const draft = useTranscriptDrafts((drafts) => drafts[question.id]);
  const kept = question.answer?.transcript ?? '';
  const isEmpty = (draft?.text ?? kept).trim() === '' && (question.answer?.takes.length ?? 0) === 0;
  const isLast = interview.questions.at(-1)?.id === question.id;
  const goOn = () => {
    if (!isEmpty && !busy) void keepAndGoOn(question);
  };
  // In the field Enter is a new line.
  const byKeys = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    goOn();
  };
  return (
    <Stack gap="lg" onKeyDown={byKeys}>
      <QuestionText question={question} about={about} />
      <Clock timeLeftMs={question.timeLeftMs} />
      <TranscriptEditor
        questionId={question.id}
        transcript={kept}
        label="Your answer"
        placeholder="Write as you would say it"
        minRows={10}
        keeper="oneWay.saveAnswer"
      />
      <Group className={classes.foot}>
        <Button
          size="md"
          variant="default"
          leftSection={<IconPlayerSkipForward size={16} />}
          disabled={busy || !isEmpty}
          onClick={() => confirmSkip(interview, question, () => void skipQuestion(question.id))}
        >
          Skip
        </Button>
        <Text size="sm" c="dimmed" flex={1}>
          {isEmpty ? 'Nothing written yet.' : 'Ctrl+Enter goes on as well.'}
        </Text>
        <Button
          size="md"
          loading={busy}
          disabled={isEmpty}
          leftSection={<IconArrowRight size={16} />}
          onClick={goOn}
        >
          {isLast ? 'Keep and look it over' : 'Keep and go on'}
        </Button>
      </Group>
    </Stack>
  );
}

/** What is left of think and answer time together, by main's clock when the question was read. */
function Clock({ timeLeftMs }: { timeLeftMs: number }) {
  const [until] = useState(() => Date.now() + timeLeftMs);
  const [now, setNow] = useState(Date.now());
  useInterval(() => setNow(Date.now()), 1_000, { autoInvoke: true });
  const leftMs = until - now;
  return (
    <Text
      size="sm"
      c={leftMs > 0 ? 'dimmed' : undefined}
      className={leftMs > 0 ? classes.clock : classes.warning}
    >
      {leftMs > 0 ? (
        <span role="timer">{formatDuration(leftMs)} left</span>
      ) : (
        'The time is up. Finish what you were writing: nothing is cut off.'
      )}
    </Text>
  );
}
