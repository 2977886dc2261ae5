import { Anchor, Text } from '@mantine/core';
import { AccountScreen } from './AccountScreen.tsx';
import { SignInForm } from './SignInForm.tsx';

export function SignIn({ onRegister }: { onRegister?: () => void }) {
  return (
    <AccountScreen title="Sign in to Parley">
      <SignInForm />
      <Text size="sm" c="dimmed">
        {onRegister ? (
          <>
            New here?{' '}
            <Anchor component="button" type="button" size="sm" onClick={onRegister} underline="always">
              Create an account
            </Anchor>
          </>
        ) : (
          'No account yet, or forgot the password? An admin can help.'
        )}
      </Text>
    </AccountScreen>
  );
}
