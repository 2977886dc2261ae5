import { Badge, Button, Group, List, Radio, Stack, Text, Title } from '@mantine/core';
import { IconArrowRight, IconRefresh } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import type { Question, Take } from '../../../shared/contract/interviews.ts';
import { AudioPlayer } from '../../components/AudioPlayer.tsx';
import { Keys } from '../../components/Keys.tsx';
import { DiscardedTakes, RecoveredOffer } from '../../components/RecoveredTake.tsx';
import { SelfRating } from '../../components/SelfRating.tsx';
import { TranscriptEditor } from '../../components/TranscriptEditor.tsx';
import { count, formatDuration } from '../../lib/formats.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { answerQuestion, chooseTake, keepAndGoOn, usePractice } from '../../stores/practice.ts';
import { chosenTake, nextOpen, takesLeft } from '../../stores/practice-course.ts';
import { useRecorder } from '../../stores/recorder.ts';
import { QuestionText } from './QuestionText.tsx';
import classes from './ReviewStep.module.css';

/** After an answer: listen, record it again or keep it, compare it with what a good answer covers, and rate it. */
export function ReviewStep({ question, questions }: { question: Question; questions: readonly Question[] }) {
  const busy = usePractice((practice) => practice.busy);
  const left = takesLeft(question);
  const isLast = nextOpen(questions, question.id) === null;
  const again = () => void answerQuestion(question.id);
  const hasAnswer = chosenTake(question) !== null;
  const next = () => void keepAndGoOn(question);
  useShortcuts([
    { keys: 'Enter', does: hasAnswer ? 'Keep it and go on' : 'Go on', run: next },
    ...(left > 0 ? [{ keys: 'r', does: 'Record again', run: again }] : []),
  ]);
  // The levels are radio buttons, where Enter would otherwise do nothing.
  const nextByEnter = (event: KeyboardEvent) => {
    const { target } = event;
    if (event.key !== 'Enter' || !(target instanceof HTMLInputElement) || target.type === 'text') return;
    event.preventDefault();
    next();
  };

  return (
    <Stack gap="xl" onKeyDown={nextByEnter}>
      <QuestionText question={question} />
      <Takes question={question} />
      <div className={classes.columns}>
        <section aria-labelledby="covers">
          <Title order={2} id="covers" mb="xs">
            What a good answer covers
          </Title>
          <List spacing={6} size="sm">
            {question.covers.map((point) => (
              <List.Item key={point}>{point}</List.Item>
            ))}
          </List>
          {question.probes.length > 0 && (
            <>
              <Title order={3} mt="md" mb={6}>
                An interviewer might go on to ask
              </Title>
              <List spacing={6} size="sm" c="dimmed">
                {question.probes.map((probe) => (
                  <List.Item key={probe}>{probe}</List.Item>
                ))}
              </List>
            </>
          )}
        </section>
        <SelfRating question={question} label="How good was your answer?" />
      </div>
      <TranscriptEditor
        key={question.id}
        questionId={question.id}
        transcript={question.answer?.transcript ?? ''}
        label="In your words (optional)"
      />
      <div className={classes.foot}>
        <Button
          size="md"
          variant="default"
          leftSection={<IconRefresh size={16} />}
          rightSection={left > 0 && <Keys keys="R" />}
          disabled={left === 0 || busy}
          onClick={again}
        >
          Record again
        </Button>
        <Text size="sm" c="dimmed" flex={1}>
          {left === 0 ? 'No takes left.' : `${count(left, 'take')} left.`}
        </Text>
        <Button
          size="md"
          loading={busy}
          leftSection={<IconArrowRight size={16} />}
          rightSection={<Keys keys="Enter" />}
          onClick={next}
        >
          {nextWords(hasAnswer, isLast)}
        </Button>
      </div>
    </Stack>
  );
}

function nextWords(hasAnswer: boolean, isLast: boolean): string {
  if (!hasAnswer) return 'Go on';
  return isLast ? 'Keep and finish' : 'Keep and go on';
}

/** The takes of the answer; the chosen one counts, and is the one that is heard. */
function Takes({ question }: { question: Question }) {
  const { busy, brokenTakes } = usePractice();
  const { stoppedAtLimit, saved } = useRecorder();
  const takes = (question.answer?.takes ?? []).filter(({ state }) => state !== 'RECORDING');
  const chosen = chosenTake(question);
  const discarded = question.answer?.discarded ?? [];
  if (!chosen) return <DiscardedTakes takes={discarded} />;
  return (
    <Stack gap="sm">
      {takes
        .filter(({ offered }) => offered)
        .map((take) => (
          <RecoveredOffer key={take.id} take={take} />
        ))}
      {brokenTakes.includes(chosen.id) && !chosen.offered && (
        <Text size="sm">
          This answer was broken off. Everything up to {formatDuration(chosen.durationMs ?? 0)} was on disk
          and is here.
        </Text>
      )}
      {stoppedAtLimit && saved?.takeId === chosen.id && (
        <Text size="sm">The time was up, so the recording stopped by itself.</Text>
      )}
      <AudioPlayer
        key={chosen.id}
        src={chosen.audioUrl}
        durationMs={chosen.durationMs ?? (saved?.takeId === chosen.id ? saved.durationMs : null)}
        label={takes.length > 1 ? `Take ${chosen.number}` : 'Your answer'}
      />
      {takes.length > 1 && (
        <Radio.Group
          label="Which take counts?"
          value={chosen.id}
          onChange={(takeId) => {
            if (!busy) void chooseTake(question, takeId);
          }}
        >
          <Group gap="lg" mt={6}>
            {takes.map((take) => (
              <Radio key={take.id} value={take.id} label={<TakeLabel take={take} />} />
            ))}
          </Group>
        </Radio.Group>
      )}
      <DiscardedTakes takes={discarded} />
    </Stack>
  );
}

function TakeLabel({ take }: { take: Take }) {
  return (
    <span>
      Take {take.number}
      {take.durationMs !== null && ` · ${formatDuration(take.durationMs)}`}
      {take.recovered && (
        <Badge size="xs" variant="light" ml={6}>
          recovered
        </Badge>
      )}
    </span>
  );
}
