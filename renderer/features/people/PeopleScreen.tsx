import { Button, NativeSelect, TextInput, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Navigate } from 'react-router';
import type { Invitation, PersonRow } from '../../../shared/contract/accounts.ts';
import { type SignInState, signInStates } from '../../../shared/model/invitation.ts';
import { type Role, roles } from '../../../shared/model/roles.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { count } from '../../lib/formats.ts';
import { usePages } from '../../lib/queries.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { roleWords, signInWords } from '../../lib/words.ts';
import { InvitationDialog } from '../accounts/InvitationDialog.tsx';
import { SelfRegistrationSwitch } from '../accounts/SelfRegistrationSwitch.tsx';
import { usePerson } from '../accounts/signed-in.ts';
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
  const [role, setRole] = useState<Role>();
  const [signIn, setSignIn] = useState<SignInState>();
  const [invited, setInvited] = useState<{ person: PersonRow; invitation: Invitation } | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const people = usePages(
    'people.list',
    { search: searched || undefined, role, signIn },
    { keepPrevious: true },
  );
  const { data: rows, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = people;
  useShortcuts(
    [
      { keys: '/', does: 'Search', run: () => field.current?.select() },
      { keys: 'n', does: 'Invite a person', run: () => setAdding(true) },
    ],
    { first: true },
  );
  return (
    <Page>
      <PageHeader
        title="People"
        lead="Everybody who has an account here. What you change is in the audit log, under Settings."
        actions={
          <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
            Invite a person
          </Button>
        }
      />
      <SelfRegistrationSwitch className={classes.registration} />
      <search className={classes.bar}>
        <TextInput
          ref={field}
          type="search"
          maxLength={200}
          aria-label="Search by name or email"
          placeholder="Search by name or email"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          className={classes.search}
        />
        <NativeSelect
          aria-label="Role"
          value={role ?? ''}
          onChange={({ currentTarget }) => setRole(roles.find((each) => each === currentTarget.value))}
          data={[
            { value: '', label: 'Any role' },
            ...roles.map((each) => ({ value: each, label: roleWords[each] })),
          ]}
        />
        <NativeSelect
          aria-label="Signing in"
          value={signIn ?? ''}
          onChange={({ currentTarget }) =>
            setSignIn(signInStates.find((each) => each === currentTarget.value))
          }
          data={[
            { value: '', label: 'Anybody' },
            ...signInStates.map((each) => ({ value: each, label: signInWords[each] })),
          ]}
        />
      </search>
      <VisuallyHidden role="status">
        {rows && `${count(rows.length, 'person', 'people')}${hasNextPage ? ', and more' : ''}`}
      </VisuallyHidden>
      {error && <FailureNote error={error} onRetry={() => void refetch()} />}
      {!rows && !error && <PeopleTableSkeleton />}
      {rows?.length === 0 && (
        <EmptyState icon={IconSearch} title="Nobody matches">
          {searched ? `No name or email has “${searched}” in it` : 'There is nobody of this kind'}
          {searched && (role ?? signIn) ? ', among those you have chosen.' : '.'}
        </EmptyState>
      )}
      {rows && rows.length > 0 && <PeopleTable people={rows} />}
      {hasNextPage && (
        <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
      <AddPersonDialog opened={adding} onClose={() => setAdding(false)} onInvited={setInvited} />
      {invited && <InvitationDialog {...invited} onClose={() => setInvited(null)} />}
    </Page>
  );
}
