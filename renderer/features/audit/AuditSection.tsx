import { Button, NativeSelect, Skeleton, Table, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { AuditEntryRow } from '../../../shared/contract/audit.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { count, formatMomentInFull } from '../../lib/formats.ts';
import { useOperation, usePages } from '../../lib/queries.ts';
import { SettingsGroup } from '../settings/SettingsGroup.tsx';
import classes from './AuditSection.module.css';
import { changedParts, wordsOfAction } from './audit-words.ts';

interface Filters {
  actorId?: string;
  action?: string;
  subject: string;
  /** Local days, both included. */
  from: string;
  until: string;
}

const none: Filters = { subject: '', from: '', until: '' };

/** Who did what, to whom, and when; for admins. Nobody can change it here. */
export function AuditSection() {
  const [filters, setFilters] = useState(none);
  const [subject] = useDebouncedValue(filters.subject.trim(), 150);
  const { data: choices } = useOperation('audit.choices');
  const list = usePages('audit.list', {
    ...{ actorId: filters.actorId, action: filters.action, subject: subject || undefined },
    from: filters.from ? startOf(filters.from, 0) : undefined,
    until: filters.until ? startOf(filters.until, 1) : undefined,
  });
  const { data: rows, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const change = (part: Partial<Filters>) => setFilters({ ...filters, ...part });
  return (
    <SettingsGroup
      title="Audit log"
      lead="What was done to people, to the database and to the rules here. Entries are added and cannot be changed; who is erased loses their name in it."
    >
      <search className={classes.bar}>
        <NativeSelect
          label="Who"
          size="sm"
          value={filters.actorId ?? ''}
          onChange={({ currentTarget }) => change({ actorId: currentTarget.value || undefined })}
          data={[
            { value: '', label: 'Anybody' },
            ...(choices?.actors ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <NativeSelect
          label="What"
          size="sm"
          value={filters.action ?? ''}
          onChange={({ currentTarget }) => change({ action: currentTarget.value || undefined })}
          data={[
            { value: '', label: 'Anything' },
            ...(choices?.actions ?? []).map((action) => ({ value: action, label: wordsOfAction(action) })),
          ]}
        />
        <TextInput
          label="Whom or what"
          size="sm"
          value={filters.subject}
          maxLength={320}
          onChange={({ currentTarget }) => change({ subject: currentTarget.value })}
        />
        <TextInput
          type="date"
          label="From"
          size="sm"
          max={filters.until || undefined}
          value={filters.from}
          onChange={({ currentTarget }) => change({ from: currentTarget.value })}
        />
        <TextInput
          type="date"
          label="Until"
          size="sm"
          min={filters.from || undefined}
          value={filters.until}
          onChange={({ currentTarget }) => change({ until: currentTarget.value })}
        />
      </search>
      <VisuallyHidden role="status">
        {rows && `${count(rows.length, 'entry', 'entries')}${hasNextPage ? ', and more' : ''}`}
      </VisuallyHidden>
      {error && <FailureNote error={error} onRetry={() => void refetch()} />}
      {!rows && !error && (
        <Placeholder label="Loading the audit log">
          <Skeleton height={160} />
        </Placeholder>
      )}
      {rows?.length === 0 && (
        <Text size="sm" c="dimmed">
          {filters === none ? 'Nothing yet.' : 'No entry matches.'}
        </Text>
      )}
      {rows && rows.length > 0 && <Entries entries={rows} />}
      {hasNextPage && (
        <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
    </SettingsGroup>
  );
}

function Entries({ entries }: { entries: readonly AuditEntryRow[] }) {
  return (
    <Table verticalSpacing="xs" horizontalSpacing="xs" layout="fixed" className={classes.table}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={170}>When</Table.Th>
          <Table.Th>What</Table.Th>
          <Table.Th w="34%">From what to what</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map(({ id, at, actor, action, subject, from, to }) => (
          <Table.Tr key={id}>
            <Table.Td className={classes.when}>
              <time dateTime={at} title={formatMomentInFull(at)}>
                {moment.format(new Date(at))}
              </time>
            </Table.Td>
            <Table.Td>
              <b>{actor.name}</b> {wordsOfAction(action)}{' '}
              {subject && subject.id !== actor.id && <b>{subject.label}</b>}
            </Table.Td>
            <Table.Td className={classes.change}>
              {changedParts(from, to).map((part) => (
                <div key={part.name}>
                  {part.from && <del>{part.from}</del>}
                  {part.from && part.to && <VisuallyHidden> became </VisuallyHidden>}
                  {part.from && part.to && <span aria-hidden> → </span>}
                  {part.to && <ins>{part.to}</ins>}
                </div>
              ))}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** To the second, which is what one looks for here. */
const moment = new Intl.DateTimeFormat(navigator.language.startsWith('en') ? navigator.language : 'en-GB', {
  dateStyle: 'medium',
  timeStyle: 'medium',
});

/** Midnight here, so many days after a day; by the calendar, since a day may have 23 or 25 hours. */
function startOf(localDay: string, daysLater: number): string {
  const [year = 0, month = 1, date = 1] = localDay.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}
