import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react';
import type { DatabaseWork } from '../../../shared/contract/database.ts';
import { useAct } from '../../lib/queries.ts';
import { useWork } from './work.ts';

const names: Record<DatabaseWork['kind'], { running: string; failed: string }> = {
  BACKUP: { running: 'Backing up', failed: 'The backup was not made' },
  RESTORE: { running: 'Restoring a backup', failed: 'The backup was not restored' },
  COPY: { running: 'Copying everything', failed: 'The copy was not finished' },
  RETENTION: { running: 'Removing what is due by the retention rules', failed: 'It was not all removed' },
  REHEARSAL: { running: 'Rehearsing the upgrade', failed: 'The rehearsal failed' },
};

/** How a long work of these kinds goes, and what came of the last one. */
export function WorkProgress({ kinds }: { kinds: readonly DatabaseWork['kind'][] }) {
  const { work } = useWork();
  const stop = useAct('database.stopWork', { changes: ['database.work'] });
  if (!work || (!kinds.includes(work.kind) && work.state !== 'RUNNING')) return null;
  const { running, failed } = names[work.kind];
  switch (work.state) {
    case 'RUNNING': {
      const percent = work.total ? Math.min(100, (work.done / work.total) * 100) : 0;
      return (
        <Stack gap={6}>
          <Text size="sm" role="status">
            {running}: {work.step.toLowerCase()}…
          </Text>
          <Progress
            value={work.total ? percent : 100}
            animated={!work.total}
            aria-label={`${running}: how far it is`}
          />
          <Group>
            <Button
              size="compact-md"
              variant="default"
              loading={stop.isPending}
              onClick={() => stop.mutate()}
            >
              Stop
            </Button>
          </Group>
        </Stack>
      );
    }
    case 'DONE':
      return (
        <Alert color="pine" role="status" icon={<IconCircleCheck />}>
          <Text size="sm">{work.message}</Text>
        </Alert>
      );
    case 'FAILED':
      return (
        <Alert color="red" role="alert" icon={<IconAlertCircle />} title={failed}>
          <Text size="sm">{work.message}</Text>
        </Alert>
      );
    case 'STOPPED':
      return (
        <Alert color="amber" role="status">
          <Text size="sm">
            {work.message ?? `${failed}: you stopped it.`}
            {work.kind === 'COPY' && ' Begin it again to the same place, and it goes on where it was.'}
          </Text>
        </Alert>
      );
  }
}
