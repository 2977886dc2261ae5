import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { modals } from '@mantine/modals';
import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react';
import type { ServerInput, ServerTest } from '../../../shared/contract/database.ts';
import { done } from '../../lib/done.ts';
import { count } from '../../lib/formats.ts';
import { useAct } from '../../lib/queries.ts';
import { CopyDialog } from './CopyDialog.tsx';
import { useWork } from './work.ts';

type Success = Extract<ServerTest, { ok: true }>;

/** What came of trying a server; where it will do, the way to use it. */
export function ServerTestResult({
  input,
  result,
  fromServer,
}: {
  input: ServerInput;
  result: ServerTest;
  /** Whether the database that is open is on a server too. */
  fromServer: boolean;
}) {
  if (!result.ok) {
    return (
      <Alert color="red" role="alert" icon={<IconAlertCircle />} title={result.message}>
        <List size="sm" spacing={4}>
          {result.remedies.map((remedy) => (
            <List.Item key={remedy}>{remedy}</List.Item>
          ))}
        </List>
      </Alert>
    );
  }
  return <Usable input={input} result={result} fromServer={fromServer} />;
}

function Usable({ input, result, fromServer }: { input: ServerInput; result: Success; fromServer: boolean }) {
  const [copying, copy] = useDisclosure(false);
  const { running } = useWork();
  const unfinished = result.holds === 'UNFINISHED_COPY';
  const mayCopy = unfinished || result.people === 0;
  const use = useAct('database.use', {
    changes: ['database.overview', 'app.status', 'accounts.current'],
    onSuccess: () => done('Parley uses the server now.'),
  });
  const confirm = () =>
    modals.openConfirmModal({
      title: `Use the database on ${input.host}?`,
      children: <Consequences result={result} />,
      labels: { confirm: 'Use this server', cancel: 'Stay here' },
      onConfirm: () => use.mutate({ kind: 'server', server: input }),
    });
  return (
    <Alert color="pine" role="status" icon={<IconCircleCheck />} title="The server can be used">
      <Stack gap="sm" align="start">
        <Text size="sm">
          PostgreSQL {result.serverVersion.replace(/ .*/, '')},{' '}
          {result.encrypted ? 'encrypted' : 'not encrypted'}. {holdsWords(result)}
        </Text>
        <Group gap="xs">
          {mayCopy && (
            <Button size="compact-md" disabled={running} onClick={copy.open}>
              {unfinished ? 'Go on copying…' : 'Copy everything there…'}
            </Button>
          )}
          {!unfinished && (
            <Button
              size="compact-md"
              variant={mayCopy ? 'default' : 'filled'}
              disabled={running}
              loading={use.isPending}
              onClick={confirm}
            >
              {mayCopy ? 'Use it without copying…' : 'Use this server…'}
            </Button>
          )}
        </Group>
        <CopyDialog
          to={{ kind: 'server', server: input }}
          fromServer={fromServer}
          opened={copying}
          onClose={copy.close}
        />
      </Stack>
    </Alert>
  );
}

function holdsWords({ holds, people, interviews }: Success): string {
  if (holds === 'EMPTY') return 'The database is empty.';
  if (holds === 'UNFINISHED_COPY') return 'It holds a copy that was begun and not finished.';
  const there = `${count(people, 'person', 'people')} and ${count(interviews, 'interview')} are in it`;
  return holds === 'PENDING' ? `${there}, and it waits for an upgrade.` : `${there}.`;
}

function Consequences({ result }: { result: Success }) {
  const { holds, people, knowsYou } = result;
  return (
    <Stack gap="sm">
      {holds === 'EMPTY' || people === 0 ? (
        <Text size="sm">
          Nobody has an account there. Whoever comes first makes one, and becomes its admin.
        </Text>
      ) : (
        <Text size="sm">
          {count(people, 'person', 'people')} and {count(result.interviews, 'interview')} are there.{' '}
          {knowsYou
            ? 'You have an account there under your address: sign in with its password.'
            : 'You have no account there, and will be signed out.'}
        </Text>
      )}
      <Text size="sm">
        What is in the database that you use now will not be there: people, interviews, answers and scores. It
        stays where it is, and you can come back to it here. Recordings stay on this machine.
      </Text>
    </Stack>
  );
}
