import { Button } from '@mantine/core';
import { IconMicrophone, IconMoodEmpty } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link, Navigate, useParams } from 'react-router';
import type { DeskInterview } from '../../../shared/contract/desk.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { useDocumentTitle } from '../../lib/document-title.ts';
import { useOperation } from '../../lib/queries.ts';
import { enterLive, leaveLive, stopRecording, useLive } from '../../stores/live.ts';
import { InterviewersOnly } from '../kits/InterviewersOnly.tsx';
import { LiveRegion } from '../practice/LiveRegion.tsx';
import { ConsentStep } from './ConsentStep.tsx';
import { Console } from './Console.tsx';

/** What others on the panel do shows after this long at the latest, ms. */
const refreshMs = 10_000;

/** A live interview as its interviewer holds it: consent first, then the console. */
export function LiveScreen() {
  const { interviewId = '' } = useParams();
  const { data, error, refetch } = useOperation(
    'desk.interview',
    { id: interviewId },
    { refetchInterval: refreshMs },
  );
  const running = data?.kind === 'LIVE' && data.status === 'IN_PROGRESS' && !data.deletedAt;
  useDocumentTitle(data ? `${data.candidate.name}, live` : 'Live interview');
  useEffect(() => {
    if (!running) return;
    enterLive(interviewId);
    return leaveLive;
  }, [interviewId, running]);
  const agreed = data?.consent?.decision === 'AGREED';
  // Somebody else on the panel may have noted that it is taken back.
  useEffect(() => {
    if (running && !agreed && useLive.getState().recording) void stopRecording();
  }, [running, agreed]);
  return (
    <InterviewersOnly>
      <LiveRegion />
      {error && (
        <Page>
          {error.code === 'NOT_FOUND' ? (
            <EmptyState icon={IconMoodEmpty} title="This interview is not here">
              It may be gone, or you are not on its panel.
            </EmptyState>
          ) : (
            <FailureNote error={error} onRetry={() => void refetch()} />
          )}
        </Page>
      )}
      {!data && !error && <Loading>Opening the interview…</Loading>}
      {data && (running ? <Running interview={data} /> : <Navigate to={`/desk/${interviewId}`} replace />)}
    </InterviewersOnly>
  );
}

function Running({ interview }: { interview: DeskInterview }) {
  const held = useLive((live) => live.interviewId);
  // Before the screen has taken the person in, there is nothing to show.
  if (held === null) return null;
  if (held !== interview.id) {
    return (
      <Page>
        <EmptyState
          icon={IconMicrophone}
          title="Another interview is being recorded"
          action={
            <Button component={Link} to={`/desk/${held}/live`}>
              Back to that one
            </Button>
          }
        >
          End it, or stop its recording, first.
        </EmptyState>
      </Page>
    );
  }
  if (interview.consentText && !interview.consent) return <ConsentStep interview={interview} />;
  return <Console interview={interview} />;
}
