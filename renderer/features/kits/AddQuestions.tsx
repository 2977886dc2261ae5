import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { LibraryRow } from '../../../shared/contract/library.ts';
import { count } from '../../lib/formats.ts';
import { QuestionPicker } from '../library/QuestionPicker.tsx';

/** Picks questions of the library into the kit, and out of it again. */
export function AddQuestions({
  chosen,
  onToggle,
}: {
  /** Ids of those that are in the kit. */
  chosen: readonly string[];
  onToggle: (question: LibraryRow) => void;
}) {
  const [opened, setOpened] = useState(false);
  const close = () => setOpened(false);
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setOpened(true)}>
        Add questions
      </Button>
      <Modal opened={opened} onClose={close} title="Add questions" size="xl">
        <Stack gap="md">
          <QuestionPicker chosen={new Set(chosen)} onToggle={onToggle} />
          <Group justify="space-between">
            <Text size="sm" c="dimmed" role="status">
              {count(chosen.length, 'question')} in the kit, asked of everybody
            </Text>
            <Button onClick={close}>Done</Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
