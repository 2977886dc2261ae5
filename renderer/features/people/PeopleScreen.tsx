import { Button, Switch, TextInput, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { Navigate } from 'react-router';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { count } from '../../lib/formats.ts';
import { useAct, usePages } from '../../lib/queries.ts';
import { usePerson } from '../accounts/signed-in.ts';
import { useAppStatus } from '../database/app-status.ts';
import { AddPersonDialog } from './AddPersonDialog.tsx';
import classes from './PeopleScreen.module.css';
import { PeopleTable, PeopleTableSkeleton } from './PeopleTable.tsx';

/** Who has an account; for admins. */
export function PeopleScreen() {
  const { role } = usePerson();
  return role === 'ADMIN' ? <People /> : <Navigate to="/" replace />;
}

function People() {
  const [search, setSearch] = useState('');
  const [searched] = useDebouncedValue(search.trim(), 200);
  const [adding, setAdding] = useState(false);
  const people = usePages('people.list', { search: searched || undefined });
  const { data: rows, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = people;
  return (
    <Page>
      <PageHeader
        title="People"
        lead="Everybody who can sign in here."
        actions={
          <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
            Add a person
          </Button>
        }
      />
      <SelfRegistrationSwitch />
      <search>
        <TextInput
          aria-label="Search by name or email"
          placeholder="Search by name or email"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          className={classes.search}
        />
      </search>
      <VisuallyHidden role="status">
        {rows && `${count(rows.length, 'person', 'people')}${hasNextPage ? ', and more' : ''}`}
      </VisuallyHidden>
      {error && <FailureNote error={error} onRetry={() => void refetch()} />}
      {!rows && !error && <PeopleTableSkeleton />}
      {rows?.length === 0 && (
        <EmptyState icon={IconSearch} title="Nobody matches">
          No name or email has “{searched}” in it.
        </EmptyState>
      )}
      {rows && rows.length > 0 && <PeopleTable people={rows} />}
      {hasNextPage && (
        <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
      <AddPersonDialog opened={adding} onClose={() => setAdding(false)} />
    </Page>
  );
}

function SelfRegistrationSwitch() {
  const { data: status } = useAppStatus();
  const allow = useAct('people.setSelfRegistration', { changes: ['app.status'] });
  const shown =
    allow.isPending && allow.variables ? allow.variables.allowed : (status?.selfRegistration ?? false);
  return (
    <Switch
      className={classes.registration}
      label="People may create an account themselves"
      description="As candidates. When this is off, only admins add people."
      checked={shown}
      onChange={(event) => allow.mutate({ allowed: event.currentTarget.checked })}
    />
  );
}
