import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import type { CandidateRow } from '../../../shared/contract/candidates.ts';
import { NewCandidateDialog } from '../candidates/NewCandidateDialog.tsx';

/** A button that adds a candidate without leaving what one is doing. */
export function NewCandidate({ onMade }: { onMade: (candidate: CandidateRow) => void }) {
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={16} />} onClick={dialog.open}>
        New candidate
      </Button>
      <NewCandidateDialog opened={opened} onClose={dialog.close} onMade={onMade} />
    </>
  );
}
