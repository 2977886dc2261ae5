import { Anchor, Button, Select, Text, VisuallyHidden } from '@mantine/core';
import { IconLayoutGrid } from '@tabler/icons-react';
import { useRef } from 'react';
import { Link, useSearchParams } from 'react-router';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { count } from '../../lib/formats.ts';
import { useOperation, usePages } from '../../lib/queries.ts';
import { InterviewersOnly } from '../kits/InterviewersOnly.tsx';
import { Grid } from './Grid.tsx';

/** Candidates × questions, with what each answer scored. */
export function GridScreen() {
  return (
    <InterviewersOnly>
      <Candidates />
    </InterviewersOnly>
  );
}

function Candidates() {
  const [search, setSearch] = useSearchParams();
  const kitId = search.get('kit') ?? undefined;
  const kits = useOperation('kits.list', { limit: 100 });
  const { data: rows, ...list } = usePages('review.grid', { kitId });
  const scroller = useRef<HTMLDivElement>(null);
  return (
    <Page width={1400} scrollerRef={scroller}>
      <PageHeader
        title="Candidates and questions"
        eyebrow={
          <Anchor component={Link} to="/desk" size="sm">
            Interviews
          </Anchor>
        }
        lead="What each answer scored, in the interviews whose panel you are on."
        actions={
          <Select
            aria-label="Kit"
            placeholder="Any kit"
            searchable
            clearable
            data={(kits.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            value={kitId ?? null}
            onChange={(chosen) => setSearch(chosen ? { kit: chosen } : {}, { replace: true })}
          />
        }
      />
      <VisuallyHidden role="status">
        {rows && `${count(rows.length, 'interview')}${list.hasNextPage ? ', and more further down' : ''}`}
      </VisuallyHidden>
      {list.error && <FailureNote error={list.error} onRetry={() => void list.refetch()} />}
      {!rows && !list.error && <Loading>Reading the scores…</Loading>}
      {rows?.length === 0 && (
        <EmptyState
          icon={IconLayoutGrid}
          title={kitId ? 'No interview of this kit has begun' : 'No interview has begun yet'}
          action={
            <Button component={Link} to="/desk/new">
              New interview
            </Button>
          }
        >
          Once one has, its candidate and what they were asked are here.
        </EmptyState>
      )}
      {rows && rows.length > 0 && (
        <>
          <Text size="sm" c="dimmed" mb="sm">
            Arrow keys move, Enter opens: an answer beside the others’, or the interview. Scores show once
            your own scorecard is submitted.
          </Text>
          <Grid
            key={kitId}
            rows={rows}
            scroller={scroller}
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
