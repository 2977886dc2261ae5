import { Alert, Button, Code, Group, Progress, Stack, Text } from '@mantine/core';
import type { StorageMove } from '../../../shared/contract/storage.ts';
import { useAct } from '../../lib/queries.ts';
import { formatBytes } from '../../lib/sizes.ts';

const changes = ['storage.status', 'storage.measure'] as const;

/** How far a move is; one that was cut off is gone on with or taken back. */
export function MoveOfRecordings({ move, mayChange }: { move: StorageMove; mayChange: boolean }) {
  const resume = useAct('storage.resumeMove', { changes });
  const cancel = useAct('storage.cancelMove', { changes });
  if (move.state === 'interrupted') {
    return (
      <Alert color="amber" title="The move was cut off" role="alert">
        <Stack gap="sm">
          <Text size="sm">
            {move.message ?? 'Nothing is lost: every recording is still where it was.'} The recordings were on
            their way to <Code>{move.to}</Code>.
          </Text>
          {mayChange && (
            <Group gap="xs">
              <Button size="compact-md" loading={resume.isPending} onClick={() => resume.mutate()}>
                Go on moving
              </Button>
              <Button
                size="compact-md"
                variant="default"
                loading={cancel.isPending}
                onClick={() => cancel.mutate()}
              >
                Leave them where they are
              </Button>
            </Group>
          )}
        </Stack>
      </Alert>
    );
  }
  const isCopying = move.state === 'copying';
  const percent = move.totalBytes === 0 ? 0 : (move.doneBytes / move.totalBytes) * 100;
  return (
    <Stack gap={6}>
      <Text size="sm" role="status">
        {isCopying ? 'Copying and checking' : 'Removing what has been copied'}
        {move.totalBytes > 0 && `: ${formatBytes(move.doneBytes)} of ${formatBytes(move.totalBytes)}`}, to{' '}
        <Code>{move.to}</Code>. Nothing can be recorded meanwhile.
      </Text>
      <Progress value={percent} aria-label="How far the move is" />
      {mayChange && isCopying && (
        <Group>
          <Button
            size="compact-md"
            variant="default"
            loading={cancel.isPending}
            onClick={() => cancel.mutate()}
          >
            Stop, and leave them where they are
          </Button>
        </Group>
      )}
    </Stack>
  );
}
