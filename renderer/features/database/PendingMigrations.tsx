import { Button, Divider, Stack, Text } from '@mantine/core';
import { FullScreenMessage } from '../../components/FullScreenMessage.tsx';
import { forgetPerson, useAct, useOperation } from '../../lib/queries.ts';
import { SignInForm } from '../accounts/SignInForm.tsx';
import { MigrationList } from '../administration/MigrationList.tsx';
import { PendingActions } from '../administration/PendingActions.tsx';

/** The database waits for an upgrade, which only an admin may start. */
export function PendingMigrations({ migrations }: { migrations: readonly string[] }) {
  const { data: person } = useOperation('accounts.current');
  const signOut = useAct('accounts.signOut', { onSuccess: forgetPerson });
  const explanation = (
    <Text>
      This version of Parley keeps some things differently.{' '}
      {migrations.length === 1 ? 'One upgrade waits' : `${migrations.length} upgrades wait`} to be applied to
      the database. Everything you have stays.
    </Text>
  );

  if (person?.role === 'ADMIN') {
    return (
      <FullScreenMessage width={640} title="The database needs an upgrade">
        <Stack gap="md">
          {explanation}
          <Text c="dimmed">
            Others who use this database will need this version of Parley too. Check says whether anything is
            in the way; Rehearse runs the upgrade on a restored copy first.
          </Text>
          <PendingActions count={migrations.length} />
          <Details />
        </Stack>
      </FullScreenMessage>
    );
  }
  if (person) {
    return (
      <FullScreenMessage
        title="The database needs an upgrade"
        actions={
          <Button variant="default" onClick={() => signOut.mutate()}>
            Sign in as someone else
          </Button>
        }
      >
        <Stack gap="sm">
          {explanation}
          <Text>
            Please ask an admin of your team to open Parley and start it. This screen goes on by itself.
          </Text>
        </Stack>
      </FullScreenMessage>
    );
  }
  return (
    <FullScreenMessage title="The database needs an upgrade">
      <Stack gap="lg">
        {explanation}
        <Divider />
        <Text>If you are an admin, sign in to start it.</Text>
        <SignInForm />
      </Stack>
    </FullScreenMessage>
  );
}

/** What each migration does, for who wants to know before. */
function Details() {
  const { data: migrations } = useOperation('migrations.list');
  const waiting = migrations?.filter(({ state }) => state === 'PENDING') ?? [];
  return <MigrationList migrations={waiting} />;
}
