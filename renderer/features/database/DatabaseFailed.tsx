import { Button, Code, List, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { AppStatus, DatabaseStatus } from '../../../shared/contract/app.ts';
import { FullScreenMessage } from '../../components/FullScreenMessage.tsx';
import { useAct } from '../../lib/queries.ts';

type Failure = Extract<DatabaseStatus, { state: 'failed' }>;

const titles: Record<Failure['reason'], string> = {
  SERVER_NOT_FOUND: 'The database server was not found',
  SERVER_REFUSED: 'The database server does not answer',
  WRONG_PASSWORD: 'The database refused the password',
  NO_SUCH_DATABASE: 'This database does not exist',
  NO_RIGHTS: 'This database user may not do enough',
  SERVER_TOO_OLD: 'The database server is too old',
  LOCKED: 'Another Parley has this data open',
  OTHER_MAJOR_VERSION: 'This data was made by another version',
  DAMAGED: 'The database cannot be read',
  DISK_FULL: 'The disk is full',
  MIGRATION_FAILED: 'The database could not be upgraded',
  OTHER: 'The database did not open',
};

/** Why the database did not open, and what to change. */
export function DatabaseFailed({
  failure,
  engine,
  retrying,
}: {
  failure: Failure;
  engine: AppStatus['engine'];
  retrying: boolean;
}) {
  const retry = useAct('app.retryDatabase', { changes: ['app.status'] });
  return (
    <FullScreenMessage
      width={540}
      title={titles[failure.reason]}
      actions={
        <Button
          leftSection={<IconRefresh size={16} />}
          loading={retrying || retry.isPending}
          onClick={() => retry.mutate()}
        >
          Try again
        </Button>
      }
    >
      <Stack gap="md" role="alert">
        <Text>{failure.message}</Text>
        {failure.remedies.length > 0 && (
          <List spacing={6} size="sm" c="dimmed">
            {failure.remedies.map((remedy) => (
              <List.Item key={remedy}>{remedy}</List.Item>
            ))}
          </List>
        )}
        <Text size="sm" c="dimmed">
          {engine.kind === 'server' ? 'Server' : 'Folder'} <Code>{engine.place}</Code>
        </Text>
      </Stack>
    </FullScreenMessage>
  );
}
