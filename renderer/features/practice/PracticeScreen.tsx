import { Button } from '@mantine/core';
import { IconMicrophone, IconMoodEmpty } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link, useParams } from 'react-router';
import type { Interview } from '../../../shared/contract/interviews.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { RecordingsAway } from '../../components/RecordingsAway.tsx';
import { useDocumentTitle } from '../../lib/document-title.ts';
import { useOperation } from '../../lib/queries.ts';
import {
  answerQuestion,
  enterInterview,
  goOn,
  leaveInterview,
  review,
  skipQuestion,
  usePractice,
} from '../../stores/practice.ts';
import { AnswerStep } from './AnswerStep.tsx';
import { DeviceCheck } from './DeviceCheck.tsx';
import { EndStep } from './EndStep.tsx';
import { LiveRegion } from './LiveRegion.tsx';
import { PracticeHeader } from './PracticeHeader.tsx';
import { PracticeQuestion } from './PracticeQuestion.tsx';
import { PracticeSummary } from './PracticeSummary.tsx';
import { ReviewStep } from './ReviewStep.tsx';

/** A practice interview from its device check to its summary. */
export function PracticeScreen() {
  const { interviewId = '' } = useParams();
  const interview = useOperation('interviews.get', { id: interviewId });
  const running = interview.data?.status === 'PENDING' || interview.data?.status === 'IN_PROGRESS';
  useDocumentTitle(interview.data?.title ?? 'Practice');
  useEffect(() => {
    if (!running) return;
    enterInterview(interviewId);
    return leaveInterview;
  }, [interviewId, running]);

  return (
    <Page width={760}>
      <LiveRegion />
      <RecordingsAway />
      {interview.error?.code === 'NOT_FOUND' ? (
        <EmptyState
          icon={IconMoodEmpty}
          title="This interview is not here"
          action={
            <Button component={Link} to="/interviews">
              Your history
            </Button>
          }
        >
          It may have been deleted, or it belongs to somebody else.
        </EmptyState>
      ) : (
        interview.error && <FailureNote error={interview.error} onRetry={() => void interview.refetch()} />
      )}
      {interview.isPending && <Loading>Opening the interview…</Loading>}
      {interview.data &&
        (running ? <Running interview={interview.data} /> : <PracticeSummary interview={interview.data} />)}
    </Page>
  );
}

function Running({ interview }: { interview: Interview }) {
  const { interviewId, step, questionId, busy } = usePractice();
  // Before the screen has taken the person in, there is nothing to show.
  if (interviewId === null) return null;
  if (interviewId !== interview.id) return <AnotherIsRecorded id={interviewId} />;
  const question = interview.questions.find(({ id }) => id === questionId);
  return (
    <>
      <PracticeHeader interview={interview} current={question ?? null} step={step} />
      {step === 'check' && (
        <DeviceCheck
          interview={interview}
          resuming={interview.status === 'IN_PROGRESS'}
          busy={busy}
          onReady={() => void goOn()}
        />
      )}
      {step === 'answer' && question && (
        <AnswerStep
          key={question.id}
          question={question}
          heading={<PracticeQuestion question={question} />}
          acts={{
            busy,
            again: () => void answerQuestion(question.id),
            review: () => review(question.id),
            skip: () => void skipQuestion(question.id),
          }}
        />
      )}
      {step === 'review' && question && (
        <ReviewStep key={question.id} question={question} questions={interview.questions} />
      )}
      {step === 'end' && <EndStep interview={interview} />}
    </>
  );
}

function AnotherIsRecorded({ id }: { id: string }) {
  return (
    <EmptyState
      icon={IconMicrophone}
      title="Another interview is not saved yet"
      action={
        <Button component={Link} to={`/practice/${id}`}>
          Back to that answer
        </Button>
      }
    >
      An answer in it is being recorded or saved. See to that first; then come back here.
    </EmptyState>
  );
}
