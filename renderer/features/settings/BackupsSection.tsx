import {
  Alert,
  Badge,
  Button,
  Checkbox,
  Code,
  Group,
  NumberInput,
  Skeleton,
  Stack,
  Table,
  Text,
  VisuallyHidden,
} from '@mantine/core';
import { modals } from '@mantine/modals';
import type { Backup, BackupKeeping, BackupReason } from '../../../shared/contract/backups.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { Facts } from '../../components/Facts.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { useActForm } from '../../lib/act-form.ts';
import { done } from '../../lib/done.ts';
import { count, formatMoment } from '../../lib/formats.ts';
import { useAct, useOperation } from '../../lib/queries.ts';
import { formatBytes } from '../../lib/sizes.ts';
import { FormFailure } from '../accounts/FormFailure.tsx';
import { WorkProgress } from '../administration/WorkProgress.tsx';
import { useWork } from '../administration/work.ts';
import { useAppStatus } from '../database/app-status.ts';
import { SettingsGroup } from './SettingsGroup.tsx';

const reasons: Record<BackupReason, string> = {
  ASKED: 'On request',
  DAILY: 'Daily',
  MIGRATION: 'Before an upgrade',
};

export function BackupsSection() {
  const { data: list, error, refetch } = useOperation('backups.list');
  const { data: status } = useAppStatus();
  if (error) return <FailureNote error={error} onRetry={() => void refetch()} />;
  if (!list || !status) {
    return (
      <Placeholder label="Loading the backups">
        <Skeleton height={240} />
      </Placeholder>
    );
  }
  const isServer = status.engine.kind === 'server';
  return (
    <>
      <SettingsGroup
        title="Backups"
        lead={
          isServer
            ? 'All rows of the server’s database, and the recordings of this machine. Each is restored once to see that it can be.'
            : 'The database and the recordings of this machine. Each is restored once to see that it can be.'
        }
      >
        <Stack gap="md">
          <Place list={list} />
          <WorkProgress kinds={['BACKUP', 'RESTORE']} />
          {!list.there ? null : list.backups.length === 0 ? (
            <Text size="sm" c="dimmed">
              There is none yet.
            </Text>
          ) : (
            <BackupTable backups={list.backups} isServer={isServer} />
          )}
        </Stack>
      </SettingsGroup>
      <SettingsGroup
        title="How many are kept"
        lead="What you asked for stays until you remove it. Recordings that did not change are kept once for all backups."
      >
        <KeepingForm keeping={list.keeping} isServer={isServer} />
      </SettingsGroup>
    </>
  );
}

function Place({ list }: { list: OutputOf<'backups.list'> }) {
  const make = useAct('backups.make', { changes: ['database.work'] });
  const open = useAct('backups.openFolder');
  const choose = useAct('backups.chooseFolder', {
    changes: ['backups.list'],
    onSuccess: ({ chosen }) => chosen && done('Backups are kept there from now on.'),
  });
  const useUsual = useAct('backups.useUsualFolder', {
    changes: ['backups.list'],
    onSuccess: () => done('Backups are kept in Parley’s own folder from now on.'),
  });
  const { running } = useWork();
  const blocked = running || !list.there;
  return (
    <>
      {!list.there && (
        <Alert color="red" role="alert" title="The folder of backups is not there">
          <Text size="sm">
            Its disk may not be connected, or another Parley has it now. Until it is back no backup is made.
          </Text>
        </Alert>
      )}
      <Facts
        facts={[
          { name: 'Folder', value: <Code>{list.folder}</Code> },
          {
            name: 'Size',
            value: list.there
              ? `${formatBytes(list.sizeBytes)} in ${count(list.backups.length, 'backup')}`
              : 'Not known',
          },
          { name: 'Free there', value: list.there ? formatBytes(list.freeBytes) : 'Not known' },
        ]}
      />
      <Text size="sm" c="dimmed">
        Backups hold everything that people have said and are not encrypted: whoever can read this folder can
        read them.{' '}
        {list.usual && 'One on the same disk does not outlive that disk: choose a folder on another.'}
      </Text>
      <Group gap="xs">
        <Button loading={make.isPending} disabled={blocked} onClick={() => make.mutate()}>
          Back up now
        </Button>
        {list.canChoose && (
          <>
            <Button variant="default" disabled={!list.there} onClick={() => open.mutate()}>
              Open the folder
            </Button>
            <Button
              variant="default"
              disabled={running}
              loading={choose.isPending}
              onClick={() => choose.mutate()}
            >
              Choose another folder…
            </Button>
          </>
        )}
        {!list.usual && (
          <Button
            variant="default"
            disabled={running}
            loading={useUsual.isPending}
            onClick={() => useUsual.mutate()}
          >
            Use Parley’s own folder
          </Button>
        )}
      </Group>
    </>
  );
}

function BackupTable({ backups, isServer }: { backups: readonly Backup[]; isServer: boolean }) {
  return (
    <Table.ScrollContainer minWidth={520}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Made</Table.Th>
            <Table.Th>Holds</Table.Th>
            <Table.Th>Size</Table.Th>
            <Table.Th>
              <VisuallyHidden>Actions</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {backups.map((backup) => (
            <BackupRow key={backup.id} backup={backup} isServer={isServer} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function BackupRow({ backup, isServer }: { backup: Backup; isServer: boolean }) {
  const { running } = useWork();
  const restore = useAct('backups.restore', { changes: ['database.work'] });
  const remove = useAct('backups.remove', {
    changes: ['backups.list'],
    onSuccess: () => done('The backup is removed.'),
  });
  const made = formatMoment(backup.madeAt);
  const confirmRestore = () =>
    modals.openConfirmModal({
      title: `Restore the backup of ${made}?`,
      children: (
        <Stack gap="sm">
          <Text size="sm">
            {count(backup.people, 'person', 'people')} and {count(backup.interviews, 'interview')} come back
            as they were then, with the passwords of then. It is restored into a new database, and Parley uses
            that one afterwards.
          </Text>
          <Text size="sm">
            Nothing is written over: the database of now is kept{' '}
            {isServer ? 'on the server under its name' : 'beside it under another name'}, and so is a
            recording that differs. Everybody signs in again.
          </Text>
        </Stack>
      ),
      labels: { confirm: 'Restore', cancel: 'Leave it' },
      onConfirm: () => restore.mutate({ id: backup.id }),
    });
  const confirmRemove = () =>
    modals.openConfirmModal({
      title: `Remove the backup of ${made}?`,
      children: (
        <Text size="sm">It cannot be brought back. Recordings that other backups have stay there.</Text>
      ),
      labels: { confirm: 'Remove', cancel: 'Keep' },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate({ id: backup.id }),
    });
  return (
    <Table.Tr>
      <Table.Td>
        <Stack gap={4} align="start">
          <span>{made}</span>
          <Group gap={6}>
            <Text size="xs" c="dimmed">
              {reasons[backup.reason]}
            </Text>
            <Badge size="sm" variant="light" color={backup.verifiedAt ? 'pine' : 'red'}>
              {backup.verifiedAt ? 'Verified' : 'Not verified'}
            </Badge>
          </Group>
        </Stack>
      </Table.Td>
      <Table.Td>
        {count(backup.people, 'person', 'people')}, {count(backup.interviews, 'interview')}
        <Text size="xs" c="dimmed">
          {backup.recordings
            ? count(backup.recordings.files, 'file of recordings', 'files of recordings')
            : 'without recordings: they were away'}
        </Text>
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        {formatBytes(backup.sizeBytes + (backup.recordings?.sizeBytes ?? 0))}
      </Table.Td>
      <Table.Td>
        <Group gap={6} justify="flex-end" wrap="nowrap">
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Restore the backup of ${made}`}
            disabled={running || backup.newer}
            title={backup.newer ? 'A newer Parley made it' : undefined}
            onClick={confirmRestore}
          >
            Restore…
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Remove the backup of ${made}`}
            disabled={running}
            loading={remove.isPending}
            onClick={confirmRemove}
          >
            Remove…
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function KeepingForm({ keeping, isServer }: { keeping: BackupKeeping; isServer: boolean }) {
  const { form, submit, pending, failure } = useActForm('backups.configure', {
    initialValues: keeping,
    toInput: ({ daily, keepDaily, keepWeekly }): BackupKeeping => ({
      daily,
      keepDaily: Number(keepDaily),
      keepWeekly: Number(keepWeekly),
    }),
    changes: ['backups.list'],
    onSuccess: () => done('Saved.'),
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" align="start">
        <FormFailure failure={failure} />
        <Checkbox
          label="Back up once a day while Parley is open"
          description={
            isServer
              ? 'On this machine. One machine of the team is enough, or the server’s own backups.'
              : undefined
          }
          key={form.key('daily')}
          {...form.getInputProps('daily', { type: 'checkbox' })}
        />
        <Group gap="sm" align="start">
          <NumberInput
            label="Daily ones kept"
            w="9rem"
            allowDecimal={false}
            allowNegative={false}
            key={form.key('keepDaily')}
            {...form.getInputProps('keepDaily')}
          />
          <NumberInput
            label="Weekly ones before"
            w="9rem"
            allowDecimal={false}
            allowNegative={false}
            key={form.key('keepWeekly')}
            {...form.getInputProps('keepWeekly')}
          />
        </Group>
        <Button type="submit" variant="default" loading={pending}>
          Save
        </Button>
      </Stack>
    </form>
  );
}
