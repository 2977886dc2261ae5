import { Code, Skeleton, Text } from '@mantine/core';
import type { DatabaseStatus } from '../../../shared/contract/app.ts';
import { Facts } from '../../components/Facts.tsx';
import { count } from '../../lib/formats.ts';
import { useAppStatus } from '../database/app-status.ts';
import { SettingsGroup } from './SettingsGroup.tsx';

export function DatabaseSection() {
  const { data: status } = useAppStatus();
  if (!status) return <Skeleton height={160} />;
  const { engine, database } = status;
  const isEmbedded = engine.kind === 'embedded';
  return (
    <SettingsGroup
      title="Database"
      lead={
        isEmbedded
          ? 'Everything is kept on this machine, in a database that comes with Parley.'
          : 'Everything is kept on a PostgreSQL server, which others may use too.'
      }
    >
      <Facts
        facts={[
          { name: 'Kind', value: isEmbedded ? 'On this machine' : 'PostgreSQL server' },
          { name: isEmbedded ? 'Folder' : 'Server', value: <Code>{engine.place}</Code> },
          { name: 'State', value: stateWords(database) },
        ]}
      />
      <Text size="sm" c="dimmed" mt="md">
        Which database Parley uses is set by DATABASE_HOST and its companions, in the environment or in a file
        named .env. Without them it is the one on this machine.
      </Text>
    </SettingsGroup>
  );
}

function stateWords(database: DatabaseStatus): string {
  switch (database.state) {
    case 'ready':
      return 'Ready, and up to date';
    case 'opening':
      return 'Opening…';
    case 'pending':
      return `Waits for ${count(database.migrations.length, 'upgrade')}`;
    case 'migrating':
      return 'Being upgraded…';
    case 'newer':
      return 'Made by a newer Parley';
    case 'failed':
      return database.message;
  }
}
