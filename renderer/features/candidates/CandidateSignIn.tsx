import { Button, Group, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconKey } from '@tabler/icons-react';
import type { Candidate } from '../../../shared/contract/candidates.ts';
import { formatMoment } from '../../lib/formats.ts';
import { useAct } from '../../lib/queries.ts';
import { InvitationDialog } from '../accounts/InvitationDialog.tsx';
import { SettingsGroup } from '../settings/SettingsGroup.tsx';

/** Whether a candidate can sign in, and the code with which they set their password. */
export function CandidateSignIn({ candidate }: { candidate: Candidate }) {
  const { id, name, signIn } = candidate;
  const invite = useAct('candidates.invite', { changes: ['candidates.get', 'candidates.list'] });
  const give = () => invite.mutate({ id });
  const ask = () =>
    modals.openConfirmModal({
      title: 'Give a new code?',
      children: `The code that ${name} was given stops working.`,
      labels: { confirm: 'Give a new code', cancel: 'Cancel' },
      onConfirm: give,
    });
  return (
    <SettingsGroup title="Signing in" lead="Only needed to answer alone at this machine, or to practise.">
      <Group justify="space-between" gap="md">
        <Text size="sm" flex={1} miw={220}>
          {words(candidate)}
        </Text>
        {(signIn === 'NONE' || signIn === 'INVITED') && (
          <Button
            variant="default"
            leftSection={<IconKey size={16} />}
            loading={invite.isPending}
            onClick={signIn === 'INVITED' ? ask : give}
          >
            {signIn === 'INVITED' ? 'Give a new code' : 'Give a one-time code'}
          </Button>
        )}
      </Group>
      <InvitationDialog person={candidate} invitation={invite.data ?? null} onClose={invite.reset} />
    </SettingsGroup>
  );
}

function words({ signIn, invitedUntil }: Candidate): string {
  if (signIn === 'READY') return 'They have set a password, and sign in with their email.';
  if (signIn === 'DISABLED') return 'Their account is disabled. An admin can enable it under People.';
  if (signIn === 'INVITED' && invitedUntil) {
    return `They were given a one-time code, and have not used it yet. It works until ${formatMoment(invitedUntil)}.`;
  }
  return 'They cannot sign in yet: they have no password, and no code to set one with.';
}
