import { Button, Code, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { modals } from '@mantine/modals';
import { useState } from 'react';
import type { AppStatus, DatabaseStatus } from '../../../shared/contract/app.ts';
import type { DatabaseOverview } from '../../../shared/contract/database.ts';
import { Facts } from '../../components/Facts.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { done } from '../../lib/done.ts';
import { count } from '../../lib/formats.ts';
import { useAct, useOperation } from '../../lib/queries.ts';
import { formatBytes } from '../../lib/sizes.ts';
import { CopyDialog } from '../administration/CopyDialog.tsx';
import { OriginNote, ServerForm } from '../administration/ServerForm.tsx';
import { WorkProgress } from '../administration/WorkProgress.tsx';
import { useWork } from '../administration/work.ts';
import { useAppStatus } from '../database/app-status.ts';
import { SettingsGroup } from './SettingsGroup.tsx';

export function DatabaseSection() {
  const { data: status } = useAppStatus();
  const { data: overview, error, refetch, isFetching } = useOperation('database.overview');
  if (error) return <FailureNote error={error} onRetry={() => void refetch()} />;
  if (!status || !overview) {
    return (
      <Placeholder label="Loading what the database says of itself">
        <Skeleton height={320} />
      </Placeholder>
    );
  }
  const isEmbedded = status.engine.kind === 'embedded';
  const setElsewhere = overview.origin.from === 'ENVIRONMENT' || overview.origin.from === 'ENV_FILE';
  return (
    <>
      <SettingsGroup
        title="Database"
        lead={
          isEmbedded
            ? 'Everything is kept on this machine, in a database that comes with Parley.'
            : 'Everything is kept on a PostgreSQL server, which others may use too.'
        }
      >
        <Stack gap="md" align="start">
          <DatabaseFacts status={status} overview={overview} />
          <Button variant="default" size="compact-md" loading={isFetching} onClick={() => void refetch()}>
            Ask again
          </Button>
        </Stack>
      </SettingsGroup>
      <SettingsGroup
        title={isEmbedded ? 'Connect to a PostgreSQL server' : 'Another database'}
        lead="A team that shares one server sees the same people, kits and interviews. Recordings stay on the machine they were made on."
      >
        {setElsewhere ? (
          <OriginNote origin={overview.origin} />
        ) : (
          // Once another database is used, what was filled in to get there has served its purpose.
          <Choice key={status.engine.place} overview={overview} isEmbedded={isEmbedded} />
        )}
      </SettingsGroup>
    </>
  );
}

function DatabaseFacts({ status, overview }: { status: AppStatus; overview: DatabaseOverview }) {
  const { engine, database } = status;
  const isEmbedded = engine.kind === 'embedded';
  const { schema, pool, encrypted } = overview;
  return (
    <Facts
      facts={[
        {
          name: 'Kind',
          value: `${isEmbedded ? 'On this machine' : 'PostgreSQL server'}, PostgreSQL ${overview.serverVersion}`,
        },
        { name: isEmbedded ? 'Folder' : 'Server', value: <Code>{engine.place}</Code> },
        ...(encrypted === null
          ? []
          : [{ name: 'Connection', value: encrypted ? 'Encrypted' : 'Not encrypted' }]),
        { name: 'State', value: stateWords(database) },
        { name: 'Answers in', value: `${overview.roundTripMs.toLocaleString()} ms` },
        {
          name: 'Sessions',
          value: isEmbedded
            ? 'One, which all requests share'
            : `${pool.open} open of at most ${pool.most}, ${pool.idle} idle${pool.waiting > 0 ? `, ${count(pool.waiting, 'request')} waiting` : ''}`,
        },
        { name: 'Size', value: formatBytes(overview.sizeBytes) },
        {
          name: 'Schema',
          value: schema.last ? (
            <>
              {count(schema.applied, 'migration')}, the last <Code>{schema.last}</Code>
            </>
          ) : (
            'None'
          ),
        },
      ]}
    />
  );
}

function Choice({ overview, isEmbedded }: { overview: DatabaseOverview; isEmbedded: boolean }) {
  const [opened, setOpened] = useState(false);
  const [copying, copy] = useDisclosure(false);
  const { running } = useWork();
  const use = useAct('database.use', {
    changes: ['database.overview', 'app.status', 'accounts.current'],
    onSuccess: () => done('Parley uses the database on this machine now.'),
  });
  const confirmEmbedded = () =>
    modals.openConfirmModal({
      title: 'Use the database on this machine?',
      children: (
        <Text size="sm">
          {overview.embeddedThere
            ? 'What was in it when it was last used is there: its people with their passwords of then, their interviews and answers.'
            : 'There is none yet, so it will be empty: whoever comes first makes an account, and becomes its admin.'}{' '}
          What is on the server stays there, and you can come back to it. You may have to sign in again.
        </Text>
      ),
      labels: { confirm: 'Use this machine’s', cancel: 'Stay on the server' },
      onConfirm: () => use.mutate({ kind: 'embedded' }),
    });
  return (
    <Stack gap="md">
      <Group gap="xs">
        {!opened && (
          <Button variant="default" onClick={() => setOpened(true)}>
            {isEmbedded ? 'Connect to a server…' : 'Connect to another server…'}
          </Button>
        )}
        {!isEmbedded && (
          <>
            <Button variant="default" disabled={running} onClick={copy.open}>
              Copy everything to this machine…
            </Button>
            <Button variant="default" disabled={running} loading={use.isPending} onClick={confirmEmbedded}>
              Use the database on this machine…
            </Button>
          </>
        )}
      </Group>
      <CopyDialog to={{ kind: 'embedded' }} fromServer opened={copying} onClose={copy.close} />
      <WorkProgress kinds={['COPY']} />
      {opened && <ServerForm overview={overview} fromServer={!isEmbedded} blocked={use.isPending} />}
    </Stack>
  );
}

function stateWords(database: DatabaseStatus): string {
  switch (database.state) {
    case 'ready':
      return 'Ready, and up to date';
    case 'opening':
      return database.why ?? 'Opening…';
    case 'pending':
      return `Waits for ${count(database.migrations.length, 'upgrade')}`;
    case 'migrating':
      return 'Being upgraded…';
    case 'newer':
      return 'Made by a newer Parley';
    case 'failed':
      return database.message;
  }
}
