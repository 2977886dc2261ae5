import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../../lib/queries.ts';
import { FormFailure } from '../accounts/FormFailure.tsx';
import { useAppStatus } from '../database/app-status.ts';
import { SavingProgress } from './SavingProgress.tsx';
import { useSaving } from './saving.ts';

/** For admins: hands out everything that is somebody's, as one file. */
export function SavePersonDialog({
  person: { id, name },
  onClose,
}: {
  person: { id: string; name: string };
  onClose: () => void;
}) {
  const { saving, running } = useSaving();
  // What was made before is told while it is about them and has been begun here.
  const [begun, setBegun] = useState(false);
  const { data: status } = useAppStatus();
  const save = useAct('personalData.save', {
    ...{ changes: ['personalData.saving', 'audit.list', 'audit.choices'], showsFailure: true },
    onSuccess: (answer) => setBegun(begun || answer.begun),
  });
  const shown = saving && (running || (begun && saving.person.id === id)) ? saving : null;
  return (
    <Modal opened onClose={onClose} title={`Everything of ${name} as one file`}>
      <Stack gap="md">
        <FormFailure failure={save.error} />
        {!shown && (
          <>
            <Text size="sm">For when {name} asks for what is held of them. One .zip, which holds:</Text>
            <List size="sm">
              <List.Item>their account and profile, interviews, questions, answers and consents</List.Item>
              <List.Item>their recordings</List.Item>
              <List.Item>a page to read and hear it all, and the same as data for programs</List.Item>
            </List>
            <Text size="sm" c="dimmed">
              Not what others noted or judged, nor rubrics, nor questions that have not been asked yet.
              Whoever has the file can read and hear everything in it: give it to {name} only. That you made
              it is in the audit log.
            </Text>
          </>
        )}
        {shown && <SavingProgress saving={shown} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {shown ? 'Close' : 'Cancel'}
          </Button>
          {!shown && (
            <Button loading={save.isPending} onClick={() => save.mutate({ id })}>
              {status?.host === 'electron' ? 'Choose where to save it' : 'Make the file'}
            </Button>
          )}
        </Group>
        {running && (
          <Text size="sm" c="dimmed">
            It goes on when you close this.
          </Text>
        )}
      </Stack>
    </Modal>
  );
}
