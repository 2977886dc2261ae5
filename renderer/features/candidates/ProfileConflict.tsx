import { Button, Group, Modal, Stack, Table, Text } from '@mantine/core';
import type { Candidate } from '../../../shared/contract/candidates.ts';
import { differences, draftOf, type ProfileDraft } from './profile-draft.ts';

/** Two people have changed one profile: shows where they differ, and lets the second choose. Nothing is overwritten unseen. */
export function ProfileConflict({
  mine,
  theirs,
  reason,
  pending,
  onKeepMine,
  onTakeTheirs,
  onClose,
}: {
  mine: ProfileDraft;
  theirs: Candidate;
  reason: string;
  pending: boolean;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  onClose: () => void;
}) {
  const parts = differences(mine, draftOf(theirs));
  return (
    <Modal opened onClose={onClose} size="lg" title="This profile has changed meanwhile">
      <Stack gap="md">
        <Text size="sm">
          {reason} {parts.length > 0 ? 'This is where it differs from what you have written.' : ''}
        </Text>
        {parts.length > 0 && (
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Part</Table.Th>
                <Table.Th>Yours</Table.Th>
                <Table.Th>Saved</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {parts.map((part) => (
                <Table.Tr key={part.what}>
                  <Table.Th scope="row">{part.what}</Table.Th>
                  <Table.Td>{part.mine || '—'}</Table.Td>
                  <Table.Td>{part.theirs || '—'}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} disabled={pending}>
            Go on editing mine
          </Button>
          <Button variant="default" onClick={onTakeTheirs} disabled={pending}>
            Take what is saved
          </Button>
          <Button onClick={onKeepMine} loading={pending}>
            Save mine over it
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
