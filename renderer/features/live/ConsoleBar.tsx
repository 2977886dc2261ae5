import { Anchor, Button, Group, Text } from '@mantine/core';
import {
  IconCheck,
  IconCircleFilled,
  IconCoffee,
  IconExternalLink,
  IconPlayerStopFilled,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import type { DeskInterview } from '../../../shared/contract/desk.ts';
import { isWithdrawn } from '../../../shared/model/consent.ts';
import { Keys } from '../../components/Keys.tsx';
import { formatDuration } from '../../lib/formats.ts';
import { useAct } from '../../lib/queries.ts';
import { problemWords, warningWords } from '../../lib/recorder/words.ts';
import { recorder, useRecorder } from '../../stores/recorder.ts';
import { LevelMeter } from '../practice/LevelMeter.tsx';
import { LostMicrophone } from '../practice/LostMicrophone.tsx';
import { elapsedMs, useNow } from './clock.ts';
import classes from './Live.module.css';

/** With whom, how long, whether it is recorded and how safe that is, and what ends it. */
export function ConsoleBar({
  interview,
  mayRecord,
  onToggleRecording,
  onToggleBreak,
  onConsent,
  onEnd,
}: {
  interview: DeskInterview;
  mayRecord: boolean;
  onToggleRecording: () => void;
  onToggleBreak: () => void;
  onConsent: () => void;
  onEnd: () => void;
}) {
  const { id, candidate, title, pausedAt } = interview;
  return (
    <header className={classes.bar}>
      <div className={classes.who}>
        <Anchor component={Link} to={`/desk/${id}`} size="sm">
          {title}
        </Anchor>
        <h1 className={classes.name}>{candidate.name}</h1>
      </div>
      <Total interview={interview} />
      {mayRecord ? (
        <Recording interview={interview} onToggle={onToggleRecording} />
      ) : (
        <Text size="sm" c="dimmed">
          {notRecordedWords(interview)}
        </Text>
      )}
      {interview.consentText && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          rightSection={<Keys keys="C" />}
          onClick={onConsent}
        >
          Consent
        </Button>
      )}
      <Group gap="xs" className={classes.acts}>
        <CandidateWindow id={id} />
        <Button
          variant="default"
          size="sm"
          leftSection={<IconCoffee size={16} />}
          rightSection={<Keys keys="B" />}
          onClick={onToggleBreak}
        >
          {pausedAt ? 'Go on' : 'Break'}
        </Button>
        <Button size="sm" rightSection={<Keys keys="E" />} onClick={onEnd}>
          End
        </Button>
      </Group>
      <Trouble />
    </header>
  );
}

function notRecordedWords({ consents }: DeskInterview): string {
  if (consents.length === 0) return 'Held without recording';
  return isWithdrawn(consents) ? 'Consent taken back: not recorded' : 'Declined: not recorded';
}

/** The whole interview's time. It turns, and cuts nobody off. */
function Total({ interview: { startedAt, pausedAt, pausedMs, questions } }: { interview: DeskInterview }) {
  const now = useNow();
  if (!startedAt) return null;
  const plannedMs = questions.reduce((sum, question) => sum + question.answerTimeMs, 0);
  const goneMs = elapsedMs({ startedAt, pausedAt, pausedMs }, now);
  return (
    <Text className={classes.clock} data-over={(plannedMs > 0 && goneMs > plannedMs) || undefined}>
      <span role="timer" aria-live="off">
        {formatDuration(Math.floor(goneMs / 1000) * 1000)}
      </span>
      <span className={classes.of}> of {formatDuration(plannedMs)}</span>
    </Text>
  );
}

function Recording({ interview, onToggle }: { interview: DeskInterview; onToggle: () => void }) {
  const phase = useRecorder((state) => state.phase);
  const safeSeconds = useRecorder((state) => Math.floor(state.safeMs / 1000));
  const runs = phase === 'recording' || phase === 'thinking';
  return (
    <section className={classes.recording} data-phase={phase} aria-label="Recording">
      <Button
        variant="default"
        size="sm"
        disabled={!interview.currentQuestionId || interview.pausedAt !== null || phase === 'finishing'}
        leftSection={
          runs ? <IconPlayerStopFilled size={16} /> : <IconCircleFilled size={14} className={classes.dot} />
        }
        rightSection={<Keys keys="R" />}
        onClick={onToggle}
      >
        {runs ? 'Stop recording' : 'Record'}
      </Button>
      <Text size="sm" className={classes.safe}>
        {phase === 'recording' ? (
          safeSeconds > 0 ? (
            <>
              <IconCheck size={14} stroke={2.2} aria-hidden /> Safe on disk up to{' '}
              {formatDuration(safeSeconds * 1000)}
            </>
          ) : (
            'Going to disk as you speak'
          )
        ) : phase === 'finishing' ? (
          'Saving…'
        ) : phase === 'paused' ? (
          'Paused'
        ) : (
          'Not recording'
        )}
      </Text>
      {runs && <LevelMeter />}
    </section>
  );
}

/** Opens the candidate's window; where the host has none, their view is a page of its own. */
function CandidateWindow({ id }: { id: string }) {
  const open = useAct('live.openCandidateView');
  const label = 'Candidate’s view';
  const icon = <IconExternalLink size={16} />;
  if (!window.parley) {
    return (
      <Button
        component="a"
        href={`#/candidate-view/${id}`}
        target="_blank"
        variant="default"
        size="sm"
        leftSection={icon}
      >
        {label}
      </Button>
    );
  }
  return (
    <Button variant="default" size="sm" leftSection={icon} onClick={() => open.mutate({ id })}>
      {label}
    </Button>
  );
}

/** What needs attention now, the most urgent first. The live region says it as well. */
function Trouble() {
  const { warnings, problem, phase, unsaved, leftBehind } = useRecorder();
  const lost = phase === 'paused' && problem !== null;
  const words = problem && phase === 'interrupted' ? problemWords(problem) : null;
  if (warnings.length === 0 && !words && !lost && leftBehind === 0) return null;
  return (
    <div className={classes.trouble}>
      {warnings.map((warning) => (
        <Text key={warning} size="sm">
          <strong>{warningWords[warning].title}.</strong> {warningWords[warning].advice}
        </Text>
      ))}
      {words && (
        <Group gap="sm">
          <Text size="sm">
            <strong>{words.title}.</strong> {words.advice}
          </Text>
          {unsaved && (
            <Button size="compact-sm" onClick={() => void recorder.retrySaving()}>
              Save it again
            </Button>
          )}
        </Group>
      )}
      {leftBehind > 0 && (
        <Group gap="sm">
          <Text size="sm">
            <strong>An earlier answer is not saved yet.</strong> It is in this window: leave it open.
          </Text>
          <Button size="compact-sm" onClick={() => void recorder.retryLeftBehind()}>
            Save it again
          </Button>
        </Group>
      )}
      {lost && <LostMicrophone />}
    </div>
  );
}
