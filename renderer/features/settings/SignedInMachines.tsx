import { Badge, Button, Group, Skeleton, Text } from '@mantine/core';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { formatMoment } from '../../lib/formats.ts';
import { useAct, useOperation } from '../../lib/queries.ts';
import classes from './SignedInMachines.module.css';

export function SignedInMachines() {
  const { data: machines, error, refetch } = useOperation('accounts.sessions');
  const revoke = useAct('accounts.revokeSession', { changes: ['accounts.sessions', 'accounts.current'] });
  if (error) return <FailureNote error={error} onRetry={() => void refetch()} />;
  if (!machines) {
    return (
      <Placeholder label="Loading the machines">
        <Skeleton height={60} />
      </Placeholder>
    );
  }
  return (
    <ul className={classes.list}>
      {machines.map((machine) => (
        <li key={machine.id} className={classes.machine}>
          <div>
            <Group gap="xs">
              <Text size="sm" fw={550}>
                {machine.label}
              </Text>
              {machine.current && <Badge variant="light">This one</Badge>}
            </Group>
            <Text size="xs" c="dimmed">
              Last used {formatMoment(machine.lastUsedAt)}
              {machine.remembered && ' · stays signed in'}
            </Text>
          </div>
          <Button
            size="compact-sm"
            variant="default"
            flex="none"
            loading={revoke.isPending && revoke.variables?.id === machine.id}
            onClick={() => revoke.mutate({ id: machine.id })}
            aria-label={`Sign out ${machine.label}`}
          >
            Sign out
          </Button>
        </li>
      ))}
    </ul>
  );
}
