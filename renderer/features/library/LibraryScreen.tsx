import { Button, Group, VisuallyHidden } from '@mantine/core';
import { IconBooks, IconFilterOff, IconPlus, IconUpload } from '@tabler/icons-react';
import { useRef } from 'react';
import { Link, useNavigate } from 'react-router';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import type { ListHandle } from '../../components/LinkList.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { count } from '../../lib/formats.ts';
import { usePages } from '../../lib/queries.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { SavedFilters } from '../find/SavedFilters.tsx';
import { InterviewersOnly } from '../kits/InterviewersOnly.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { filtersToInput, isNarrowed, noFilters, useFilters } from './filters.ts';
import { LibraryFilters, SearchBox } from './LibraryFilters.tsx';
import { LibraryList, LibraryListSkeleton } from './LibraryList.tsx';

/** The question library: search it, filter it, open a question. */
export function LibraryScreen() {
  return (
    <InterviewersOnly>
      <Library />
    </InterviewersOnly>
  );
}

function Library() {
  const [filters, setFilters] = useFilters();
  const navigate = useNavigate();
  const scroller = useRef<HTMLDivElement>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const list = useRef<ListHandle>(null);
  const pages = usePages('library.list', filtersToInput(filters), { keepPrevious: true });
  const { data: rows, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const focusSearch = () => {
    searchBox.current?.focus();
    searchBox.current?.select();
  };
  useShortcuts(
    [
      { keys: '/', does: 'Search', run: focusSearch },
      { keys: 'n', does: 'New question', run: () => void navigate('/library/new') },
      { keys: 'j', does: 'Next question', run: () => list.current?.move(1) },
      { keys: 'k', does: 'Previous question', run: () => list.current?.move(-1) },
    ],
    { first: true },
  );
  const more = hasNextPage ? ', and more further down' : '';
  return (
    <Page scrollerRef={scroller} width={960}>
      <PageHeader
        title="Question library"
        lead="What interviews and kits draw from."
        actions={
          <>
            <SavedFilters screen="library" />
            <ExportMenu filters={filters} />
            <Button
              component={Link}
              to="/library/import"
              variant="default"
              leftSection={<IconUpload size={16} />}
            >
              Import
            </Button>
            <Button component={Link} to="/library/new" leftSection={<IconPlus size={16} />}>
              New question
            </Button>
          </>
        }
      />
      <search>
        <SearchBox
          search={filters.search}
          // Searching anew sorts anew.
          onSearch={(search) => setFilters({ search, sort: undefined })}
          inputRef={searchBox}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return;
            event.preventDefault();
            list.current?.move(0);
          }}
        />
        <LibraryFilters filters={filters} onChange={setFilters} />
      </search>
      <VisuallyHidden role="status">{rows && `${count(rows.length, 'question')}${more}`}</VisuallyHidden>
      {error && <FailureNote error={error} onRetry={() => void refetch()} />}
      {!rows && !error && <LibraryListSkeleton />}
      {rows?.length === 0 && (
        <NothingHere
          narrowed={isNarrowed(filters)}
          archived={filters.archived}
          onClear={() => setFilters({ ...noFilters, archived: filters.archived })}
        />
      )}
      {rows && rows.length > 0 && (
        <LibraryList
          // Another list starts at its top.
          key={JSON.stringify(filters)}
          rows={rows}
          search={filters.search}
          scroller={scroller}
          hasMore={hasNextPage}
          onEnd={() => {
            if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
          }}
          handle={list}
          onLeaveTop={focusSearch}
        />
      )}
    </Page>
  );
}

function NothingHere({
  narrowed,
  archived,
  onClear,
}: {
  narrowed: boolean;
  archived: boolean;
  onClear: () => void;
}) {
  if (narrowed) {
    return (
      <EmptyState
        icon={IconFilterOff}
        title="No question matches"
        action={
          <Button variant="default" onClick={onClear}>
            Clear search and filters
          </Button>
        }
      >
        Every word must be in the question, its tags or its rubric.
      </EmptyState>
    );
  }
  if (archived) return <EmptyState icon={IconBooks} title="Nothing is archived" />;
  return (
    <EmptyState
      icon={IconBooks}
      title="No questions yet"
      action={
        <Group gap="sm">
          <Button component={Link} to="/library/import" variant="default">
            Import a file
          </Button>
          <Button component={Link} to="/library/new">
            Write the first one
          </Button>
        </Group>
      }
    >
      Write questions here, or import a file that has some.
    </EmptyState>
  );
}
