import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';

/** How long Undo is offered, ms. */
const undoMs = 12_000;

/** Says that something was done, and offers to undo it for a while. */
export function offerUndo(message: string, undo: () => void): void {
  const id = `undo ${message}`;
  notifications.show({
    id,
    autoClose: undoMs,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <span>{message}</span>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          Undo
        </Button>
      </Group>
    ),
  });
}
