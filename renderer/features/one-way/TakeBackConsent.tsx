import { Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { OneWayInterview } from '../../../shared/contract/one-way.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { formatMomentInFull } from '../../lib/formats.ts';
import { useAct } from '../../lib/queries.ts';
import { ConsentText } from './ConsentText.tsx';

/** After an interview has ended: what its candidate agreed to, and the way to take that back. */
export function TakeBackConsent({ interview }: { interview: OneWayInterview }) {
  const [opened, dialog] = useDisclosure(false);
  const { id, consent, consentText, from } = interview;
  const takeBack = useAct('oneWay.recordConsent', {
    changes: ['oneWay.get'],
    showsFailure: true,
    onSuccess: dialog.close,
  });
  if (!consentText || !consent) return null;
  const decide = () => takeBack.mutate({ id, consentTextId: consentText.id, decision: 'DECLINED' });
  const agreed = consent.decision === 'AGREED';
  const said = `${agreed ? 'You agreed to be recorded' : 'You do not agree to being recorded'}; said ${formatMomentInFull(consent.decidedAt)}.`;
  return (
    <section aria-labelledby="consent">
      <Title order={2} id="consent" mb="xs">
        Your consent
      </Title>
      <Text size="sm" maw="60ch" role="status">
        {said} {!agreed && `${from ?? 'The interviewer'} sees that, and can delete what was recorded.`}
      </Text>
      {agreed && (
        <Button mt="sm" variant="default" onClick={dialog.open}>
          Take it back
        </Button>
      )}
      <Modal opened={opened} onClose={dialog.close} size="lg" title="Take your agreement back?">
        <Stack gap="md">
          {takeBack.error && <FailureNote error={takeBack.error} onRetry={decide} />}
          <ConsentText text={consentText} />
          <Text size="sm">
            {from ?? 'The interviewer'} and whoever reviews it see that you took it back, and can delete your
            recordings for good. You cannot agree again afterwards.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={dialog.close} data-autofocus>
              Leave it as it is
            </Button>
            <Button color="red" loading={takeBack.isPending} onClick={decide}>
              Take it back
            </Button>
          </Group>
        </Stack>
      </Modal>
    </section>
  );
}
