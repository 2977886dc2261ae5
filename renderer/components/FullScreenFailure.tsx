import { Button } from '@mantine/core';
import { FullScreenMessage } from './FullScreenMessage.tsx';

/** When the window has nothing else to show than why it has nothing to show. */
export function FullScreenFailure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <FullScreenMessage
      title="Parley cannot go on"
      actions={
        <Button onClick={onRetry} autoFocus>
          Try again
        </Button>
      }
    >
      {error.message}
    </FullScreenMessage>
  );
}
