import { Button, Group, Modal, MultiSelect, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import type { DeskInterview } from '../../../shared/contract/desk.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { useAct, useOperation } from '../../lib/queries.ts';

/** Who is on the panel, and the way to change that. */
export function PanelEditor({ interview }: { interview: DeskInterview }) {
  const [opened, dialog] = useDisclosure(false);
  return (
    <Group gap="xs">
      <span>{interview.panel.map(({ name }) => name).join(', ')}</span>
      {!interview.deletedAt && (
        <Button size="compact-xs" variant="default" onClick={dialog.open}>
          Change
        </Button>
      )}
      <Modal opened={opened} onClose={dialog.close} title="Who is on the panel">
        <PanelForm interview={interview} onClose={dialog.close} />
      </Modal>
    </Group>
  );
}

function PanelForm({ interview, onClose }: { interview: DeskInterview; onClose: () => void }) {
  // What was there when the change was thought of, whatever is read meanwhile.
  const [seen] = useState(() => interview.panel.map(({ id }) => id));
  const [panel, setPanel] = useState(seen);
  const { data: interviewers = [] } = useOperation('desk.interviewers');
  const change = useAct('desk.setPanel', {
    changes: ['desk.interview', 'desk.list'],
    showsFailure: true,
    onSuccess: onClose,
  });
  const submit = () => change.mutate({ id: interview.id, seen, panel });
  // Whoever is on it and cannot be chosen any more is still there to be seen and taken off.
  const choices = new Map([...interviewers, ...interview.panel].map(({ id, name }) => [id, name]));
  return (
    <Stack gap="md">
      {change.error && <FailureNote error={change.error} onRetry={submit} />}
      <MultiSelect
        label="People"
        searchable
        data-autofocus
        data={[...choices].map(([value, label]) => ({ value, label }))}
        value={panel}
        onChange={setPanel}
      />
      <Text size="sm" c="dimmed">
        Only they see this interview. Who has submitted a scorecard stays.
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={change.isPending} disabled={panel.length === 0} onClick={submit}>
          Save
        </Button>
      </Group>
    </Stack>
  );
}
