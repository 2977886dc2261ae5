import { Group, Skeleton, Stack, Text } from '@mantine/core';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { count } from '../../lib/formats.ts';
import { useOperation } from '../../lib/queries.ts';
import { MigrationList } from '../administration/MigrationList.tsx';
import { PendingActions } from '../administration/PendingActions.tsx';
import { RevertLast } from '../administration/RevertLast.tsx';
import { SettingsGroup } from './SettingsGroup.tsx';

export function MigrationsSection() {
  const { data: migrations, error, refetch } = useOperation('migrations.list');
  if (error) return <FailureNote error={error} onRetry={() => void refetch()} />;
  if (!migrations) {
    return (
      <Placeholder label="Loading the migrations">
        <Skeleton height={240} />
      </Placeholder>
    );
  }
  const pending = migrations.filter(({ state }) => state === 'PENDING').length;
  const applied = migrations.length - pending;
  return (
    <SettingsGroup
      title="Migrations"
      lead="How the tables came to be what they are, step by step. Each runs whole or not at all."
    >
      <Stack gap="md">
        <Text size="sm">
          {count(applied, 'migration')} applied.{' '}
          {pending === 0 ? 'None waits: the database is up to date.' : `${pending} wait to be applied.`}
        </Text>
        {pending > 0 ? (
          <PendingActions count={pending} />
        ) : (
          <Group>
            <RevertLast />
          </Group>
        )}
        <MigrationList migrations={migrations} />
      </Stack>
    </SettingsGroup>
  );
}
