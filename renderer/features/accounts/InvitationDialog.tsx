import { Button, Code, Group, Modal, Stack, Text } from '@mantine/core';
import type { Invitation } from '../../../shared/contract/accounts.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { formatMomentInFull } from '../../lib/formats.ts';
import classes from './InvitationDialog.module.css';

/** Shows a one-time code, this once: only its hash is kept. */
export function InvitationDialog({
  person,
  invitation,
  onClose,
}: {
  person: { name: string; email: string };
  invitation: Invitation | null;
  onClose: () => void;
}) {
  return (
    <Modal
      opened={invitation !== null}
      onClose={onClose}
      // A click beside it would lose what cannot be shown again.
      closeOnClickOutside={false}
      title={`A one-time code for ${person.name}`}
    >
      {invitation && (
        <Stack gap="md">
          <Text size="sm">
            Tell or send it to {person.name}. In Parley they choose <b>I have a code</b>, enter {person.email}{' '}
            and the code, and set a password of their own.
          </Text>
          <Code block className={classes.code} aria-label="One-time code" data-autofocus tabIndex={0}>
            {invitation.code}
          </Code>
          <Text size="sm" c="dimmed">
            It works once, until {formatMomentInFull(invitation.expiresAt)}, and is shown only now. A new code
            replaces it.
          </Text>
          <Group justify="flex-end" gap="sm">
            <CopyButton text={invitation.code} label="Copy the code" />
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
