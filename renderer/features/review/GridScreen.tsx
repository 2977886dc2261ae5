import { Anchor, Button, Text, VisuallyHidden } from '@mantine/core';
import { IconFilterOff, IconLayoutGrid } from '@tabler/icons-react';
import { Link } from 'react-router';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { count } from '../../lib/formats.ts';
import { usePages } from '../../lib/queries.ts';
import { SavedFilters } from '../find/SavedFilters.tsx';
import { InterviewersOnly } from '../kits/InterviewersOnly.tsx';
import { gridInput, isNarrowed, useReviewFilters } from './filters.ts';
import { Grid } from './Grid.tsx';
import { ReviewFilterBar } from './ReviewFilterBar.tsx';

/** Candidates × questions, with what each answer scored. */
export function GridScreen() {
  return (
    <InterviewersOnly>
      <Candidates />
    </InterviewersOnly>
  );
}

function Candidates() {
  const [filters, setFilters] = useReviewFilters();
  const { data: rows, ...list } = usePages('review.grid', gridInput(filters));
  return (
    <Page width={1400}>
      <PageHeader
        title="Candidates and questions"
        eyebrow={
          <Anchor component={Link} to="/desk" size="sm">
            Interviews
          </Anchor>
        }
        lead="What each answer scored, in the interviews whose panel you are on."
        actions={<SavedFilters screen="review" />}
      />
      <ReviewFilterBar filters={filters} onChange={setFilters} byQuestion />
      <VisuallyHidden role="status">
        {rows && `${count(rows.length, 'interview')}${list.hasNextPage ? ', and more further down' : ''}`}
      </VisuallyHidden>
      {list.error && <FailureNote error={list.error} onRetry={() => void list.refetch()} />}
      {!rows && !list.error && <Loading>Reading the scores…</Loading>}
      {rows?.length === 0 &&
        (isNarrowed(filters) ? (
          <EmptyState icon={IconFilterOff} title="No interview matches">
            Try other filters, or clear them.
          </EmptyState>
        ) : (
          <EmptyState
            icon={IconLayoutGrid}
            title="No interview has begun yet"
            action={
              <Button component={Link} to="/desk/new">
                New interview
              </Button>
            }
          >
            Once one has, its candidate and what they were asked are here.
          </EmptyState>
        ))}
      {rows && rows.length > 0 && (
        <>
          <Text size="sm" c="dimmed" mb="sm">
            Arrow keys move, Enter opens: an answer beside the others’, or the interview. Scores show once
            your own scorecard is submitted.
          </Text>
          <Grid
            key={JSON.stringify(filters)}
            rows={rows}
            hasMore={list.hasNextPage}
            onEnd={() => {
              if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
            }}
          />
        </>
      )}
    </Page>
  );
}
