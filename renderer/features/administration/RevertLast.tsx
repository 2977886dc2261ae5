import { Alert, Button, Group, List, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { MigrationLoss } from '../../../shared/contract/migrations.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { count } from '../../lib/formats.ts';
import { useAct, useOperation } from '../../lib/queries.ts';
import { titleOf } from './MigrationList.tsx';
import { WorkProgress } from './WorkProgress.tsx';
import { useWork } from './work.ts';

/** Takes the last migration back, once a person has seen what goes with it. */
export function RevertLast() {
  const [opened, dialog] = useDisclosure(false);
  const { running } = useWork();
  return (
    <>
      <Button variant="default" disabled={running} onClick={dialog.open}>
        Revert the last…
      </Button>
      <Modal opened={opened} onClose={dialog.close} title="Revert the last migration?" size="lg">
        <Content onClose={dialog.close} />
      </Modal>
    </>
  );
}

function Content({ onClose }: { onClose: () => void }) {
  const {
    data: loss,
    error,
    refetch,
  } = useOperation('migrations.loss', undefined, {
    staleTime: 0,
    gcTime: 0,
  });
  const revert = useAct('migrations.revert', {
    changes: ['app.status', 'migrations.list', 'database.overview', 'backups.list'],
    showsFailure: true,
    onSuccess: onClose,
  });
  if (error) return <FailureNote error={error} onRetry={() => void refetch()} />;
  if (loss === undefined) {
    return (
      <Placeholder label="Counting what would be lost">
        <Skeleton height={120} />
      </Placeholder>
    );
  }
  if (loss === null) return <Text size="sm">There is none that this Parley can revert.</Text>;
  return (
    <Stack gap="md">
      <Text size="sm">
        {titleOf(loss.name)} ({loss.name}) is taken back. Until it is applied again, nobody can use this
        database with this version of Parley.
      </Text>
      <LossNote loss={loss} />
      <Text size="sm" c="dimmed">
        A backup is made first, and restored once to see that it can be.
      </Text>
      <WorkProgress kinds={[]} />
      {revert.error && (
        <Alert color="red" role="alert">
          {revert.error.message}
        </Alert>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" data-autofocus disabled={revert.isPending} onClick={onClose}>
          Leave it
        </Button>
        <Button color="red" loading={revert.isPending} onClick={() => revert.mutate({ name: loss.name })}>
          Back up and revert
        </Button>
      </Group>
    </Stack>
  );
}

function LossNote({ loss: { tables, columns } }: { loss: MigrationLoss }) {
  if (tables.length + columns.length === 0)
    return <Text size="sm">No table and no column goes with it.</Text>;
  const rows = [...tables, ...columns].some((lost) => lost.rows > 0);
  return (
    <Alert color={rows ? 'red' : 'blue'} title={rows ? 'This would be lost' : 'What goes is empty'}>
      <List size="sm" spacing={2}>
        {tables.map((table) => (
          <List.Item key={table.name}>
            The table {table.name}, with {count(table.rows, 'row')}
          </List.Item>
        ))}
        {columns.map((column) => (
          <List.Item key={`${column.table}.${column.name}`}>
            {column.name} of {column.table}, filled in in {count(column.rows, 'row')}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
