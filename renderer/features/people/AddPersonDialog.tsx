import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { passwordLimits } from '../../../shared/model/limits.ts';
import { type Role, roles } from '../../../shared/model/roles.ts';
import { PasswordField } from '../../components/PasswordField.tsx';
import { useActForm } from '../../lib/act-form.ts';
import { done } from '../../lib/done.ts';
import { roleWords } from '../../lib/words.ts';
import { FormFailure } from '../accounts/FormFailure.tsx';

export function AddPersonDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add a person">
      <AddPersonForm onClose={onClose} />
    </Modal>
  );
}

function AddPersonForm({ onClose }: { onClose: () => void }) {
  const { form, submit, pending, failure } = useActForm('people.create', {
    initialValues: { name: '', email: '', password: '', role: 'CANDIDATE' as Role },
    toInput: (values) => values,
    changes: ['people.list'],
    onSuccess: (person) => {
      done(`${person.name} can sign in now.`);
      onClose();
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
          data={roles.map((role) => ({ value: role, label: roleWords[role] }))}
          key={form.key('role')}
          {...form.getInputProps('role')}
        />
        <PasswordField
          label="First password"
          hint={`At least ${passwordLimits.minCharacters} characters. Tell it to them; they can change it in their settings.`}
          autoComplete="new-password"
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Group justify="flex-end" gap="sm" mt="xs">
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
