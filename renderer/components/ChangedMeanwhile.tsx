import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { InWords } from '../lib/differences.ts';
import { Differences } from './Differences.tsx';

/** Two people have changed one thing: shows where they differ, and lets the second choose. Nothing is overwritten unseen. */
export function ChangedMeanwhile({
  title,
  children,
  mine,
  theirs,
  saveLabel,
  pending,
  onKeepMine,
  onTakeTheirs,
  onClose,
}: {
  title: string;
  /** What has happened, and what becomes of what is not chosen. */
  children: ReactNode;
  mine: InWords;
  theirs: InWords;
  saveLabel: string;
  pending: boolean;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  onClose: () => void;
}) {
  return (
    <Modal opened onClose={onClose} size="xl" title={title}>
      <Stack gap="md">
        <Text size="sm">{children}</Text>
        <Differences before={theirs} after={mine} names={['Theirs', 'Yours']} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} disabled={pending}>
            Go on editing mine
          </Button>
          <Button variant="default" onClick={onTakeTheirs} disabled={pending}>
            Take theirs
          </Button>
          <Button onClick={onKeepMine} loading={pending}>
            {saveLabel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
