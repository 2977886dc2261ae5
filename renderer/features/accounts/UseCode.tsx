import { Anchor, Button, Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { PasswordField } from '../../components/PasswordField.tsx';
import { useActForm } from '../../lib/act-form.ts';
import { AccountScreen } from './AccountScreen.tsx';
import { FormFailure } from './FormFailure.tsx';
import { usePasswordHint } from './password-hint.ts';
import { welcome } from './signed-in.ts';
import { useSlowDown } from './slow-down.ts';

/** Somebody was invited, or their password was reset: with the code that they were told they set one of their own. */
export function UseCode({ onBack }: { onBack: () => void }) {
  return (
    <AccountScreen
      title="Set your password"
      lead="Enter the one-time code that you were given, and choose a password. You sign in with it from then on."
    >
      <CodeForm />
      <Text size="sm" c="dimmed">
        No code?{' '}
        <Anchor component="button" type="button" size="sm" onClick={onBack} underline="always">
          Back to signing in
        </Anchor>
      </Text>
    </AccountScreen>
  );
}

function CodeForm() {
  const hint = usePasswordHint();
  const { form, submit, pending, failure } = useActForm('accounts.useCode', {
    initialValues: { email: '', code: '', password: '', remember: false },
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
        <TextInput
          label="One-time code"
          placeholder="XXXX-XXXX-XXXX-XXXX"
          description="Sixteen letters and digits; dashes and capitals do not matter."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          key={form.key('code')}
          {...form.getInputProps('code')}
        />
        <PasswordField
          label="New password"
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
        <Button type="submit" size="md" mt="xs" loading={pending} disabled={secondsToWait > 0}>
          Set password and sign in
        </Button>
      </Stack>
    </form>
  );
}
