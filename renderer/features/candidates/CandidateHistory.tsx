import { Button, Skeleton, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Candidate, CandidateInterview } from '../../../shared/contract/candidates.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { ScoreRing } from '../../components/ScoreRing.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { formatMoment, formatMomentInFull } from '../../lib/formats.ts';
import { usePages } from '../../lib/queries.ts';
import { kindWords } from '../../lib/words.ts';
import { SettingsGroup } from '../settings/SettingsGroup.tsx';
import classes from './CandidateHistory.module.css';

/** A candidate's interviews, as far as one may know of them. */
export function CandidateHistory({ candidate }: { candidate: Candidate }) {
  const list = usePages('candidates.interviews', { id: candidate.id });
  const { data: rows, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  return (
    <SettingsGroup
      title="Interviews"
      lead="Those whose panel you are on. A blind one is listed once you have submitted your scorecard."
    >
      {error && <FailureNote error={error} onRetry={() => void refetch()} />}
      {!rows && !error && (
        <Placeholder label="Loading the interviews">
          <Skeleton height={62} mb={8} />
          <Skeleton height={62} />
        </Placeholder>
      )}
      {rows?.length === 0 && (
        <Text size="sm" c="dimmed">
          None yet.
        </Text>
      )}
      {rows && rows.length > 0 && (
        <ul className={classes.list}>
          {rows.map((interview) => (
            <li key={interview.id}>
              <Row interview={interview} />
            </li>
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button variant="default" mt="sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
    </SettingsGroup>
  );
}

function Row({ interview }: { interview: CandidateInterview }) {
  const { id, title, kind, status, at, interviewer, score } = interview;
  return (
    <Link to={`/desk/${id}`} className={classes.row}>
      <span className={classes.what}>
        <span className={classes.title}>{title}</span>
        <span className={classes.details}>
          {kindWords[kind]}
          {interviewer && ` · held by ${interviewer.name}`}
        </span>
      </span>
      <time className={classes.details} dateTime={at} title={formatMomentInFull(at)}>
        {formatMoment(at)}
      </time>
      <StatusBadge status={status} />
      <ScoreRing score={score} />
    </Link>
  );
}
