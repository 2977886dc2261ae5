import { Anchor, List, Stack, Text } from '@mantine/core';
import type { HoldingBackup } from '../../../shared/contract/backups.ts';
import { count, formatDay } from '../../lib/formats.ts';

/** Says where somebody is left when they are erased: in backups, by when that ends, and in files elsewhere. */
export function HoldingBackups({
  name,
  backups,
  onLeave,
}: {
  name: string;
  /** Null while their folder is not there. */
  backups: readonly HoldingBackup[] | null;
  /** Called when the person goes to the backups. */
  onLeave: () => void;
}) {
  return (
    <Stack gap={6}>
      {backups === null && (
        <Text size="sm">
          The folder of backups is not there, so nobody can say which of them hold {name}. Those that do keep{' '}
          {name} until they make way for newer ones, or you remove them.
        </Text>
      )}
      {backups?.length === 0 && (
        <Text size="sm" c="dimmed">
          No backup on this machine holds {name}.
        </Text>
      )}
      {backups && backups.length > 0 && <Holding name={name} backups={backups} onLeave={onLeave} />}
      <Text size="sm" c="dimmed">
        Out of Parley’s reach: backups on other machines or of the server, and files that somebody saved
        elsewhere. Recordings on other machines of the team go when Parley next starts there.
      </Text>
    </Stack>
  );
}

function Holding({
  name,
  backups,
  onLeave,
}: {
  name: string;
  backups: readonly HoldingBackup[];
  onLeave: () => void;
}) {
  const leaving = backups.flatMap(({ goneBy }) => (goneBy ? [goneBy] : [])).sort();
  const asked = backups.filter(({ reason, goneBy }) => reason === 'ASKED' && !goneBy);
  const others = backups.filter(({ reason, goneBy }) => reason !== 'ASKED' && !goneBy);
  const last = leaving.at(-1);
  return (
    <>
      <Text size="sm">
        {count(backups.length, 'backup')} on this machine still {backups.length === 1 ? 'holds' : 'hold'}{' '}
        {name}, recordings included, and would bring them back when restored:
      </Text>
      <List size="sm">
        {last && (
          <List.Item>
            {leaving.length === 1 ? 'A daily one, which' : `${leaving.length} daily ones, of which the last`}{' '}
            is gone by {formatDay(last)} while Parley makes one each day
          </List.Item>
        )}
        {asked.length > 0 && (
          <List.Item>
            {count(asked.length, 'backup')} made on request (
            {asked.map(({ madeAt }) => formatDay(madeAt)).join(', ')}
            ): kept until you remove {asked.length === 1 ? 'it' : 'them'}
          </List.Item>
        )}
        {others.length > 0 && (
          <List.Item>
            {count(others.length, 'other')} ({others.map(({ madeAt }) => formatDay(madeAt)).join(', ')}): kept
            until you remove {others.length === 1 ? 'it' : 'them'}, or upgrades bring newer ones
          </List.Item>
        )}
      </List>
      {/* No link of the router: this is shown above it, too. */}
      <Anchor href="#/settings/backups" size="sm" onClick={onLeave}>
        Go to the backups
      </Anchor>
    </>
  );
}
