import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { DeskInterview } from '../../../shared/contract/desk.ts';
import { ConsentRecord } from './ConsentRecord.tsx';
import { consentWords } from './consent-words.ts';

/** What the candidate agreed to, and the way to all that they said and to noting a change of it. */
export function ConsentFact({ interview }: { interview: DeskInterview }) {
  const [opened, dialog] = useDisclosure(false);
  return (
    <Group gap="xs">
      <span>{consentWords(interview)}</span>
      {interview.consentText && !interview.deletedAt && (
        <Button size="compact-xs" variant="default" aria-label="Details of the consent" onClick={dialog.open}>
          Details
        </Button>
      )}
      <ConsentDialog interview={interview} opened={opened} onClose={dialog.close} />
    </Group>
  );
}

export function ConsentDialog({
  interview,
  opened,
  onClose,
  beforeTakingBack,
}: {
  interview: DeskInterview;
  opened: boolean;
  onClose: () => void;
  /** Ends what this window records, before main is told. */
  beforeTakingBack?: () => Promise<void>;
}) {
  return (
    <Modal opened={opened} onClose={onClose} title="Consent to being recorded" size="lg">
      <ConsentRecord interview={interview} beforeTakingBack={beforeTakingBack} onClose={onClose} />
    </Modal>
  );
}
