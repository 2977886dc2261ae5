import { Anchor, Skeleton, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { useOperation } from '../../lib/queries.ts';
import { SelfRegistrationSwitch } from '../accounts/SelfRegistrationSwitch.tsx';
import { SettingsGroup } from '../settings/SettingsGroup.tsx';
import { PasswordRulesForm } from './PasswordRulesForm.tsx';
import { RetentionSettings } from './RetentionSettings.tsx';
import { SignInLimitsForm } from './SignInLimitsForm.tsx';

/** What holds for everybody; for admins. */
export function PoliciesSection() {
  const { data: policies, error, refetch } = useOperation('policies.get');
  if (error) return <FailureNote error={error} onRetry={() => void refetch()} />;
  if (!policies) {
    return (
      <Placeholder label="Loading the policies">
        <Skeleton height={240} />
      </Placeholder>
    );
  }
  return (
    <>
      <SettingsGroup
        title="How long things are kept"
        lead="What is said in interviews goes by itself when its time has passed, if you make a rule for it. Without one everything is kept."
      >
        <RetentionSettings />
      </SettingsGroup>
      <SettingsGroup
        title="Passwords"
        lead="For every password that is set from now on. Those that people have go on working, whatever the rules say."
      >
        <PasswordRulesForm stored={policies.passwords} />
      </SettingsGroup>
      <SettingsGroup
        title="Signing in"
        lead="How often somebody may try, and for how long they stay signed in. A change holds at once."
      >
        <SignInLimitsForm stored={policies.signIn} />
      </SettingsGroup>
      <SettingsGroup title="New accounts and consent">
        <Stack gap="md">
          <SelfRegistrationSwitch />
          <Text size="sm">
            What candidates agree to before they are recorded is kept version by version, in{' '}
            <Anchor component={Link} to="/kits/consent-texts" inherit>
              Consent texts
            </Anchor>
            .
          </Text>
        </Stack>
      </SettingsGroup>
    </>
  );
}
