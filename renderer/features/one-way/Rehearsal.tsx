import { Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { IconArrowRight, IconCircleFilled, IconPlayerStopFilled, IconRefresh } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { OneWayInterview } from '../../../shared/contract/one-way.ts';
import { AudioPlayer } from '../../components/AudioPlayer.tsx';
import { Keys } from '../../components/Keys.tsx';
import { formatDuration } from '../../lib/formats.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { spokenDuration } from '../../stores/announcements.ts';
import { goOn, useOneWay } from '../../stores/one-way.ts';
import { useRecorder } from '../../stores/recorder.ts';
import { LevelMeter } from '../practice/LevelMeter.tsx';
import { useSample } from '../practice/use-sample.ts';
import classes from './OneWay.module.css';

/** How long the practice answer may last, ms. */
const rehearsalMs = 60_000;

/** A practice question: answered aloud as often as one likes, heard, and kept nowhere. */
export function Rehearsal({ interview }: { interview: OneWayInterview }) {
  const busy = useOneWay((oneWay) => oneWay.busy);
  const ready = useRecorder(({ microphone }) => microphone !== null);
  const sample = useSample(rehearsalMs);
  const recording = sample.state === 'recording';
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const toggle = recording ? sample.stop : sample.start;
  const first = () => {
    sample.forget();
    void goOn();
  };
  useShortcuts([
    { keys: ' ', does: 'Record the practice answer; stop', run: toggle },
    { keys: 'r', does: 'Record the practice answer; stop', run: toggle },
    ...(recording ? [] : [{ keys: 'Enter', does: 'To the first question', run: first }]),
  ]);
  const [question] = interview.questions;

  return (
    <Stack gap="xl">
      <Stack gap={6}>
        <Text size="sm" c="dimmed">
          Practice question · counts for nothing, kept nowhere
        </Text>
        <Title order={1} ref={heading} tabIndex={-1}>
          What did you learn recently that you wish you had known earlier?
        </Title>
      </Stack>
      <div className={classes.panel}>
        <LevelMeter />
        {recording ? (
          <Stack gap={6}>
            <Text size="sm" role="status">
              Recording
            </Text>
            <Progress value={sample.progress * 100} aria-label="Practice answer" transitionDuration={200} />
            <Text size="sm" c="dimmed" className={classes.clock} aria-hidden>
              {formatDuration(sample.progress * rehearsalMs)} of {formatDuration(rehearsalMs)}
            </Text>
          </Stack>
        ) : sample.url ? (
          <AudioPlayer src={sample.url} durationMs={sample.durationMs} label="Practice answer" />
        ) : (
          <Text size="sm" c="dimmed">
            Answer aloud for a few seconds, then listen to yourself. Repeat it as often as you like.
          </Text>
        )}
        <Group>
          <Button
            variant={recording ? 'filled' : 'default'}
            disabled={!ready}
            leftSection={
              recording ? (
                <IconPlayerStopFilled size={16} />
              ) : sample.url ? (
                <IconRefresh size={16} />
              ) : (
                <IconCircleFilled size={14} />
              )
            }
            rightSection={<Keys keys=" " />}
            onClick={toggle}
          >
            {recording ? 'Stop' : sample.url ? 'Practise again' : 'Record a practice answer'}
          </Button>
        </Group>
      </div>
      <Stack gap="sm" align="flex-start">
        <Text size="sm" c="dimmed">
          {question && question.thinkTimeMs > 0
            ? `When you go on, the first question appears: ${spokenDuration(question.thinkTimeMs)} to think, then the recording starts by itself.`
            : 'When you go on, the first question appears and the recording starts at once.'}
        </Text>
        <Button
          size="md"
          loading={busy}
          disabled={recording}
          leftSection={<IconArrowRight size={16} />}
          rightSection={<Keys keys="Enter" />}
          onClick={first}
        >
          To the first question
        </Button>
      </Stack>
    </Stack>
  );
}
