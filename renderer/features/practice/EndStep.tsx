import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { Interview } from '../../../shared/contract/interviews.ts';
import { Keys } from '../../components/Keys.tsx';
import { count } from '../../lib/formats.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { answerQuestion, completeInterview, usePractice } from '../../stores/practice.ts';
import classes from './EndStep.module.css';

/** Every question is answered or skipped: finish, or take up a skipped one after all. */
export function EndStep({ interview }: { interview: Interview }) {
  const busy = usePractice((practice) => practice.busy);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const finish = () => void completeInterview(interview.id);
  useShortcuts([{ keys: 'Enter', does: 'Finish', run: finish }]);
  const skipped = interview.questions.filter(({ state }) => state === 'SKIPPED');
  const answered = interview.questions.filter(({ state }) => state === 'ANSWERED').length;

  return (
    <Stack gap="xl">
      <Stack gap={6}>
        <Title order={1} ref={heading} tabIndex={-1}>
          That was the last question
        </Title>
        <Text c="dimmed">
          You answered {answered} of {count(interview.questionCount, 'question')}. Everything is saved; you
          can listen and rate later too.
        </Text>
      </Stack>
      {skipped.length > 0 && (
        <section aria-labelledby="skipped">
          <Title order={2} id="skipped" mb="sm">
            Skipped
          </Title>
          <ul className={classes.list}>
            {skipped.map(({ id, content }) => (
              <li key={id} className={classes.row}>
                <Text size="sm" lineClamp={2} flex={1}>
                  {content}
                </Text>
                <Button
                  size="compact-sm"
                  variant="default"
                  disabled={busy}
                  onClick={() => void answerQuestion(id)}
                >
                  Answer it now
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Group>
        <Button
          size="md"
          loading={busy}
          leftSection={<IconCheck size={16} />}
          rightSection={<Keys keys="Enter" />}
          onClick={finish}
        >
          Finish the interview
        </Button>
      </Group>
    </Stack>
  );
}
