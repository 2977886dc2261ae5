import { Alert, Button, Group, List, Modal, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { PersonRow } from '../../../shared/contract/accounts.ts';
import type { Erasure } from '../../../shared/contract/erasure.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { useActForm } from '../../lib/act-form.ts';
import { done } from '../../lib/done.ts';
import { count } from '../../lib/formats.ts';
import { useOperation } from '../../lib/queries.ts';
import { formatBytes } from '../../lib/sizes.ts';
import { FormFailure } from '../accounts/FormFailure.tsx';
import { HoldingBackups } from './HoldingBackups.tsx';
import { peopleChanges } from './people-changes.ts';

/** Shows what would go with a person, and erases them once their name is typed. */
export function EraseDialog({ person, onClose }: { person: PersonRow; onClose: () => void }) {
  const { data, error, refetch } = useOperation('erasure.preview', { id: person.id }, { staleTime: 0 });
  return (
    <Modal opened onClose={onClose} title={`Erase ${person.name} for good?`}>
      {error && <FailureNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={160} />}
      {data?.hindrance && (
        <Stack gap="md">
          <Alert color="amber">{data.hindrance}</Alert>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
          </Group>
        </Stack>
      )}
      {data && !data.hindrance && <EraseForm person={person} erasure={data} onClose={onClose} />}
    </Modal>
  );
}

function EraseForm({
  person,
  erasure,
  onClose,
}: {
  person: PersonRow;
  erasure: Erasure;
  onClose: () => void;
}) {
  const { form, submit, pending, failure } = useActForm('erasure.erase', {
    initialValues: { name: '' },
    toInput: ({ name }) => ({ id: person.id, name }),
    changes: [...peopleChanges, 'interviews.list', 'desk.list'],
    onSuccess() {
      done(`${erasure.name} is erased.`);
      onClose();
      if (erasure.backups === null || erasure.backups.length > 0) tellWhereTheyAreLeft(erasure);
    },
  });
  const { practices, interviews, recordings, recordingsBytes, notes, scorecards } = erasure;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormFailure failure={failure} />
        <Text size="sm">This cannot be undone. With their account go:</Text>
        <List size="sm">
          <List.Item>
            {count(practices, 'practice interview')} and {count(interviews, 'other interview')}
          </List.Item>
          <List.Item>
            {count(recordings, 'recording')} ({formatBytes(recordingsBytes)}), with transcripts
          </List.Item>
          <List.Item>
            {count(notes, 'note')} and {count(scorecards, 'scorecard')} that others wrote about them
          </List.Item>
          <List.Item>their name in the audit log</List.Item>
        </List>
        <HoldingBackups name={erasure.name} backups={erasure.backups} onLeave={onClose} />
        <TextInput
          label={`Type ${erasure.name} to confirm`}
          autoComplete="off"
          data-autofocus
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color="red" loading={pending} disabled={form.values.name.trim() === ''}>
            Erase for good
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** In a dialog of its own: the line of the person, and everything in it, is gone by then. */
function tellWhereTheyAreLeft({ name, backups }: Erasure): void {
  const id = modals.open({
    title: backups ? `${name} is erased, and still in backups` : `${name} is erased, except in backups`,
    children: (
      <Stack gap="md">
        <HoldingBackups name={name} backups={backups} onLeave={() => modals.close(id)} />
        <Group justify="flex-end">
          <Button data-autofocus onClick={() => modals.close(id)}>
            Done
          </Button>
        </Group>
      </Stack>
    ),
  });
}
