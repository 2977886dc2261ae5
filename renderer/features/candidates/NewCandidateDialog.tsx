import { Alert, Anchor, Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { Link } from 'react-router';
import type { CandidateRow } from '../../../shared/contract/candidates.ts';
import { useActForm } from '../../lib/act-form.ts';
import { FormFailure } from '../accounts/FormFailure.tsx';

/** Adds a candidate: a name and an address are enough. */
export function NewCandidateDialog({
  opened,
  onClose,
  onMade,
}: {
  opened: boolean;
  onClose: () => void;
  onMade: (candidate: CandidateRow) => void;
}) {
  return (
    <Modal opened={opened} onClose={onClose} title="New candidate">
      <NewCandidateForm
        onClose={onClose}
        onMade={(candidate) => {
          onClose();
          onMade(candidate);
        }}
      />
    </Modal>
  );
}

function NewCandidateForm({
  onClose,
  onMade,
}: {
  onClose: () => void;
  onMade: (candidate: CandidateRow) => void;
}) {
  const { form, submit, pending, failure, error } = useActForm('candidates.create', {
    initialValues: { name: '', email: '', headline: '' },
    toInput: (values) => values,
    changes: ['candidates.list'],
    onSuccess: onMade,
  });
  const known = error?.code === 'EMAIL_TAKEN' && error.details.candidateId;
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
        {typeof known === 'string' && (
          <Alert color="gray" py="xs">
            <Anchor component={Link} to={`/candidates/${known}`} onClick={onClose} size="sm">
              Open who is here already
            </Anchor>
          </Alert>
        )}
        <TextInput
          label="Headline"
          placeholder="Backend engineer, applies for the platform team"
          autoComplete="off"
          key={form.key('headline')}
          {...form.getInputProps('headline')}
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
