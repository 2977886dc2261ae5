import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';

/** Somebody else has changed the same meanwhile: what is there now, and both ways on. */
export function ConflictNote({
  now,
  onTake,
  onOverwrite,
}: {
  /** In words; null: it is gone. */
  now: string | null;
  onTake: () => void;
  onOverwrite: () => void;
}) {
  return (
    <Alert
      color="amber"
      icon={<IconArrowsDiff />}
      role="alert"
      title={`Somebody else has ${now === null ? 'removed' : 'changed'} this meanwhile`}
    >
      <Stack gap="sm">
        {now !== null && <Text size="sm">There is now: {now}</Text>}
        <Group gap="xs">
          <Button size="compact-md" variant="default" onClick={onTake}>
            {now === null ? 'Leave it removed' : 'Take what is there'}
          </Button>
          <Button size="compact-md" variant="default" onClick={onOverwrite}>
            {now === null ? 'Save mine as a new one' : 'Save mine over it'}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
