import { Button, Group, Modal, NativeSelect, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Invitation, PersonRow } from '../../../shared/contract/accounts.ts';
import { passwordLimits } from '../../../shared/model/limits.ts';
import { type Role, roles } from '../../../shared/model/roles.ts';
import { PasswordField } from '../../components/PasswordField.tsx';
import { useActForm } from '../../lib/act-form.ts';
import { done } from '../../lib/done.ts';
import { roleWords } from '../../lib/words.ts';
import { FormFailure } from '../accounts/FormFailure.tsx';
import { roleExplanations } from './ChangeRoleDialog.tsx';
import { peopleChanges } from './people-changes.ts';

/** Gives somebody an account: they set their password with a one-time code, or are told one that is set here. */
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

interface Values extends Record<string, unknown> {
  name: string;
  email: string;
  role: Role;
  /** Where it is set here. */
  password: string;
}

function AddPersonForm({
  onClose,
  onInvited,
}: {
  onClose: () => void;
  onInvited: (invited: { person: PersonRow; invitation: Invitation }) => void;
}) {
  const [withCode, setWithCode] = useState(true);
  const { form, submit, pending, failure } = useActForm<'people.invite' | 'people.create', Values>(
    withCode ? 'people.invite' : 'people.create',
    {
      initialValues: { name: '', email: '', role: 'INTERVIEWER', password: '' },
      toInput: (values) => values,
      changes: peopleChanges,
      onSuccess(added) {
        onClose();
        if ('invitation' in added) onInvited(added);
        else done(`${added.name} can sign in with the password that you tell them.`);
      },
    },
  );
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
        <Radio.Group
          label="Their password"
          value={withCode ? 'code' : 'here'}
          onChange={(value) => setWithCode(value === 'code')}
        >
          <Stack gap="xs" mt={6}>
            <Radio value="code" label="They set it themselves, with a one-time code that you tell them" />
            <Radio value="here" label="I set the first one, and tell it to them" />
          </Stack>
        </Radio.Group>
        {!withCode && (
          <PasswordField
            label="First password"
            hint={`At least ${passwordLimits.minCharacters} characters. They can change it under Settings.`}
            autoComplete="new-password"
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
        )}
        <Group justify="flex-end" gap="sm" mt="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={pending}>
            {withCode ? 'Invite' : 'Add'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
