import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react';
import type { ServerInput, ServerTest } from '../../../shared/contract/database.ts';
import { done } from '../../lib/done.ts';
import { count } from '../../lib/formats.ts';
import { useAct } from '../../lib/queries.ts';

type Success = Extract<ServerTest, { ok: true }>;

/** What came of trying a server; where it will do, the way to use it. */
export function ServerTestResult({ input, result }: { input: ServerInput; result: ServerTest }) {
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
  return <Works input={input} result={result} />;
}

function Works({ input, result }: { input: ServerInput; result: Success }) {
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
    <Alert color="teal" role="status" icon={<IconCircleCheck />} title="The server can be used">
      <Stack gap="sm" align="start">
        <Text size="sm">
          PostgreSQL {result.serverVersion.replace(/ .*/, '')},{' '}
          {result.encrypted ? 'encrypted' : 'not encrypted'}. {holdsWords(result)}
        </Text>
        <Button size="compact-md" loading={use.isPending} onClick={confirm}>
          Use this server…
        </Button>
      </Stack>
    </Alert>
  );
}

function holdsWords({ holds, people, interviews }: Success): string {
  if (holds === 'EMPTY') return 'The database is empty.';
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
