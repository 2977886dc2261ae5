import { Button, Stack } from '@mantine/core';
import { PasswordField } from '../../components/PasswordField.tsx';
import { useActForm } from '../../lib/act-form.ts';
import { done } from '../../lib/done.ts';
import { FormFailure } from '../accounts/FormFailure.tsx';
import { usePasswordHint } from '../accounts/password-hint.ts';
import { usePerson } from '../accounts/signed-in.ts';
import { useSlowDown } from '../accounts/slow-down.ts';

export function PasswordForm() {
  const person = usePerson();
  const hint = usePasswordHint();
  const { form, submit, pending, failure } = useActForm('accounts.changePassword', {
    initialValues: { current: '', next: '' },
    toInput: (values) => values,
    changes: ['accounts.sessions'],
    onSuccess: () => {
      form.reset();
      done('Your password is changed.');
    },
  });
  const secondsToWait = useSlowDown(failure);
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={320}>
        <FormFailure failure={failure} secondsToWait={secondsToWait} />
        {/* So that a password manager knows whose password this is. */}
        <input type="email" autoComplete="username" value={person.email} readOnly hidden />
        <PasswordField
          label="Current password"
          autoComplete="current-password"
          key={form.key('current')}
          {...form.getInputProps('current')}
        />
        <PasswordField
          label="New password"
          hint={hint}
          autoComplete="new-password"
          key={form.key('next')}
          {...form.getInputProps('next')}
        />
        <Button
          type="submit"
          variant="default"
          loading={pending}
          disabled={!form.values.current || !form.values.next || secondsToWait > 0}
          style={{ alignSelf: 'flex-start' }}
        >
          Change password
        </Button>
      </Stack>
    </form>
  );
}
