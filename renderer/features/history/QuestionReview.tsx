import { Stack, Text } from '@mantine/core';
import type { Question } from '../../../shared/contract/interviews.ts';
import { RemovedNote } from '../../components/RemovedNote.tsx';
import { SelfRating } from '../../components/SelfRating.tsx';
import { TranscriptEditor } from '../../components/TranscriptEditor.tsx';
import classes from './QuestionReview.module.css';
import { Takes } from './Takes.tsx';

/** One question, opened: what was said, what a good answer covers, and how good this one was. */
export function QuestionReview({
  question,
  readOnly,
  mayReveal,
}: {
  question: Question;
  readOnly: boolean;
  /** False while the answer is still to come. */
  mayReveal: boolean;
}) {
  const { answer, state } = question;
  const mayType = !readOnly && state !== 'NOT_ASKED';
  const mayRate = !readOnly && state === 'ANSWERED';
  return (
    <Stack gap="lg">
      {answer && answer.takes.length + answer.discarded.length > 0 && (
        <Takes takes={answer.takes} discarded={answer.discarded} readOnly={readOnly} />
      )}
      <RemovedNote answer={answer} />
      {mayType && (
        <TranscriptEditor
          key={question.id}
          questionId={question.id}
          transcript={answer?.transcript ?? ''}
          label={state === 'SKIPPED' ? 'What you would say now' : 'Transcript'}
        />
      )}
      {readOnly && answer?.transcript && <Text className={classes.transcript}>{answer.transcript}</Text>}
      {mayReveal && <Covers question={question} />}
      {mayRate && <SelfRating question={question} />}
    </Stack>
  );
}

function Covers({ question }: { question: Question }) {
  if (question.covers.length === 0 && question.probes.length === 0) return null;
  return (
    <div className={classes.covers}>
      {question.covers.length > 0 && (
        <div>
          <h4 className={classes.title}>What a good answer covers</h4>
          <ul>
            {question.covers.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        </div>
      )}
      {question.probes.length > 0 && (
        <div>
          <h4 className={classes.title}>What you might be asked next</h4>
          <ul>
            {question.probes.map((probe) => (
              <li key={probe}>{probe}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
