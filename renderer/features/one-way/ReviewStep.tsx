import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowRight, IconPlayerSkipForward, IconRefresh } from '@tabler/icons-react';
import type { OneWayInterview, OneWayQuestion } from '../../../shared/contract/one-way.ts';
import { Keys } from '../../components/Keys.tsx';
import { TranscriptEditor } from '../../components/TranscriptEditor.tsx';
import { count } from '../../lib/formats.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import {
  answerQuestion,
  chooseTake,
  isRecorded,
  keepAndGoOn,
  showOverview,
  skipQuestion,
  useOneWay,
} from '../../stores/one-way.ts';
import { takesLeft } from '../../stores/practice-course.ts';
import { useRecorder } from '../../stores/recorder.ts';
import { useTranscriptDrafts } from '../../stores/transcript-drafts.ts';
import { AnswerTakes } from '../practice/AnswerTakes.tsx';
import { QuestionText } from '../practice/QuestionText.tsx';
import { confirmSkip } from './confirm-skip.tsx';
import classes from './OneWay.module.css';

/** An answer: listen, and while its question is the current one record it again, or keep it and go on. */
export function ReviewStep({
  interview,
  question,
  about,
}: {
  interview: OneWayInterview;
  question: OneWayQuestion;
  about: string;
}) {
  const { busy, brokenTakes } = useOneWay();
  const current = interview.questions.find(({ id }) => id === interview.currentQuestionId);
  const isCurrent = current?.id === question.id;
  const isLast = interview.questions.at(-1)?.id === question.id;
  const recorded = isRecorded(interview);
  const left = recorded ? takesLeft(question) : 0;
  const again = () => void answerQuestion(question.id);
  const next = () => {
    if (isMissing) return;
    if (isCurrent) void keepAndGoOn(question);
    else if (current) void answerOrShow(interview);
  };
  const canRepeat = isCurrent && (left > 0 || !recorded);
  useShortcuts([
    { keys: 'Enter', does: isCurrent ? 'Keep it and go on' : 'Back', run: next },
    ...(canRepeat ? [{ keys: 'r', does: 'Record again', run: again }] : []),
  ]);
  const words = question.answer?.transcript ?? '';
  const draft = useTranscriptDrafts((drafts) => drafts[question.id]);
  // The interview is read again a moment after a take was saved.
  const justSaved = useRecorder(({ saved, questionId }) => saved !== null && questionId === question.id);
  // A recovered take that was not wanted may have been all there was.
  const isMissing = isCurrent && question.state !== 'ANSWERED' && !justSaved && !draft?.text.trim();
  return (
    <Stack gap="xl">
      <QuestionText question={question} about={about} />
      <AnswerTakes
        question={question}
        busy={busy}
        brokenTakes={brokenTakes}
        keeper="oneWay"
        onChoose={(takeId) => void chooseTake(takeId)}
      />
      {isCurrent ? (
        <TranscriptEditor
          key={question.id}
          questionId={question.id}
          transcript={words}
          label={recorded ? 'Something to add in writing (optional)' : 'Your answer'}
          placeholder="A name you mumbled, a line of code"
          keeper="oneWay.saveAnswer"
        />
      ) : (
        words !== '' && (
          <section aria-labelledby="written">
            <Title order={2} id="written" mb="xs">
              In writing
            </Title>
            <Text className={classes.prose}>{words}</Text>
          </section>
        )
      )}
      <Group className={classes.foot}>
        {canRepeat && (
          <Button
            size="md"
            variant="default"
            leftSection={<IconRefresh size={16} />}
            rightSection={<Keys keys="R" />}
            disabled={busy}
            onClick={again}
          >
            {recorded ? 'Record again' : 'Write on'}
          </Button>
        )}
        {isMissing && (
          <Button
            size="md"
            variant="default"
            disabled={busy}
            leftSection={<IconPlayerSkipForward size={16} />}
            onClick={() => confirmSkip(interview, question, () => void skipQuestion(question.id))}
          >
            Skip
          </Button>
        )}
        <Text size="sm" c="dimmed" flex={1}>
          {isMissing
            ? 'There is no answer now. Give one, or skip the question.'
            : noteOf({ isCurrent, isLast, recorded, left })}
        </Text>
        <Button
          size="md"
          loading={busy}
          disabled={isMissing}
          leftSection={<IconArrowRight size={16} />}
          rightSection={<Keys keys="Enter" />}
          onClick={next}
        >
          {isCurrent ? (isLast ? 'Keep and look it over' : 'Keep and go on') : 'Back'}
        </Button>
      </Group>
    </Stack>
  );
}

/** From an answer before: to the overview, or to the question that is before the candidate. */
function answerOrShow({ questions, currentQuestionId }: OneWayInterview): Promise<void> | void {
  const current = questions.find(({ id }) => id === currentQuestionId);
  if (!current || (questions.at(-1)?.id === current.id && current.state !== 'ASKED')) return showOverview();
  if (current.state === 'ANSWERED') return useOneWay.setState({ step: 'review', questionId: current.id });
  return answerQuestion(current.id);
}

function noteOf(place: { isCurrent: boolean; isLast: boolean; recorded: boolean; left: number }): string {
  const { isCurrent, isLast, recorded, left } = place;
  if (!isCurrent) return 'You have gone on from this question.';
  const takes = recorded ? (left === 0 ? 'No takes left. ' : `${count(left, 'take')} left. `) : '';
  return isLast ? takes.trim() : `${takes}Once you go on, this answer stays as it is.`;
}
