import { Button, Checkbox, Stack, TextInput } from '@mantine/core';
import { PasswordField } from '../../components/PasswordField.tsx';
import { useActForm } from '../../lib/act-form.ts';
import { FormFailure } from './FormFailure.tsx';
import { welcome } from './signed-in.ts';
import { useSlowDown } from './slow-down.ts';

export function SignInForm() {
  const { form, submit, pending, failure } = useActForm('accounts.signIn', {
    initialValues: { email: '', password: '', remember: false },
    toInput: (values) => values,
    onSuccess: welcome,
  });
  const secondsToWait = useSlowDown(failure);
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormFailure failure={failure} secondsToWait={secondsToWait} />
        <TextInput
          label="Email"
          type="email"
          autoComplete="username"
          autoFocus
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordField
          label="Password"
          autoComplete="current-password"
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Checkbox
          label="Stay signed in on this machine"
          key={form.key('remember')}
          {...form.getInputProps('remember', { type: 'checkbox' })}
        />
        <Button type="submit" size="md" mt="xs" loading={pending} disabled={secondsToWait > 0}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
