import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { LibraryQuestion } from '../../../shared/contract/library.ts';
import { type QuestionDraft, tidyDraft } from '../../../shared/model/library.ts';
import { formatMoment } from '../../lib/formats.ts';
import { DifferenceTable } from './DifferenceTable.tsx';

/** Two people have changed one question: shows where they differ, and lets the second choose. Nothing is overwritten unseen. */
export function QuestionConflict({
  mine,
  theirs,
  pending,
  onKeepMine,
  onTakeTheirs,
  onClose,
}: {
  mine: QuestionDraft;
  theirs: LibraryQuestion;
  pending: boolean;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  onClose: () => void;
}) {
  const who = theirs.changedBy?.name ?? 'Somebody';
  return (
    <Modal opened onClose={onClose} size="xl" title={`${who} has saved version ${theirs.version} meanwhile`}>
      <Stack gap="md">
        <Text size="sm">
          {formatMoment(theirs.changedAt)}. This is where it differs from your draft. If you save yours,
          theirs stays among the versions; if you take theirs, your draft is gone.
        </Text>
        <DifferenceTable before={theirs} after={tidyDraft(mine)} names={['Theirs', 'Yours']} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} disabled={pending}>
            Go on editing mine
          </Button>
          <Button variant="default" onClick={onTakeTheirs} disabled={pending}>
            Take theirs
          </Button>
          <Button onClick={onKeepMine} loading={pending}>
            Save mine as version {theirs.version + 1}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
