import { Button, Group, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useState } from 'react';
import type { RetentionRule } from '../../../shared/contract/retention.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { done } from '../../lib/done.ts';
import { useAct, useOperation } from '../../lib/queries.ts';
import { WorkProgress } from '../administration/WorkProgress.tsx';
import { useWork } from '../administration/work.ts';
import { AnnouncedInterviews } from './Affected.tsx';
import classes from './Retention.module.css';
import { RuleDialog } from './RuleDialog.tsx';
import { retentionChanges } from './retention-changes.ts';
import { ruleWords, runWords, whatWords } from './retention-words.ts';

/** The rules, what they have announced, and the way to apply them now. */
export function RetentionSettings() {
  const { data, error, refetch } = useOperation('retention.rules');
  const [edited, setEdited] = useState<RetentionRule | 'NEW' | null>(null);
  if (error) return <FailureNote error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Placeholder label="Loading the rules">
        <Skeleton height={120} />
      </Placeholder>
    );
  }
  const { rules, lastRun } = data;
  return (
    <Stack gap="md">
      {rules.length === 0 ? (
        <Text size="sm" c="dimmed">
          There is no rule: nothing goes by itself.
        </Text>
      ) : (
        <ul className={classes.rules} aria-label="Rules">
          {rules.map((rule) => (
            <Rule key={rule.id} rule={rule} onEdit={() => setEdited(rule)} />
          ))}
        </ul>
      )}
      <Group gap="xs">
        <Button variant="default" onClick={() => setEdited('NEW')}>
          Add a rule…
        </Button>
        {rules.length > 0 && <RunNow />}
      </Group>
      <WorkProgress kinds={['RETENTION']} />
      <Text size="sm" c="dimmed">
        {lastRun && `${runWords(lastRun)} `}
        {rules.length > 0 && 'The rules are applied once a day while Parley is open. '}
        Backups that were made before still have what goes, until they have had their time themselves.
      </Text>
      {(rules.length > 0 || lastRun !== null) && <Announced />}
      {edited && <RuleDialog rule={edited === 'NEW' ? null : edited} onClose={() => setEdited(null)} />}
    </Stack>
  );
}

function Rule({ rule, onEdit }: { rule: RetentionRule; onEdit: () => void }) {
  const remove = useAct('retention.removeRule', {
    changes: retentionChanges,
    onSuccess: () => done('The rule is removed, and what it had announced stays.'),
  });
  const words = ruleWords(rule);
  const confirm = () =>
    modals.openConfirmModal({
      title: 'Remove this rule?',
      children: <Text size="sm">{words} What it has announced stays then; what has gone is gone.</Text>,
      labels: { confirm: 'Remove the rule', cancel: 'Leave it' },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate({ id: rule.id, seen: rule.version }),
    });
  const name = `${whatWords[rule.what].toLowerCase()}, after ${rule.days} days`;
  return (
    <li className={classes.rule}>
      <Text size="sm" flex={1} miw={220}>
        {words}
      </Text>
      <Group gap={6} wrap="nowrap">
        <Button size="compact-sm" variant="default" aria-label={`Change the rule: ${name}`} onClick={onEdit}>
          Change…
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Remove the rule: ${name}`}
          loading={remove.isPending}
          onClick={confirm}
        >
          Remove…
        </Button>
      </Group>
    </li>
  );
}

function RunNow() {
  const { running } = useWork();
  const run = useAct('retention.run', {
    changes: [...retentionChanges, 'database.work'],
    onSuccess: (last) => done(runWords(last)),
  });
  const confirm = () =>
    modals.openConfirmModal({
      title: 'Apply the rules now?',
      children: (
        <Text size="sm">
          What is due goes for good, and what has become old enough is announced. It would happen by itself
          within a day.
        </Text>
      ),
      labels: { confirm: 'Apply them', cancel: 'Leave it' },
      confirmProps: { color: 'red' },
      onConfirm: () => run.mutate(undefined),
    });
  return (
    <Button variant="default" loading={run.isPending} disabled={running} onClick={confirm}>
      Apply the rules now…
    </Button>
  );
}

function Announced() {
  const [list, setList] = useState<'ANNOUNCED' | 'KEPT'>('ANNOUNCED');
  return (
    <Stack gap="xs" mt="xs">
      <SegmentedControl
        aria-label="Which interviews to show"
        value={list}
        onChange={(value) => setList(value === 'KEPT' ? 'KEPT' : 'ANNOUNCED')}
        data={[
          { value: 'ANNOUNCED', label: 'Announced' },
          { value: 'KEPT', label: 'Kept by hand' },
        ]}
        style={{ alignSelf: 'flex-start' }}
      />
      <AnnouncedInterviews
        list={list}
        label={list === 'KEPT' ? 'Interviews that are kept by hand' : 'What is announced'}
        empty={list === 'KEPT' ? 'No interview is kept by hand.' : 'Nothing is announced.'}
      />
    </Stack>
  );
}
