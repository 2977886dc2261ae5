import { Button, SegmentedControl, TextInput, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconArchive, IconListDetails, IconPlus, IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Keys } from '../../components/Keys.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { count } from '../../lib/formats.ts';
import { usePages } from '../../lib/queries.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { SavedFilters } from '../find/SavedFilters.tsx';
import { InterviewersOnly } from './InterviewersOnly.tsx';
import { KitList, KitListSkeleton } from './KitList.tsx';
import classes from './KitsScreen.module.css';

export function KitsScreen() {
  return (
    <InterviewersOnly>
      <Kits />
    </InterviewersOnly>
  );
}

function Kits() {
  const [filters, setFilters] = useFilters();
  const [search, setSearch] = useState(filters.search);
  const [searched] = useDebouncedValue(search.trim(), 150);
  const navigate = useNavigate();
  useShortcuts([{ keys: 'c', does: 'New kit', run: () => void navigate('/kits/new') }]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address follows what is typed
  useEffect(() => {
    if (searched !== filters.search) setFilters({ search: searched });
  }, [searched]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: and the field an address that was chosen
  useEffect(() => {
    if (searched !== filters.search) setSearch(filters.search);
  }, [filters.search]);

  const kits = usePages('kits.list', { search: searched || undefined, archived: filters.archived });
  const { data: rows, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = kits;
  return (
    <Page>
      <PageHeader
        title="Interview kits"
        lead="What an interview asks, for how long, and what is judged."
        actions={
          <>
            <SavedFilters screen="kits" />
            <Button component={Link} to="/kits/consent-texts" variant="default">
              Consent texts
            </Button>
            <Button
              component={Link}
              to="/kits/new"
              leftSection={<IconPlus size={16} />}
              rightSection={<Keys keys="c" />}
            >
              New kit
            </Button>
          </>
        }
      />
      <search className={classes.bar}>
        <TextInput
          aria-label="Search kits by name"
          placeholder="Search by name"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          className={classes.search}
        />
        <SegmentedControl
          aria-label="Which kits"
          value={filters.archived ? 'archived' : 'used'}
          onChange={(value) => setFilters({ archived: value === 'archived' })}
          data={[
            { value: 'used', label: 'In use' },
            { value: 'archived', label: 'Archived' },
          ]}
        />
      </search>
      <VisuallyHidden role="status">
        {rows && `${count(rows.length, 'kit')}${hasNextPage ? ', and more' : ''}`}
      </VisuallyHidden>
      {error && <FailureNote error={error} onRetry={() => void refetch()} />}
      {!rows && !error && <KitListSkeleton />}
      {rows?.length === 0 && <NothingHere searched={searched} archived={filters.archived} />}
      {rows && rows.length > 0 && <KitList kits={rows} />}
      {hasNextPage && (
        <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
    </Page>
  );
}

interface Filters {
  search: string;
  archived: boolean;
}

/** Kept in the address, so that going back finds the same list. */
function useFilters(): [Filters, (change: Partial<Filters>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const filters = {
    search: parameters.get('search') ?? '',
    archived: parameters.get('archived') === 'yes',
  };
  const change = (changes: Partial<Filters>) => {
    const { search, archived } = { ...filters, ...changes };
    setParameters({ ...(search && { search }), ...(archived && { archived: 'yes' }) }, { replace: true });
  };
  return [filters, change];
}

function NothingHere({ searched, archived }: { searched: string; archived: boolean }) {
  if (searched) {
    return (
      <EmptyState icon={IconSearch} title="No kit matches">
        No {archived ? 'archived ' : ''}kit has “{searched}” in its name.
      </EmptyState>
    );
  }
  if (archived) {
    return (
      <EmptyState icon={IconArchive} title="Nothing is archived">
        A kit that you archive leaves the lists and can be restored from here.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconListDetails}
      title="No kits yet"
      action={
        <Button component={Link} to="/kits/new">
          Make the first kit
        </Button>
      }
    >
      A kit holds the questions, the times and the rubric, so that every interview of it is the same.
    </EmptyState>
  );
}
