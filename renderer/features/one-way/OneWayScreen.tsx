import { Button } from '@mantine/core';
import { IconMicrophone, IconMoodEmpty } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link, useParams } from 'react-router';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { RecordingsAway } from '../../components/RecordingsAway.tsx';
import { useDocumentTitle } from '../../lib/document-title.ts';
import { useOperation } from '../../lib/queries.ts';
import { enterOneWay, leaveOneWay, useOneWay } from '../../stores/one-way.ts';
import { LiveRegion } from '../practice/LiveRegion.tsx';
import { Ended } from './Ended.tsx';
import { Running } from './Running.tsx';
import { Welcome } from './Welcome.tsx';

/** A one-way interview for its candidate, from its welcome to what they have submitted. */
export function OneWayScreen() {
  const { interviewId = '' } = useParams();
  const interview = useOperation('oneWay.get', { id: interviewId });
  const entered = useOneWay((oneWay) => oneWay.interviewId);
  const status = interview.data?.status;
  const open = status === 'PENDING' || status === 'IN_PROGRESS';
  useDocumentTitle(interview.data?.title ?? 'Interview');
  useEffect(() => {
    if (!open) return;
    enterOneWay(interviewId);
    return leaveOneWay;
  }, [interviewId, open]);

  return (
    <Page width={760}>
      <LiveRegion />
      <RecordingsAway />
      {interview.error?.code === 'NOT_FOUND' ? (
        <EmptyState
          icon={IconMoodEmpty}
          title="This interview is not here"
          action={
            <Button component={Link} to="/assigned">
              What is assigned to you
            </Button>
          }
        >
          It may have been taken back, or it belongs to somebody else.
        </EmptyState>
      ) : (
        interview.error && <FailureNote error={interview.error} onRetry={() => void interview.refetch()} />
      )}
      {interview.isPending && <Loading>Opening the interview…</Loading>}
      {interview.data && !open && <Ended interview={interview.data} />}
      {interview.data && open && entered === interviewId && status === 'PENDING' && (
        <Welcome interview={interview.data} />
      )}
      {interview.data && open && entered === interviewId && status === 'IN_PROGRESS' && (
        <Running interview={interview.data} />
      )}
      {interview.data && open && entered !== null && entered !== interviewId && (
        <EmptyState
          icon={IconMicrophone}
          title="Another interview is not saved yet"
          action={
            <Button component={Link} to={`/assigned/${entered}`}>
              Back to that answer
            </Button>
          }
        >
          An answer in it is being recorded or saved. See to that first; then come back here.
        </EmptyState>
      )}
    </Page>
  );
}
