import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { InputOf } from '../../../shared/contract/index.ts';
import { useAct } from '../../lib/queries.ts';

/** Copies everything into another database, and says what that means before it begins. */
export function CopyDialog({
  to,
  fromServer,
  opened,
  onClose,
}: {
  to: InputOf<'database.copy'>['to'];
  fromServer: boolean;
  opened: boolean;
  onClose: () => void;
}) {
  const [use, setUse] = useState(true);
  const copy = useAct('database.copy', { changes: ['database.work'], onSuccess: onClose });
  const title =
    to.kind === 'server' ? `Copy everything to ${to.server.host}` : 'Copy everything to this machine';
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <Stack gap="md">
        <Text size="sm">
          People with their passwords, the library, kits, interviews, answers and scores are copied, and
          compared with what is here. The database that you use now stays as it is.
        </Text>
        <Text size="sm">
          Recordings are files on this machine, and stay where they are: both databases find them. They are
          compared with their checksums.
          {to.kind === 'embedded' &&
            ' A database that is on this machine already is kept under another name.'}
        </Text>
        <Checkbox
          label="Use the copy afterwards"
          description={
            use
              ? `Parley on this machine stands still until it is done, so that nothing is missing in the copy.${fromServer ? ' What others write to the server meanwhile is not in it: ask them to close Parley.' : ''}`
              : 'Everybody goes on working. What they write from now on is not in the copy.'
          }
          checked={use}
          onChange={({ currentTarget }) => setUse(currentTarget.checked)}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button data-autofocus loading={copy.isPending} onClick={() => copy.mutate({ to, use })}>
            {use ? 'Copy and use it' : 'Copy'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
