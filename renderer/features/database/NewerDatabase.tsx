import { Code, Stack, Text } from '@mantine/core';
import type { AppStatus } from '../../../shared/contract/app.ts';
import { FullScreenMessage } from '../../components/FullScreenMessage.tsx';

/** This Parley is older than the one that made the schema: going on could damage data, so it does not. */
export function NewerDatabase({ version, engine }: { version: string; engine: AppStatus['engine'] }) {
  return (
    <FullScreenMessage width={540} title="Please update Parley">
      <Stack gap="md">
        <Text>
          A newer Parley has upgraded this database. This is Parley {version}, which does not know what
          changed, so it leaves everything as it is.
        </Text>
        <Text>Install the current version of Parley on this machine, and everything will be here again.</Text>
        <Text size="sm" c="dimmed">
          {engine.kind === 'server' ? 'Server' : 'Folder'} <Code>{engine.place}</Code>
        </Text>
      </Stack>
    </FullScreenMessage>
  );
}
