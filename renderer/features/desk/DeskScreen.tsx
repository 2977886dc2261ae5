import { Button, NativeSelect, SegmentedControl, Switch, TextInput, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import {
  IconCalendarEvent,
  IconCalendarPlus,
  IconFilterOff,
  IconSearch,
  IconTrash,
} from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { interviewStatuses } from '../../../shared/model/interview.ts';
import { restorableDays } from '../../../shared/model/limits.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Keys } from '../../components/Keys.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { count } from '../../lib/formats.ts';
import { usePages } from '../../lib/queries.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { kindWords, statusWords } from '../../lib/words.ts';
import { SavedFilters } from '../find/SavedFilters.tsx';
import { InterviewersOnly } from '../kits/InterviewersOnly.tsx';
import { CandidateSelect } from './CandidateSelect.tsx';
import { DeskList, DeskListSkeleton } from './DeskList.tsx';
import classes from './DeskScreen.module.css';
import {
  type DeskFilters,
  deskInput,
  deskTimes,
  deskTimeWords,
  isNarrowed,
  useDeskFilters,
} from './filters.ts';

/** The live and one-way interviews that one holds or reviews. */
export function DeskScreen() {
  return (
    <InterviewersOnly>
      <Desk />
    </InterviewersOnly>
  );
}

function Desk() {
  const [filters, setFilters] = useDeskFilters();
  const [searched] = useDebouncedValue(filters.search, 150);
  const [now] = useState(() => new Date());
  const scroller = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const list = usePages('desk.list', deskInput({ ...filters, search: searched }, now));
  const { data: rows, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useShortcuts(
    [
      { keys: '/', does: 'Search', run: () => search.current?.focus() },
      { keys: 'i', does: 'New interview', run: () => void navigate('/desk/new') },
    ],
    { first: true },
  );
  return (
    <Page scrollerRef={scroller}>
      <PageHeader
        title="Interviews"
        lead={
          filters.show === 'deleted'
            ? `What you delete can be restored for ${restorableDays} days.`
            : 'Those that you hold or review.'
        }
        actions={
          <>
            <SavedFilters screen="desk" />
            <Button component={Link} to="/compare" variant="default">
              Compare
            </Button>
            <Button
              component={Link}
              to="/desk/new"
              leftSection={<IconCalendarPlus size={17} />}
              rightSection={<Keys keys="I" />}
            >
              New interview
            </Button>
          </>
        }
      />
      <search className={classes.bar}>
        <SegmentedControl
          aria-label="Which interviews"
          value={filters.show}
          onChange={(show) => setFilters({ show: show as DeskFilters['show'] })}
          data={[
            { value: 'all', label: 'All' },
            { value: 'rate', label: 'To rate' },
            { value: 'deleted', label: 'Deleted' },
          ]}
        />
        <TextInput
          ref={search}
          aria-label="Search by title or candidate"
          placeholder="Search by title or candidate"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={filters.search}
          onChange={(event) => setFilters({ search: event.currentTarget.value })}
          className={classes.search}
        />
        <CandidateSelect
          aria-label="Candidate"
          placeholder="Any candidate"
          clearable
          className={classes.candidate}
          candidateId={filters.candidate ?? null}
          onChoose={(choice) => setFilters({ candidate: choice?.value })}
        />
        <NativeSelect
          aria-label="Kind"
          value={filters.kind ?? ''}
          onChange={({ currentTarget: { value } }) =>
            setFilters({ kind: value === 'LIVE' || value === 'ONE_WAY' ? value : undefined })
          }
          data={[
            { value: '', label: 'Any kind' },
            { value: 'LIVE', label: kindWords.LIVE },
            { value: 'ONE_WAY', label: kindWords.ONE_WAY },
          ]}
        />
        <NativeSelect
          aria-label="Status"
          value={filters.status ?? ''}
          onChange={({ currentTarget: { value } }) =>
            setFilters({ status: interviewStatuses.find((status) => status === value) })
          }
          data={[
            { value: '', label: 'Any status' },
            ...interviewStatuses.map((status) => ({ value: status, label: statusWords[status] })),
          ]}
        />
        <NativeSelect
          aria-label="Time"
          value={filters.when ?? ''}
          onChange={({ currentTarget: { value } }) =>
            setFilters({ when: deskTimes.find((time) => time === value) })
          }
          data={[
            { value: '', label: 'Any time' },
            ...deskTimes.map((time) => ({ value: time, label: deskTimeWords[time] })),
          ]}
        />
        <NativeSelect
          aria-label="Sort"
          value={filters.oldest ? 'OLDEST' : 'NEWEST'}
          onChange={({ currentTarget }) => setFilters({ oldest: currentTarget.value === 'OLDEST' })}
          data={[
            { value: 'NEWEST', label: 'Newest first' },
            { value: 'OLDEST', label: 'Oldest first' },
          ]}
        />
        <Switch
          label="Held by me"
          checked={filters.mine}
          onChange={(event) => setFilters({ mine: event.currentTarget.checked })}
        />
      </search>
      <VisuallyHidden role="status">
        {rows && `${count(rows.length, 'interview')}${hasNextPage ? ', and more further down' : ''}`}
      </VisuallyHidden>
      {error && <FailureNote error={error} onRetry={() => void refetch()} />}
      {!rows && !error && <DeskListSkeleton />}
      {rows?.length === 0 && <NothingHere filters={filters} />}
      {rows && rows.length > 0 && (
        <DeskList
          // Another list starts at its top.
          key={JSON.stringify({ ...filters, search: searched })}
          rows={rows}
          scroller={scroller}
          deleted={filters.show === 'deleted'}
          hasMore={hasNextPage}
          onEnd={() => {
            if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
          }}
        />
      )}
    </Page>
  );
}

function NothingHere({ filters }: { filters: DeskFilters }) {
  if (filters.show === 'deleted') return <EmptyState icon={IconTrash} title="Nothing was deleted lately" />;
  if (isNarrowed(filters)) {
    return (
      <EmptyState icon={IconFilterOff} title="No interview matches">
        Try other filters, or clear them.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconCalendarEvent}
      title="No interviews yet"
      action={
        <Button component={Link} to="/desk/new">
          New interview
        </Button>
      }
    >
      Choose a candidate and a kit, and start at once or plan it for later.
    </EmptyState>
  );
}
