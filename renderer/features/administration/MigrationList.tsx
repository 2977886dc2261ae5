import { Badge, Code, Stack, Text } from '@mantine/core';
import type { Migration } from '../../../shared/contract/migrations.ts';
import { formatMoment } from '../../lib/formats.ts';
import classes from './MigrationList.module.css';

const states = {
  APPLIED: { color: 'pine', word: 'Applied' },
  PENDING: { color: 'amber', word: 'Waits' },
  UNKNOWN: { color: 'gray', word: 'Of a newer Parley' },
} as const;

/** Every migration with its SQL, which opens on demand. */
export function MigrationList({ migrations }: { migrations: readonly Migration[] }) {
  return (
    <Stack gap="xs">
      {migrations.map((migration) => (
        <details key={migration.name} className={classes.migration}>
          <summary>
            <span className={classes.head}>
              <span className={classes.name}>{titleOf(migration.name)}</span>
              <Badge size="sm" variant="light" color={states[migration.state].color}>
                {states[migration.state].word}
              </Badge>
              <span className={classes.about}>{aboutWords(migration)}</span>
            </span>
          </summary>
          <Stack gap="sm" mt="sm">
            <Text size="xs" c="dimmed">
              {migration.name}
            </Text>
            {migration.up.length > 0 && <Sql title="To apply it" statements={migration.up} />}
            {migration.down.length > 0 && <Sql title="To revert it" statements={migration.down} />}
            {migration.up.length === 0 && (
              <Text size="sm">This Parley does not know what is in it. Update it to see.</Text>
            )}
          </Stack>
        </details>
      ))}
    </Stack>
  );
}

function Sql({ title, statements }: { title: string; statements: readonly string[] }) {
  return (
    <div>
      <Text size="sm" fw={500}>
        {title}
      </Text>
      {/* It scrolls, so that the keyboard must reach it. */}
      <Code block className={classes.sql} tabIndex={0} role="region" aria-label={title}>
        {statements.join('\n\n')}
      </Code>
    </div>
  );
}

/** `RecoveredTakes1795453210000` as `Recovered takes`. */
export function titleOf(name: string): string {
  const words = name.replace(/\d{13}$/, '').replaceAll(/([a-z])([A-Z])/g, '$1 $2');
  return words.charAt(0) + words.slice(1).toLowerCase();
}

function aboutWords({ appliedAt, durationMs }: Migration): string {
  if (!appliedAt) return '';
  const took =
    durationMs === null
      ? ''
      : `, in ${durationMs < 1000 ? `${durationMs} ms` : `${(durationMs / 1000).toFixed(1)} s`}`;
  return `${formatMoment(appliedAt)}${took}`;
}
