import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import type { CandidateRow } from '../../../shared/contract/candidates.ts';
import { useActForm } from '../../lib/act-form.ts';
import { FormFailure } from '../accounts/FormFailure.tsx';

/** A button that adds a candidate without leaving what one is doing. */
export function NewCandidate({ onMade }: { onMade: (candidate: CandidateRow) => void }) {
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={16} />} onClick={dialog.open}>
        New candidate
      </Button>
      <Modal opened={opened} onClose={dialog.close} title="New candidate">
        <NewCandidateForm
          onClose={dialog.close}
          onMade={(candidate) => {
            dialog.close();
            onMade(candidate);
          }}
        />
      </Modal>
    </>
  );
}

function NewCandidateForm({
  onClose,
  onMade,
}: {
  onClose: () => void;
  onMade: (candidate: CandidateRow) => void;
}) {
  const { form, submit, pending, failure } = useActForm('candidates.create', {
    initialValues: { name: '', email: '' },
    toInput: (values) => values,
    changes: ['candidates.list'],
    onSuccess: onMade,
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormFailure failure={failure} />
        <TextInput
          label="Name"
          autoComplete="off"
          data-autofocus
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <TextInput
          label="Email"
          type="email"
          autoComplete="off"
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={pending}>
            Add
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
