import { Alert, Button, Group, NativeSelect, Progress, Stack, Text, Title } from '@mantine/core';
import { IconMicrophone, IconRefresh } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { AudioPlayer } from '../../components/AudioPlayer.tsx';
import { Keys } from '../../components/Keys.tsx';
import { count } from '../../lib/formats.ts';
import { problemWords, warningWords } from '../../lib/recorder/words.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { spokenDuration } from '../../stores/announcements.ts';
import type { AnswerableQuestion } from '../../stores/practice-course.ts';
import { usePracticePreferences } from '../../stores/practice-preferences.ts';
import { recorder, useRecorder } from '../../stores/recorder.ts';
import classes from './DeviceCheck.module.css';
import { LevelMeter } from './LevelMeter.tsx';
import { useMicrophones } from './use-microphones.ts';
import { useSample } from './use-sample.ts';

/** As much of an interview as the check tells of. */
interface CheckedInterview {
  questionCount: number;
  answeredCount: number;
  questions: readonly Pick<AnswerableQuestion, 'thinkTimeMs' | 'answerTimeMs'>[];
}

/** Before the first question, and again when an interview is resumed: is the right microphone on, and does it hear? */
export function DeviceCheck({
  interview,
  resuming,
  busy,
  onReady,
}: {
  interview: CheckedInterview;
  resuming: boolean;
  busy: boolean;
  onReady: () => void;
}) {
  const { phase, problem, warnings, microphone } = useRecorder();
  const { deviceId, rememberDevice } = usePracticePreferences();
  const microphones = useMicrophones();
  const sample = useSample();
  const ready = phase === 'checking' && microphone !== null;

  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    void recorder.check(usePracticePreferences.getState().deviceId);
  }, []);
  useShortcuts(
    ready
      ? [
          { keys: 'Enter', does: resuming ? 'Go on' : 'Begin', run: onReady },
          { keys: ' ', does: 'Record a test', run: sample.start },
        ]
      : [],
  );

  return (
    <Stack gap="xl" className={classes.check}>
      <Stack gap={6}>
        <Title order={1} ref={heading} tabIndex={-1}>
          {resuming ? 'Welcome back. Is your microphone on?' : 'First, your microphone'}
        </Title>
        <Text c="dimmed">{resuming ? resumeLead(interview) : beginLead(interview)}</Text>
      </Stack>

      {phase === 'interrupted' && problem && (
        <Alert color="red" title={problemWords(problem).title} role="group">
          <Stack gap="sm" align="flex-start">
            <Text size="sm">{problemWords(problem).advice}</Text>
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconRefresh size={14} />}
              onClick={() => void recorder.check(deviceId)}
            >
              Try again
            </Button>
          </Stack>
        </Alert>
      )}

      <div className={classes.panel}>
        <NativeSelect
          label="Microphone"
          leftSection={<IconMicrophone size={16} aria-hidden />}
          value={microphone?.deviceId ?? deviceId ?? ''}
          disabled={microphones.length === 0}
          data={
            microphones.length > 0
              ? microphones.map(({ deviceId: value, label }) => ({ value, label: label || 'Microphone' }))
              : [{ value: '', label: 'None found' }]
          }
          onChange={({ currentTarget }) => {
            rememberDevice(currentTarget.value);
            sample.forget();
            void recorder.check(currentTarget.value);
          }}
        />
        <div>
          <LevelMeter />
          <Text size="sm" mt={6} className={classes.hint} data-warning={warnings.length > 0 || undefined}>
            {levelHint(ready, warnings)}
          </Text>
        </div>
        <div className={classes.sample}>
          {sample.state === 'recording' ? (
            <Stack gap={6} flex={1}>
              <Text size="sm">Say something, such as your name and what you had for breakfast.</Text>
              <Progress value={sample.progress * 100} aria-label="Test recording" transitionDuration={200} />
            </Stack>
          ) : (
            <Button
              variant="default"
              onClick={sample.start}
              disabled={!ready}
              rightSection={<Keys keys=" " />}
            >
              {sample.url ? 'Record another test' : 'Record a 5-second test'}
            </Button>
          )}
          {sample.state === 'idle' && sample.url && (
            <div className={classes.player}>
              <AudioPlayer src={sample.url} durationMs={sample.durationMs} label="Test recording" />
            </div>
          )}
        </div>
      </div>

      <Group>
        <Button
          size="md"
          onClick={onReady}
          loading={busy}
          disabled={!ready}
          rightSection={<Keys keys="Enter" />}
        >
          {resuming ? 'Go on' : 'Begin'}
        </Button>
        <Text size="sm" c="dimmed">
          {resuming ? 'Nothing is recorded before the question is there.' : 'Nothing of this test is kept.'}
        </Text>
      </Group>
    </Stack>
  );
}

function beginLead({ questionCount, questions: [first] }: CheckedInterview): string {
  const thinking = first?.thinkTimeMs ? `${spokenDuration(first.thinkTimeMs)} to think and ` : '';
  const answering = first ? spokenDuration(first.answerTimeMs) : '';
  return `Then ${count(questionCount, 'question')}, each with ${thinking}up to ${answering} to answer.`;
}

function resumeLead({ answeredCount, questionCount }: CheckedInterview): string {
  return `You answered ${answeredCount} of ${count(questionCount, 'question')}; those answers are kept.`;
}

function levelHint(ready: boolean, warnings: readonly (keyof typeof warningWords)[]): string {
  const [warning] = warnings;
  if (warning) return `${warningWords[warning].title}. ${warningWords[warning].advice}`;
  return ready ? 'Speak: the bars follow your voice.' : 'Waiting for the microphone.';
}
