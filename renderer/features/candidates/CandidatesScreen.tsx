import { Button, NativeSelect, SegmentedControl, TextInput, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconArchive, IconFilterOff, IconPlus, IconSearch, IconUserSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Keys } from '../../components/Keys.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { count } from '../../lib/formats.ts';
import { useOperation, usePages } from '../../lib/queries.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { SavedFilters } from '../find/SavedFilters.tsx';
import { InterviewersOnly } from '../kits/InterviewersOnly.tsx';
import { CandidateList, CandidateListSkeleton } from './CandidateList.tsx';
import classes from './CandidatesScreen.module.css';
import { type CandidateFilters, candidatesInput, isNarrowed, useCandidateFilters } from './filters.ts';
import { NewCandidateDialog } from './NewCandidateDialog.tsx';

/** Whom interviewers interview. */
export function CandidatesScreen() {
  return (
    <InterviewersOnly>
      <Candidates />
    </InterviewersOnly>
  );
}

function Candidates() {
  const [filters, setFilters] = useCandidateFilters();
  const [searched] = useDebouncedValue(filters.search, 100);
  const [adding, setAdding] = useState(false);
  const navigate = useNavigate();
  const scroller = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const shown = { ...filters, search: searched };
  const list = usePages('candidates.list', candidatesInput(shown), { keepPrevious: true });
  const { data: rows, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const add = () => setAdding(true);
  useShortcuts(
    [
      { keys: '/', does: 'Search', run: () => search.current?.select() },
      { keys: 'n', does: 'New candidate', run: add },
    ],
    { first: true },
  );
  return (
    <Page scrollerRef={scroller}>
      <PageHeader
        title="Candidates"
        lead="Whom you and the others here interview."
        actions={
          <>
            <SavedFilters screen="candidates" />
            <Button leftSection={<IconPlus size={16} />} rightSection={<Keys keys="N" />} onClick={add}>
              New candidate
            </Button>
          </>
        }
      />
      <search className={classes.bar}>
        <TextInput
          ref={search}
          type="search"
          aria-label="Search by name, email or tag"
          placeholder="Search by name, email or tag"
          leftSection={<IconSearch size={16} aria-hidden />}
          maxLength={200}
          value={filters.search}
          onChange={(event) => setFilters({ search: event.currentTarget.value })}
          className={classes.search}
          autoComplete="off"
        />
        <TagFilter tag={filters.tag} onChange={(tag) => setFilters({ tag })} />
        <SegmentedControl
          aria-label="Which candidates"
          value={filters.archived ? 'archived' : 'current'}
          onChange={(value) => setFilters({ archived: value === 'archived' })}
          data={[
            { value: 'current', label: 'Current' },
            { value: 'archived', label: 'Archived' },
          ]}
        />
      </search>
      <VisuallyHidden role="status">
        {rows && `${count(rows.length, 'candidate')}${hasNextPage ? ', and more further down' : ''}`}
      </VisuallyHidden>
      {error && <FailureNote error={error} onRetry={() => void refetch()} />}
      {!rows && !error && <CandidateListSkeleton />}
      {rows?.length === 0 && (
        <NothingHere filters={shown} onClear={() => setFilters({ search: '', tag: undefined })} onAdd={add} />
      )}
      {rows && rows.length > 0 && (
        <CandidateList
          // Another list starts at its top.
          key={JSON.stringify(shown)}
          rows={rows}
          scroller={scroller}
          hasMore={hasNextPage}
          onEnd={() => {
            if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
          }}
        />
      )}
      <NewCandidateDialog
        opened={adding}
        onClose={() => setAdding(false)}
        onMade={({ id }) => void navigate(`/candidates/${id}`)}
      />
    </Page>
  );
}

function TagFilter({ tag, onChange }: { tag?: string; onChange: (tag: string | undefined) => void }) {
  const { data: tags = [] } = useOperation('candidates.tags');
  return (
    <NativeSelect
      aria-label="Tag"
      value={tag ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
      data={[
        { value: '', label: 'Any tag' },
        ...tags.map((each) => ({ value: each.tag, label: `${each.tag} (${each.count})` })),
        ...(tag && !tags.some((each) => each.tag === tag) ? [{ value: tag, label: tag }] : []),
      ]}
    />
  );
}

function NothingHere({
  filters,
  onClear,
  onAdd,
}: {
  filters: CandidateFilters;
  onClear: () => void;
  onAdd: () => void;
}) {
  if (isNarrowed(filters)) {
    return (
      <EmptyState
        icon={IconFilterOff}
        title="No candidate matches"
        action={
          <Button variant="default" onClick={onClear}>
            Clear search and tag
          </Button>
        }
      >
        {filters.archived ? 'Among the archived ones.' : 'Perhaps they are among the archived ones.'}
      </EmptyState>
    );
  }
  if (filters.archived) {
    return (
      <EmptyState icon={IconArchive} title="Nobody is archived">
        Archive candidates whom you are done with: they are out of the way, and nothing is lost.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconUserSearch}
      title="No candidates yet"
      action={<Button onClick={onAdd}>New candidate</Button>}
    >
      Add whom you are going to interview. They need no password unless they answer at this machine alone.
    </EmptyState>
  );
}
