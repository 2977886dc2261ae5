import { Anchor, Text } from '@mantine/core';
import { AccountScreen } from './AccountScreen.tsx';
import { NewAccountForm } from './NewAccountForm.tsx';

export function Register({ onBack }: { onBack: () => void }) {
  return (
    <AccountScreen title="Create an account">
      <NewAccountForm operation="accounts.register" />
      <Text size="sm" c="dimmed">
        Have an account?{' '}
        <Anchor component="button" type="button" size="sm" onClick={onBack} underline="always">
          Sign in
        </Anchor>
      </Text>
    </AccountScreen>
  );
}
