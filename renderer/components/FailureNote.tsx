import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';

/** Where something should be and could not be read: why, and the way to try again. */
export function FailureNote({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <Alert color="red" icon={<IconAlertCircle />} role="alert">
      <Group justify="space-between" gap="sm">
        <Text size="sm" flex={1} miw={200}>
          {error.message}
        </Text>
        <Button size="compact-sm" variant="default" onClick={onRetry}>
          Try again
        </Button>
      </Group>
    </Alert>
  );
}
