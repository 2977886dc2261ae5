import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { FailedJob } from '../../../shared/contract/health.ts';
import type { JobKind } from '../../../shared/model/job.ts';
import { done } from '../../lib/done.ts';
import { count, formatMoment } from '../../lib/formats.ts';
import { useAct } from '../../lib/queries.ts';
import { WorkProgress } from '../administration/WorkProgress.tsx';
import { SettingsGroup } from '../settings/SettingsGroup.tsx';
import classes from './FailedJobs.module.css';

/** What each is called, and where more can be done about it. */
const words: Record<JobKind, { title: string; place?: { to: string; name: string } }> = {
  FINISH_RECORDING: { title: 'A recording could not be finished' },
  BACKUP: { title: 'A backup was not made', place: { to: '/settings/backups', name: 'Backups' } },
  RESTORE: { title: 'A backup was not restored', place: { to: '/settings/backups', name: 'Backups' } },
  COPY: {
    title: 'The copy of the database was not finished',
    place: { to: '/settings/database', name: 'Database' },
  },
  REHEARSAL: {
    title: 'The rehearsal of an upgrade failed',
    place: { to: '/settings/migrations', name: 'Migrations' },
  },
  RETENTION: {
    title: 'The rules for how long things are kept were not applied',
    place: { to: '/settings/policies', name: 'Policies' },
  },
  PURGE: { title: 'What was deleted could not be removed for good' },
  MOVE_RECORDINGS: {
    title: 'The recordings could not be moved',
    place: { to: '/settings/recordings', name: 'Recordings' },
  },
};

const changes = ['health.report', 'health.diagnostics', 'database.work'] as const;

/** Work that failed in the background; nothing where there is none. */
export function FailedJobs({ jobs }: { jobs: readonly FailedJob[] }) {
  if (jobs.length === 0) return null;
  return (
    <SettingsGroup
      title="What failed"
      lead="Work that nobody waits for. It leaves this list when it succeeds, or when you dismiss it."
    >
      <Stack gap="sm">
        {jobs.some(({ kind }) => kind === 'BACKUP') && <WorkProgress kinds={['BACKUP']} />}
        <ul className={classes.jobs}>
          {jobs.map((job) => (
            <Job key={job.id} job={job} />
          ))}
        </ul>
      </Stack>
    </SettingsGroup>
  );
}

function Job({ job: { id, kind, firstFailedAt, failedAt, times, why, canRetry } }: { job: FailedJob }) {
  const { title, place } = words[kind];
  const retry = useAct('health.retryJob', { changes, onSuccess: () => done('It was begun again.') });
  const dismiss = useAct('health.dismissJob', { changes });
  return (
    <li className={classes.job}>
      <div className={classes.words}>
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <Text size="sm">{why}</Text>
        <Text size="sm" c="dimmed">
          {times === 1
            ? formatMoment(failedAt)
            : `${count(times, 'time')} since ${formatMoment(firstFailedAt)}, the last ${formatMoment(failedAt)}`}
          {place && (
            <>
              {' · '}
              <Anchor component={Link} to={place.to} size="sm">
                {place.name}
              </Anchor>
            </>
          )}
        </Text>
      </div>
      <Group gap={6} wrap="nowrap">
        {canRetry && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Try again: ${title}`}
            loading={retry.isPending}
            onClick={() => retry.mutate({ id })}
          >
            Try again
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Dismiss: ${title}`}
          loading={dismiss.isPending}
          onClick={() => dismiss.mutate({ id })}
        >
          Dismiss
        </Button>
      </Group>
    </li>
  );
}
