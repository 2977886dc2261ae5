import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import type { Invitation, PersonRow } from '../../../shared/contract/accounts.ts';
import { type Role, roles } from '../../../shared/model/roles.ts';
import { useActForm } from '../../lib/act-form.ts';
import { roleWords } from '../../lib/words.ts';
import { FormFailure } from '../accounts/FormFailure.tsx';
import { roleExplanations } from './ChangeRoleDialog.tsx';
import { peopleChanges } from './people-changes.ts';

/** Invites somebody: they set their password themselves, with a one-time code. */
export function AddPersonDialog({
  opened,
  onClose,
  onInvited,
}: {
  opened: boolean;
  onClose: () => void;
  onInvited: (invited: { person: PersonRow; invitation: Invitation }) => void;
}) {
  return (
    <Modal opened={opened} onClose={onClose} title="Invite a person">
      <AddPersonForm onClose={onClose} onInvited={onInvited} />
    </Modal>
  );
}

function AddPersonForm({
  onClose,
  onInvited,
}: {
  onClose: () => void;
  onInvited: (invited: { person: PersonRow; invitation: Invitation }) => void;
}) {
  const { form, submit, pending, failure } = useActForm('people.invite', {
    initialValues: { name: '', email: '', role: 'INTERVIEWER' as Role },
    toInput: (values) => values,
    changes: peopleChanges,
    onSuccess(invited) {
      onClose();
      onInvited(invited);
    },
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
        <NativeSelect
          label="Role"
          description={roleExplanations[form.values.role]}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={roles.map((role) => ({ value: role, label: roleWords[role] }))}
          key={form.key('role')}
          {...form.getInputProps('role')}
        />
        <Group justify="flex-end" gap="sm" mt="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={pending}>
            Invite
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
