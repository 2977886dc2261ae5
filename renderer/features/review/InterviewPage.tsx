import { Anchor } from '@mantine/core';
import { IconMoodEmpty } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import type { DeskInterview } from '../../../shared/contract/desk.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useOperation } from '../../lib/queries.ts';
import { InterviewersOnly } from '../kits/InterviewersOnly.tsx';

/** A screen about one interview of the desk, with the way to its others. */
export function InterviewPage({
  title,
  width = 880,
  lead,
  children,
}: {
  title: string;
  width?: number;
  lead?: ReactNode;
  children: (interview: DeskInterview) => ReactNode;
}) {
  const { interviewId = '' } = useParams();
  const { data: interview, error, refetch } = useOperation('desk.interview', { id: interviewId });
  return (
    <InterviewersOnly>
      <Page width={width}>
        {error?.code === 'NOT_FOUND' ? (
          <EmptyState icon={IconMoodEmpty} title="This interview is not here">
            It may be gone, or you are not on its panel.
          </EmptyState>
        ) : (
          error && <FailureNote error={error} onRetry={() => void refetch()} />
        )}
        {!interview && !error && <Loading>Opening the interview…</Loading>}
        {interview && (
          <>
            <PageHeader
              title={title}
              documentTitle={`${title}, ${interview.candidate.name}`}
              eyebrow={
                <Anchor component={Link} to={`/desk/${interview.id}`} size="sm">
                  {interview.candidate.name} · {interview.title}
                </Anchor>
              }
              lead={lead}
            />
            {children(interview)}
          </>
        )}
      </Page>
    </InterviewersOnly>
  );
}
