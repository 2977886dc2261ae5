import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import {
  IconCheck,
  IconCircleFilled,
  IconPlayerPauseFilled,
  IconPlayerSkipForward,
  IconPlayerStopFilled,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { timeWarningsMs } from '../../../shared/model/limits.ts';
import { Keys } from '../../components/Keys.tsx';
import { formatDuration } from '../../lib/formats.ts';
import { warningWords } from '../../lib/recorder/words.ts';
import { type Shortcut, useShortcuts } from '../../lib/shortcuts.ts';
import { type AnswerableQuestion, takesLeft } from '../../stores/practice-course.ts';
import { usePracticePreferences } from '../../stores/practice-preferences.ts';
import { recorder, useRecorder } from '../../stores/recorder.ts';
import classes from './AnswerStep.module.css';
import { Interrupted } from './Interrupted.tsx';
import { LevelMeter } from './LevelMeter.tsx';
import { LostMicrophone } from './LostMicrophone.tsx';
import { SaveCopy } from './SaveCopy.tsx';
import { TimeRing } from './TimeRing.tsx';

/** What can be done with the answer beside recording it; each interview has its own rules for that. */
export interface AnswerActs {
  busy: boolean;
  /** Puts the question before the person again, with another take. */
  again(): void;
  review(): void;
  skip(): void;
}

/** One question: thinking, then recording. The most important screen of Parley, so there is little on it. */
export function AnswerStep({
  question,
  heading,
  thinkTimeMs = question.thinkTimeMs,
  acts,
}: {
  question: AnswerableQuestion;
  heading: ReactNode;
  /** What the ring counts down from. */
  thinkTimeMs?: number;
  acts: AnswerActs;
}) {
  const state = useRecorder();
  const { busy, skip } = acts;
  const { phase } = state;
  const mine = state.questionId === question.id;
  const start = () => recorder.record();
  /** The answer has no microphone to go on with. */
  const lost = phase === 'paused' && state.problem !== null;
  const pauseOrGoOn = () => {
    if (lost) void recorder.continueWith(usePracticePreferences.getState().deviceId);
    else if (phase === 'paused') recorder.resume();
    else recorder.pause();
  };
  const stop = () => void recorder.stop();
  const isAnswered = question.state === 'ANSWERED';

  const keys: Shortcut[] = [];
  if (phase === 'thinking') {
    keys.push(
      { keys: ' ', does: 'Start answering', run: start },
      { keys: 'r', does: 'Start answering', run: start },
    );
    if (!isAnswered) keys.push({ keys: 's', does: 'Skip the question', run: skip });
  }
  if (phase === 'recording' || phase === 'paused') {
    keys.push(
      { keys: ' ', does: 'Stop', run: stop },
      { keys: 'r', does: 'Stop', run: stop },
      {
        keys: 'p',
        does: 'Pause or go on',
        run: pauseOrGoOn,
      },
    );
  }
  useShortcuts(busy ? [] : keys);

  return (
    <Stack gap="lg">
      {heading}
      {mine && phase === 'interrupted' ? (
        <Interrupted question={question} acts={acts} />
      ) : (
        <section aria-label="Recorder" className={classes.recorder} data-phase={phase}>
          <Clock thinkTimeMs={thinkTimeMs} />
          <div className={classes.below}>
            <Status takes={question.takesAllowed > 1 ? takesLeft(question) : null} />
            <Warnings />
          </div>
          {phase === 'thinking' && (
            <div className={classes.controls}>
              <Button
                size="md"
                color="red"
                leftSection={<IconCircleFilled size={14} />}
                rightSection={<Keys keys=" " />}
                onClick={start}
              >
                Start answering now
              </Button>
              {!isAnswered && (
                <Button
                  size="md"
                  variant="default"
                  leftSection={<IconPlayerSkipForward size={16} />}
                  rightSection={<Keys keys="S" />}
                  onClick={skip}
                  loading={busy}
                >
                  Skip
                </Button>
              )}
            </div>
          )}
          {lost && <LostMicrophone />}
          {(phase === 'recording' || phase === 'paused') && !lost && (
            <div className={classes.controls}>
              <Button
                size="md"
                variant="default"
                miw={150}
                leftSection={
                  phase === 'paused' ? <IconCircleFilled size={14} /> : <IconPlayerPauseFilled size={16} />
                }
                rightSection={<Keys keys="P" />}
                onClick={pauseOrGoOn}
              >
                {phase === 'paused' ? 'Go on' : 'Pause'}
              </Button>
              <Button
                size="md"
                miw={150}
                leftSection={<IconPlayerStopFilled size={16} />}
                rightSection={<Keys keys=" " />}
                onClick={stop}
              >
                Stop
              </Button>
            </div>
          )}
          {phase === 'finishing' && <SavingNote question={question} />}
        </section>
      )}
    </Stack>
  );
}

/** The time, large: what is left to think, or what has been said. */
function Clock({ thinkTimeMs }: { thinkTimeMs: number }) {
  const { phase, thinkLeftMs, elapsedMs, limitMs } = useRecorder();
  const thinking = phase === 'thinking';
  const leftMs = thinking ? thinkLeftMs : Math.max(0, limitMs - elapsedMs);
  // Rounded up, the last second of the think time shows as 0:01 and not as 0:00.
  const shownMs = thinking ? Math.ceil(thinkLeftMs / 1000) * 1000 : Math.floor(elapsedMs / 1000) * 1000;
  const urgent = !thinking && timeWarningsMs.findLast((ms) => limitMs > ms && leftMs <= ms);
  return (
    <TimeRing
      phase={phase}
      share={thinking ? thinkLeftMs / thinkTimeMs : elapsedMs / limitMs}
      urgency={urgent === timeWarningsMs[1] ? 'last' : urgent ? 'soon' : undefined}
    >
      <span className={classes.time} role="timer" aria-live="off">
        {formatDuration(shownMs)}
      </span>
      <span className={classes.left}>
        {thinking ? 'to think' : `${formatDuration(Math.ceil(leftMs / 1000) * 1000)} left`}
      </span>
    </TimeRing>
  );
}

function Status({ takes }: { takes: number | null }) {
  const { phase, microphone } = useRecorder();
  const safeSeconds = useRecorder(({ safeMs }) => Math.floor(safeMs / 1000));
  if (phase === 'thinking') {
    return (
      <>
        <Text size="sm" c="dimmed">
          {microphone ? 'Microphone ready · nothing is recorded yet' : 'Opening the microphone…'}
          {takes !== null && ` · ${takes === 1 ? 'last take' : `${takes} takes left`}`}
        </Text>
        <LevelMeter />
      </>
    );
  }
  return (
    <>
      <Text size="sm" className={classes.status}>
        <span className={classes.dot} aria-hidden />
        {phase === 'paused' ? 'Paused' : phase === 'recording' ? 'Recording' : 'Stopped'}
        <span className={classes.safe}>
          {safeSeconds > 0 ? (
            <>
              <IconCheck size={14} stroke={2.2} aria-hidden />
              Safe on disk up to {formatDuration(safeSeconds * 1000)}
            </>
          ) : (
            'Going to disk as you speak'
          )}
        </span>
      </Text>
      {phase !== 'finishing' && <LevelMeter />}
    </>
  );
}

/** What needs attention now. Its room is there before it is: nothing jumps while one speaks. */
function Warnings() {
  const { phase, warnings, limitMs, elapsedMs } = useRecorder();
  const leftMs = limitMs - elapsedMs;
  const time =
    phase === 'recording' || phase === 'paused'
      ? timeWarningsMs.findLast((ms) => limitMs > ms && leftMs <= ms)
      : undefined;
  return (
    <div className={classes.warnings}>
      {warnings.map((warning) => (
        <Text key={warning} size="sm">
          <strong>{warningWords[warning].title}.</strong> {warningWords[warning].advice}
        </Text>
      ))}
      {warnings.length === 0 && time && (
        <Text size="sm">Less than {time / 1000} seconds left. It stops by itself and is kept.</Text>
      )}
    </div>
  );
}

function SavingNote({ question }: { question: AnswerableQuestion }) {
  const behind = useRecorder(({ warnings }) => warnings.includes('saving-slowly'));
  return (
    <Group justify="center" gap="sm" mih={42}>
      <Loader size="sm" />
      <Text size="sm">{behind ? 'Still saving…' : 'Saving your answer…'}</Text>
      {behind && <SaveCopy question={question} />}
    </Group>
  );
}
