import { Button, Code, Group, Text, ThemeIcon, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconRefresh } from '@tabler/icons-react';
import type { HealthReport } from '../../../shared/contract/health.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { count, formatMoment } from '../../lib/formats.ts';
import { useOperation } from '../../lib/queries.ts';
import { SettingsGroup } from '../settings/SettingsGroup.tsx';
import { checksOf } from './checks.ts';
import classes from './HealthSummary.module.css';

export function HealthSummary({
  report,
  looking,
  onLookAgain,
}: {
  report: HealthReport;
  looking: boolean;
  onLookAgain: () => void;
}) {
  const checks = checksOf(report);
  const wanting = checks.filter(({ good }) => !good).length;
  return (
    <SettingsGroup
      title="Health"
      lead={
        <span role="status">
          {wanting === 0
            ? 'All is well on this machine.'
            : `${count(wanting, 'thing')} on this machine ${wanting === 1 ? 'wants' : 'want'} your attention.`}{' '}
          Looked at {formatMoment(report.checkedAt)}.
        </span>
      }
    >
      <ul className={classes.checks}>
        {checks.map(({ name, good, words }) => (
          <li key={name} className={classes.check}>
            <ThemeIcon variant="light" radius="xl" size={28} color={good ? 'pine' : 'amber'}>
              {good ? <IconCheck size={16} aria-hidden /> : <IconAlertTriangle size={16} aria-hidden />}
            </ThemeIcon>
            <div>
              <Text size="sm" fw={600}>
                {name}
                <VisuallyHidden>{good ? ': good' : ': wants attention'}</VisuallyHidden>
              </Text>
              <Text size="sm" c="dimmed">
                {words}
              </Text>
            </div>
          </li>
        ))}
      </ul>
      <Group gap="xs" mt="md">
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} />}
          loading={looking}
          onClick={onLookAgain}
        >
          Look again
        </Button>
        <Diagnostics />
      </Group>
    </SettingsGroup>
  );
}

/** The text is read beforehand: a page may copy only while it answers to a click. */
function Diagnostics() {
  const { data: text = '' } = useOperation('health.diagnostics');
  return (
    <>
      <CopyButton text={text} label="Copy diagnostics" />
      <details className={classes.diagnostics}>
        <summary className={classes.summary}>
          What is copied: what somebody who helps you needs to know. No password, no name, nothing that was
          said.
        </summary>
        <Code block className={classes.text}>
          {text}
        </Code>
      </details>
    </>
  );
}
