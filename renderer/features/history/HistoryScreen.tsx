import { Button, VisuallyHidden } from '@mantine/core';
import { IconFilterOff, IconHistory, IconTrash } from '@tabler/icons-react';
import { useRef } from 'react';
import { Link } from 'react-router';
import { restorableDays } from '../../../shared/model/limits.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { count } from '../../lib/formats.ts';
import { usePages } from '../../lib/queries.ts';
import { SavedFilters } from '../find/SavedFilters.tsx';
import { FilterBar } from './FilterBar.tsx';
import { filtersToInput, isNarrowed, useFilters } from './filters.ts';
import { InterviewList, InterviewListSkeleton } from './InterviewList.tsx';

export function HistoryScreen() {
  const [filters, setFilters] = useFilters();
  const scroller = useRef<HTMLDivElement>(null);
  const {
    data: rows,
    error,
    refetch,
    hasNextPage,
    isFetchingNextPage,
    fetchNextPage,
  } = usePages('interviews.list', filtersToInput(filters));
  const more = hasNextPage ? ', and more further down' : '';
  return (
    <Page scrollerRef={scroller}>
      <PageHeader
        title="History"
        lead={
          filters.deleted
            ? `What you delete can be restored for ${restorableDays} days.`
            : 'Every interview you have had, with its answers.'
        }
        actions={<SavedFilters screen="history" />}
      />
      <FilterBar filters={filters} onChange={setFilters} />
      <VisuallyHidden role="status">{rows && `${count(rows.length, 'interview')}${more}`}</VisuallyHidden>
      {error && <FailureNote error={error} onRetry={() => void refetch()} />}
      {!rows && !error && <InterviewListSkeleton />}
      {rows?.length === 0 && <NothingHere deleted={filters.deleted} narrowed={isNarrowed(filters)} />}
      {rows && rows.length > 0 && (
        <InterviewList
          // Another list starts at its top.
          key={JSON.stringify(filters)}
          rows={rows}
          scroller={scroller}
          deleted={filters.deleted}
          hasMore={hasNextPage}
          onEnd={() => {
            if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
          }}
        />
      )}
    </Page>
  );
}

function NothingHere({ deleted, narrowed }: { deleted: boolean; narrowed: boolean }) {
  if (narrowed) {
    return (
      <EmptyState icon={IconFilterOff} title="No interview matches">
        Try other filters, or clear them.
      </EmptyState>
    );
  }
  if (deleted) return <EmptyState icon={IconTrash} title="Nothing was deleted lately" />;
  return (
    <EmptyState
      icon={IconHistory}
      title="No interviews yet"
      action={
        <Button component={Link} to="/practice/new">
          Start practising
        </Button>
      }
    >
      When you have practised one, you find it here with your answers, recordings and ratings.
    </EmptyState>
  );
}
