import { Alert, Anchor, Button, Group, Skeleton } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconArchive, IconCalendarPlus, IconMoodEmpty } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import type { Candidate } from '../../../shared/contract/candidates.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { offerUndo } from '../../lib/offer-undo.tsx';
import { keyOf, queryClient, useAct, useOperation } from '../../lib/queries.ts';
import { InterviewersOnly } from '../kits/InterviewersOnly.tsx';
import { CandidateData } from './CandidateData.tsx';
import { CandidateHistory } from './CandidateHistory.tsx';
import { CandidateProfile } from './CandidateProfile.tsx';
import { CandidateSignIn } from './CandidateSignIn.tsx';

/** One candidate: their interviews, who they are and what they need. */
export function CandidateScreen() {
  const { candidateId = '' } = useParams();
  const { data: candidate, error, refetch } = useOperation('candidates.get', { id: candidateId });
  return (
    <InterviewersOnly>
      <Page width={760}>
        {error?.code === 'NOT_FOUND' || error?.code === 'INVALID_INPUT' ? (
          <EmptyState
            icon={IconMoodEmpty}
            title="This candidate is not here"
            action={
              <Button component={Link} to="/candidates">
                Candidates
              </Button>
            }
          >
            They may have been erased, or have another role now.
          </EmptyState>
        ) : (
          error && <FailureNote error={error} onRetry={() => void refetch()} />
        )}
        {!candidate && !error && (
          <Placeholder label="Opening the candidate">
            <Skeleton height={28} width={220} mb={12} />
            <Skeleton height={14} width={320} mb={40} />
            <Skeleton height={180} />
          </Placeholder>
        )}
        {candidate && !error && <Overview key={candidate.id} candidate={candidate} />}
      </Page>
    </InterviewersOnly>
  );
}

function Overview({ candidate }: { candidate: Candidate }) {
  const { id, name, headline, email, phone, archivedAt } = candidate;
  const archive = useArchive(candidate);
  return (
    <>
      <PageHeader
        title={name}
        eyebrow={
          <Anchor component={Link} to="/candidates" size="sm">
            Candidates
          </Anchor>
        }
        lead={[headline, email, phone].filter(Boolean).join(' · ')}
        actions={
          !archivedAt && (
            <>
              <Button variant="default" leftSection={<IconArchive size={16} />} onClick={archive.ask}>
                Archive
              </Button>
              <Button
                component={Link}
                to={`/desk/new?candidate=${id}`}
                leftSection={<IconCalendarPlus size={17} />}
              >
                New interview
              </Button>
            </>
          )
        }
      />
      {archivedAt && (
        <Alert color="gray" mb="lg" title="Archived">
          <Group justify="space-between">
            {name} is in no list and no choice. Everything is kept.
            <Button size="compact-sm" variant="default" loading={archive.pending} onClick={archive.restore}>
              Restore
            </Button>
          </Group>
        </Alert>
      )}
      <CandidateHistory candidate={candidate} />
      <CandidateSignIn candidate={candidate} />
      <CandidateData candidate={candidate} />
      <CandidateProfile candidate={candidate} />
    </>
  );
}

function useArchive({ id, name }: Candidate) {
  const act = useAct('candidates.setArchived', {
    changes: ['candidates.list', 'candidates.tags'],
    onSuccess: (candidate) => queryClient.setQueryData(keyOf('candidates.get', { id }), candidate),
  });
  const restore = () => act.mutate({ id, archived: false });
  const ask = () =>
    modals.openConfirmModal({
      title: `Archive ${name}?`,
      children: 'They leave the list and the choices for new interviews. Nothing is deleted.',
      labels: { confirm: 'Archive', cancel: 'Cancel' },
      onConfirm: () =>
        act.mutate(
          { id, archived: true },
          {
            onSuccess: () => offerUndo(`${name} is archived`, restore),
          },
        ),
    });
  return { ask, restore, pending: act.isPending };
}
