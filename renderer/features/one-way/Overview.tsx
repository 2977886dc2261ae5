import { Button, Group, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconSend } from '@tabler/icons-react';
import type { OneWayInterview, OneWayQuestion } from '../../../shared/contract/one-way.ts';
import { Keys } from '../../components/Keys.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { count, formatDuration } from '../../lib/formats.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { answerQuestion, review, submit, useOneWay } from '../../stores/one-way.ts';
import { chosenTake } from '../../stores/practice-course.ts';
import classes from './OneWay.module.css';

/** All questions are behind: look the answers over, then hand them in. */
export function Overview({ interview }: { interview: OneWayInterview }) {
  const busy = useOneWay((oneWay) => oneWay.busy);
  const { id, title, questions, answeredCount, questionCount } = interview;
  const last = questions.at(-1);
  const missing = questionCount - answeredCount;
  const ask = () =>
    modals.openConfirmModal({
      title: 'Submit this interview?',
      children: (
        <Text size="sm">
          {missing > 0 && `${count(missing, 'question')} without an answer. `}
          Your answers go to the interviewers. After that you can listen to them, and change none.
        </Text>
      ),
      labels: { confirm: 'Submit', cancel: 'Not yet' },
      onConfirm: () => void submit(id),
    });
  useShortcuts([{ keys: 'Enter', does: 'Submit', run: ask }]);
  return (
    <Stack gap="xl">
      <PageHeader
        title="That was the last question"
        documentTitle={title}
        lead={`You answered ${answeredCount} of ${count(questionCount, 'question')}. Everything is saved; nothing is handed in yet.`}
      />
      <ol className={classes.answers} aria-label="Your answers">
        {questions.map((question) => (
          <li key={question.id} className={classes.answer}>
            <div>
              <Text size="sm" lineClamp={2}>
                {question.content}
              </Text>
              <Text size="xs" c="dimmed">
                {outcomeWords(question)}
              </Text>
            </div>
            {question.state === 'ANSWERED' && (
              <Button
                flex="none"
                size="compact-sm"
                variant="default"
                disabled={busy}
                aria-label={`Look at it, answer ${question.position + 1}`}
                onClick={() => review(question.id)}
              >
                Look at it
              </Button>
            )}
            {question.state === 'SKIPPED' && question.id === last?.id && (
              <Button
                flex="none"
                size="compact-sm"
                variant="default"
                disabled={busy}
                onClick={() => void answerQuestion(question.id)}
              >
                Answer it after all
              </Button>
            )}
          </li>
        ))}
      </ol>
      <Group>
        <Button
          size="md"
          loading={busy}
          leftSection={<IconSend size={16} />}
          rightSection={<Keys keys="Enter" />}
          onClick={ask}
        >
          Submit
        </Button>
      </Group>
    </Stack>
  );
}

/** What became of a question, in a few words. */
export function outcomeWords(question: OneWayQuestion): string {
  switch (question.state) {
    case 'ANSWERED': {
      const ms = chosenTake(question)?.durationMs;
      if (ms == null) return 'answered in writing';
      return `answered aloud, ${formatDuration(ms)}`;
    }
    case 'SKIPPED':
      return 'skipped';
    case 'ASKED':
      return 'not answered';
    case 'NOT_ASKED':
      return 'not asked';
  }
}
