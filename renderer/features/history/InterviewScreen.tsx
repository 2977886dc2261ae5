import { ActionIcon, Alert, Anchor, Button, Skeleton, Stack } from '@mantine/core';
import { IconArrowBackUp, IconArrowLeft, IconFileUnknown, IconTrash } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from 'react-router';
import type { Interview } from '../../../shared/contract/interviews.ts';
import { restorableDays } from '../../../shared/model/limits.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { RecordingsAway } from '../../components/RecordingsAway.tsx';
import { ScoreRing } from '../../components/ScoreRing.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { formatDuration, formatMomentInFull } from '../../lib/formats.ts';
import { useOperation } from '../../lib/queries.ts';
import { difficultyWords, kindWords } from '../../lib/words.ts';
import { RetentionNotice } from '../policies/RetentionNotice.tsx';
import { useDeleteInterview, useRestoreInterview } from './delete-interview.tsx';
import classes from './InterviewScreen.module.css';
import { QuestionList } from './QuestionList.tsx';

/** One interview, to look back on: its questions, what was said, how good it was. */
export function InterviewScreen() {
  const { interviewId = '' } = useParams();
  const { data: interview, error, refetch } = useOperation('interviews.get', { id: interviewId });
  if (interview) return <Review key={interview.id} interview={interview} />;
  if (error?.code === 'NOT_FOUND' || error?.code === 'INVALID_INPUT') return <Gone />;
  return (
    <Page>{error ? <FailureNote error={error} onRetry={() => void refetch()} /> : <ReviewSkeleton />}</Page>
  );
}

function Review({ interview }: { interview: Interview }) {
  const navigate = useNavigate();
  const confirmDelete = useDeleteInterview();
  const restore = useRestoreInterview();
  const isOpen = interview.status === 'PENDING' || interview.status === 'IN_PROGRESS';
  const isDeleted = interview.deletedAt !== null;
  return (
    <Page>
      <PageHeader
        title={interview.title || `${kindWords[interview.kind]} interview`}
        eyebrow={<BackLink />}
        lead={<Facts interview={interview} />}
        actions={
          !isDeleted && (
            <>
              {isOpen && (
                <Button component={Link} to={`/practice/${interview.id}`}>
                  {interview.status === 'PENDING' ? 'Start' : 'Resume'}
                </Button>
              )}
              <ActionIcon
                variant="default"
                size={36}
                aria-label="Delete this interview"
                title="Delete this interview"
                onClick={() => confirmDelete(interview, () => void navigate('/interviews'))}
              >
                <IconTrash size={17} />
              </ActionIcon>
            </>
          )
        }
      />
      <RecordingsAway />
      <RetentionNotice interviewId={interview.id} />
      {isDeleted && (
        <Alert color="amber" icon={<IconTrash />} mb="lg" title="This interview was deleted">
          <Stack gap="xs" align="flex-start">
            It can be restored for {restorableDays} days after that.
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconArrowBackUp size={15} />}
              onClick={() => restore(interview)}
            >
              Restore
            </Button>
          </Stack>
        </Alert>
      )}
      <QuestionList questions={interview.questions} readOnly={isDeleted} isOver={!isOpen} />
    </Page>
  );
}

function Facts({ interview }: { interview: Interview }) {
  const { startedAt, endedAt, createdAt } = interview;
  const tookMs = startedAt && endedAt ? Date.parse(endedAt) - Date.parse(startedAt) : null;
  return (
    <div className={classes.facts}>
      {interview.score !== null && <ScoreRing score={interview.score} size={56} />}
      <div>
        <div>
          {formatMomentInFull(startedAt ?? createdAt)}
          {tookMs !== null && ` · took ${formatDuration(tookMs)}`}
        </div>
        <div className={classes.fact}>
          <StatusBadge status={interview.status} />
          <span>{difficultyWords[interview.difficulty]}</span>
          <span>
            {interview.answeredCount} of {interview.questionCount} answered
          </span>
        </div>
      </div>
    </div>
  );
}

function BackLink() {
  return (
    <Anchor component={Link} to="/interviews" size="sm" className={classes.back}>
      <IconArrowLeft size={15} aria-hidden />
      History
    </Anchor>
  );
}

function Gone() {
  return (
    <Page>
      <PageHeader title="Not found" eyebrow={<BackLink />} />
      <EmptyState
        icon={IconFileUnknown}
        title="This interview is not here"
        action={
          <Button component={Link} to="/interviews">
            Show the history
          </Button>
        }
      >
        It was deleted for good, or it belongs to somebody else.
      </EmptyState>
    </Page>
  );
}

function ReviewSkeleton() {
  return (
    <Placeholder label="Loading the interview">
      <Stack gap="lg">
        <Skeleton height={12} width={70} />
        <Skeleton height={26} width="55%" />
        <Skeleton height={14} width="40%" />
        {[0, 1, 2, 3, 4].map((index) => (
          <Skeleton key={index} height={84} radius="lg" />
        ))}
      </Stack>
    </Placeholder>
  );
}
