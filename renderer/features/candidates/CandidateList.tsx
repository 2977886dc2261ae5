import { Avatar, Group, Skeleton, Stack } from '@mantine/core';
import type { RefObject } from 'react';
import type { CandidateRow } from '../../../shared/contract/candidates.ts';
import { LinkList } from '../../components/LinkList.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { formatMoment, formatMomentInFull } from '../../lib/formats.ts';
import { statusWords } from '../../lib/words.ts';
import classes from './CandidateList.module.css';

const rowHeight = 68;
/** More would push the interview out of the row; the rest is said as a number. */
const tagsShown = 3;

/** Candidates, however many. */
export function CandidateList({
  rows,
  scroller,
  hasMore,
  onEnd,
}: {
  rows: readonly CandidateRow[];
  scroller: RefObject<HTMLDivElement | null>;
  hasMore: boolean;
  /** Is called when the end of what has been read comes into sight. */
  onEnd: () => void;
}) {
  return (
    <LinkList
      label="Candidates"
      {...{ rows, rowHeight, scroller, hasMore, onEnd }}
      to={({ id }) => `/candidates/${id}`}
    >
      {(candidate) => <CandidateSummary candidate={candidate} />}
    </LinkList>
  );
}

function CandidateSummary({ candidate }: { candidate: CandidateRow }) {
  const { name, email, headline, tags, lastInterview } = candidate;
  return (
    <span className={classes.summary}>
      <Avatar name={name} color="pine" size={38} radius="xl" alt="" aria-hidden />
      <span className={classes.what}>
        <span className={classes.name}>{name}</span>
        <span className={classes.details}>{headline ? `${headline} · ${email}` : email}</span>
      </span>
      <span className={classes.tags}>
        {tags.slice(0, tagsShown).map((tag) => (
          <span key={tag} className={classes.tag}>
            {tag}
          </span>
        ))}
        {tags.length > tagsShown && <span className={classes.more}>+{tags.length - tagsShown}</span>}
      </span>
      <span className={classes.last}>
        {lastInterview ? (
          <>
            <time dateTime={lastInterview.at} title={formatMomentInFull(lastInterview.at)}>
              {formatMoment(lastInterview.at)}
            </time>
            <span className={classes.details}>
              {lastInterview.title} · {statusWords[lastInterview.status]}
            </span>
          </>
        ) : (
          <span className={classes.details}>No interview of yours</span>
        )}
      </span>
    </span>
  );
}

export function CandidateListSkeleton() {
  return (
    <Placeholder label="Loading the candidates">
      {[0, 1, 2, 3, 4, 5].map((index) => (
        <Group key={index} h={rowHeight} gap="md">
          <Skeleton height={38} circle />
          <Stack gap={8}>
            <Skeleton height={12} width={160} />
            <Skeleton height={10} width={230} />
          </Stack>
        </Group>
      ))}
    </Placeholder>
  );
}
