import { Anchor, Text } from '@mantine/core';
import { AccountScreen } from './AccountScreen.tsx';
import { SignInForm } from './SignInForm.tsx';

export function SignIn({ onRegister, onUseCode }: { onRegister?: () => void; onUseCode: () => void }) {
  const code = (
    <Anchor component="button" type="button" size="sm" onClick={onUseCode} underline="always">
      I have a code
    </Anchor>
  );
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
            {' · '}
            {code}
          </>
        ) : (
          <>No account yet, or forgot the password? An admin can give you a code. {code}</>
        )}
      </Text>
    </AccountScreen>
  );
}
