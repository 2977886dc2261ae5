import { Button, Checkbox, Stack, TextInput } from '@mantine/core';
import { PasswordField } from '../../components/PasswordField.tsx';
import { useActForm } from '../../lib/act-form.ts';
import { FormFailure } from './FormFailure.tsx';
import { usePasswordHint } from './password-hint.ts';
import { welcome } from './signed-in.ts';

/** Name, email, password: for the very first person, and for those who register themselves. */
export function NewAccountForm({
  operation,
  rememberByDefault = false,
}: {
  operation: 'accounts.createFirst' | 'accounts.register';
  rememberByDefault?: boolean;
}) {
  const hint = usePasswordHint();
  const { form, submit, pending, failure } = useActForm(operation, {
    initialValues: { name: '', email: '', password: '', remember: rememberByDefault },
    toInput: (values) => values,
    changes: ['app.status'],
    onSuccess: welcome,
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormFailure failure={failure} />
        <TextInput
          label="Name"
          autoComplete="name"
          autoFocus
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <TextInput
          label="Email"
          type="email"
          autoComplete="username"
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordField
          label="Password"
          hint={`${hint} A few words are easier to remember.`}
          autoComplete="new-password"
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Checkbox
          label="Stay signed in on this machine"
          key={form.key('remember')}
          {...form.getInputProps('remember', { type: 'checkbox' })}
        />
        <Button type="submit" size="md" mt="xs" loading={pending}>
          Create account
        </Button>
      </Stack>
    </form>
  );
}
