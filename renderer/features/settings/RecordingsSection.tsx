import { Alert, Button, Code, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import type { StorageStatus } from '../../../shared/contract/storage.ts';
import { Facts } from '../../components/Facts.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { count } from '../../lib/formats.ts';
import { useAct, useOperation } from '../../lib/queries.ts';
import { formatBytes } from '../../lib/sizes.ts';
import { usePerson } from '../accounts/signed-in.ts';
import { MoveOfRecordings } from './MoveOfRecordings.tsx';
import { SettingsGroup } from './SettingsGroup.tsx';
import { Strays } from './Strays.tsx';

export function RecordingsSection() {
  const { data: storage, error, refetch } = useOperation('storage.status');
  const isAdmin = usePerson().role === 'ADMIN';
  if (error) return <FailureNote error={error} onRetry={() => void refetch()} />;
  if (!storage) {
    return (
      <Placeholder label="Loading where recordings are">
        <Skeleton height={160} />
      </Placeholder>
    );
  }
  return (
    <>
      <SettingsGroup
        title="Recordings"
        lead="What is said is kept in a folder on this machine, and nowhere else."
      >
        <Stack gap="md">
          {!storage.there && <Away storage={storage} mayChange={isAdmin} />}
          <Place storage={storage} />
          {isAdmin && storage.there && <Actions storage={storage} />}
          {storage.move && <MoveOfRecordings move={storage.move} mayChange={isAdmin} />}
          {storage.waiting && <Waiting storage={storage} mayChange={isAdmin} />}
        </Stack>
      </SettingsGroup>
      {isAdmin && storage.there && <Strays />}
    </>
  );
}

function Place({ storage }: { storage: StorageStatus }) {
  const { data: measured } = useOperation('storage.measure', undefined, { enabled: storage.there });
  const size = measured && `${formatBytes(measured.sizeBytes)} in ${count(measured.files, 'file')}`;
  const recorded = storage.there ? (size ?? '…') : 'Not known';
  return (
    <Facts
      facts={[
        { name: 'Folder', value: <Code>{storage.folder}</Code> },
        { name: 'Recorded', value: recorded },
        { name: 'Free there', value: storage.there ? formatBytes(storage.freeBytes) : 'Not known' },
      ]}
    />
  );
}

function Actions({ storage }: { storage: StorageStatus }) {
  const open = useAct('storage.open');
  const move = useAct('storage.move', { changes: ['storage.status'] });
  const moveBack = useAct('storage.moveBack', { changes: ['storage.status'] });
  if (!storage.canChoose) {
    return (
      <Text size="sm" c="dimmed">
        In a browser the folder can be looked at only: its path can be copied from here. The desktop app opens
        it, and moves it to another disk.
      </Text>
    );
  }
  const blocked = storage.move !== null;
  return (
    <Group gap="xs">
      <Button variant="default" onClick={() => open.mutate()}>
        Open the folder
      </Button>
      <Button variant="default" disabled={blocked} loading={move.isPending} onClick={() => move.mutate()}>
        Move to another folder…
      </Button>
      {!storage.usual && (
        <Button
          variant="default"
          disabled={blocked}
          loading={moveBack.isPending}
          onClick={() => moveBack.mutate()}
        >
          Move back to the usual folder
        </Button>
      )}
    </Group>
  );
}

/** The disk with the recordings is not connected. */
function Away({ storage, mayChange }: { storage: StorageStatus; mayChange: boolean }) {
  const changes = ['storage.status', 'storage.measure'] as const;
  const giveUp = useAct('storage.giveUp', { changes });
  const { refetch, isFetching } = useOperation('storage.status');
  return (
    <Alert
      color="red"
      role="alert"
      icon={<IconPlugConnectedX size={18} aria-hidden />}
      title="The folder with the recordings is not there"
    >
      <Stack gap="sm">
        <Text size="sm">
          Its disk may not be connected. Nothing is lost: what is on it can be heard again as soon as it is
          back. Until then nothing can be recorded.
        </Text>
        <Group gap="xs">
          <Button size="compact-md" loading={isFetching} onClick={() => void refetch()}>
            Look again
          </Button>
          {mayChange && !storage.waiting && (
            <Button
              size="compact-md"
              variant="default"
              loading={giveUp.isPending}
              onClick={() => giveUp.mutate()}
            >
              Record in the usual folder
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

/** Recordings that are still in a folder that was given up. */
function Waiting({ storage, mayChange }: { storage: StorageStatus; mayChange: boolean }) {
  const gather = useAct('storage.gather', { changes: ['storage.status'] });
  const { waiting } = storage;
  if (!waiting) return null;
  return (
    <Alert color="amber" title="Some recordings are in another folder">
      <Stack gap="sm" align="start">
        <Text size="sm">
          Earlier recordings are in <Code>{waiting.folder}</Code>.{' '}
          {waiting.there
            ? 'It is there again: bring them here, so that they can be heard.'
            : 'They can be heard again once its disk is connected and they have been brought here.'}
        </Text>
        {mayChange && (
          <Button
            size="compact-md"
            disabled={!waiting.there || storage.move !== null}
            loading={gather.isPending}
            onClick={() => gather.mutate()}
          >
            Bring them here
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
