import { Button, Stack } from '@mantine/core';
import type { OneWayInterview } from '../../../shared/contract/one-way.ts';
import { Keys } from '../../components/Keys.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { count } from '../../lib/formats.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { goOn, useOneWay } from '../../stores/one-way.ts';

/** Before the first question of who answers in writing, and again on coming back. */
export function TypedStart({ interview, resuming }: { interview: OneWayInterview; resuming: boolean }) {
  const busy = useOneWay((oneWay) => oneWay.busy);
  const start = () => void goOn();
  useShortcuts([{ keys: 'Enter', does: 'Go on', run: start }]);
  const { questionCount, answeredCount, title } = interview;
  return (
    <Stack gap="xl" align="flex-start">
      <PageHeader
        title={resuming ? 'Welcome back' : 'You answer in writing'}
        documentTitle={title}
        lead={
          resuming
            ? `You answered ${answeredCount} of ${count(questionCount, 'question')}; those answers are kept.`
            : `${count(questionCount, 'question')}, one by one. Every word is saved as you type, and no clock cuts you off.`
        }
      />
      <Button size="md" loading={busy} rightSection={<Keys keys="Enter" />} onClick={start}>
        {resuming ? 'Go on' : 'To the first question'}
      </Button>
    </Stack>
  );
}
