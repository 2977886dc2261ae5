import { Alert, Button, Group, List, Stack, Text, ThemeIcon } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { MigrationFinding } from '../../../shared/contract/migrations.ts';
import { useAct } from '../../lib/queries.ts';
import { WorkProgress } from './WorkProgress.tsx';
import { useWork } from './work.ts';

/** What can be done before the migrations that wait are applied, and applying them. */
export function PendingActions({ count }: { count: number }) {
  const { running } = useWork();
  const [findings, setFindings] = useState<readonly MigrationFinding[] | null>(null);
  const check = useAct('migrations.check', { onSuccess: setFindings });
  const rehearse = useAct('migrations.rehearse', { changes: ['database.work'] });
  const backUp = useAct('backups.make', { changes: ['database.work'] });
  const apply = useAct('database.migrate', {
    changes: ['app.status', 'migrations.list', 'database.overview', 'backups.list'],
    showsFailure: true,
  });
  const withoutBackup = apply.error?.details?.backupFailed === true;
  const confirmWithout = () =>
    modals.openConfirmModal({
      title: 'Upgrade without a backup?',
      children: (
        <Text size="sm">
          An upgrade that fails leaves the database as it was. A backup is for what nobody foresees, and there
          would be none.
        </Text>
      ),
      labels: { confirm: 'Upgrade without a backup', cancel: 'Wait' },
      confirmProps: { color: 'red' },
      onConfirm: () => apply.mutate({ withoutBackup: true }),
    });
  const busy = running || apply.isPending;
  return (
    <Stack gap="md">
      <Group gap="xs">
        <Button loading={apply.isPending} disabled={running} onClick={() => apply.mutate(undefined)}>
          {count === 1 ? 'Back up and upgrade' : `Back up and apply all ${count}`}
        </Button>
        <Button variant="default" loading={check.isPending} disabled={busy} onClick={() => check.mutate()}>
          Check
        </Button>
        <Button variant="default" disabled={busy} onClick={() => rehearse.mutate()}>
          Rehearse
        </Button>
        <Button variant="default" disabled={busy} onClick={() => backUp.mutate()}>
          Back up only
        </Button>
      </Group>
      {findings && <Findings findings={findings} />}
      <WorkProgress kinds={['REHEARSAL', 'BACKUP']} />
      {apply.error && (
        <Alert color="red" role="alert" title="The upgrade was not done">
          <Stack gap="sm" align="start">
            <Text size="sm">{apply.error.message}</Text>
            {withoutBackup && (
              <Button size="compact-md" variant="default" onClick={confirmWithout}>
                Upgrade without a backup…
              </Button>
            )}
          </Stack>
        </Alert>
      )}
    </Stack>
  );
}

const marks = {
  FINE: { color: 'pine', icon: IconCheck, word: 'Fine' },
  WARNING: { color: 'amber', icon: IconAlertTriangle, word: 'To know' },
  HINDERED: { color: 'red', icon: IconX, word: 'In the way' },
} as const;

function Findings({ findings }: { findings: readonly MigrationFinding[] }) {
  const hindered = findings.some(({ verdict }) => verdict === 'HINDERED');
  return (
    <div role="status">
      <Text size="sm" fw={500} mb={6}>
        {hindered ? 'Something is in the way.' : 'Nothing is in the way.'}
      </Text>
      <List spacing={6} size="sm" center>
        {findings.map(({ subject, verdict, message }) => {
          const { color, icon: Icon, word } = marks[verdict];
          return (
            <List.Item
              key={subject}
              icon={
                <ThemeIcon color={color} variant="light" size={22} radius="xl" aria-label={word} role="img">
                  <Icon size={14} aria-hidden />
                </ThemeIcon>
              }
            >
              {message}
            </List.Item>
          );
        })}
      </List>
    </div>
  );
}
