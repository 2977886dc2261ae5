import { Badge, Button, Code, NativeSelect, Skeleton, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { LogLine } from '../../../shared/contract/health.ts';
import type { LogLevel } from '../../../shared/model/log-level.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { formatMomentInFull } from '../../lib/formats.ts';
import { usePages } from '../../lib/queries.ts';
import { SettingsGroup } from '../settings/SettingsGroup.tsx';
import classes from './LogViewer.module.css';

const mildest: readonly { value: LogLevel; label: string }[] = [
  { value: 'info', label: 'Everything' },
  { value: 'warn', label: 'Warnings and errors' },
  { value: 'error', label: 'Errors' },
];

const levelWords: Record<LogLevel, { word: string; color: string }> = {
  trace: { word: 'Trace', color: 'gray' },
  debug: { word: 'Debug', color: 'gray' },
  info: { word: 'Info', color: 'gray' },
  warn: { word: 'Warning', color: 'amber' },
  error: { word: 'Error', color: 'red' },
  fatal: { word: 'Fatal', color: 'red' },
};

/** This machine's log, newest first. */
export function LogViewer() {
  const [search, setSearch] = useState('');
  const [searched] = useDebouncedValue(search.trim(), 250);
  const [level, setLevel] = useState<LogLevel>('info');
  const lines = usePages('health.log', { search: searched || undefined, level });
  const { data: rows, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = lines;
  return (
    <SettingsGroup
      title="Log"
      lead="What Parley did on this machine, newest first. It holds no password, and nothing that was said."
    >
      <search className={classes.filters}>
        <TextInput
          aria-label="Search the log"
          placeholder="Search the log"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          className={classes.search}
        />
        <NativeSelect
          aria-label="Which lines"
          data={mildest.map(({ value, label }) => ({ value, label }))}
          value={level}
          onChange={({ currentTarget }) =>
            setLevel(mildest.find(({ value }) => value === currentTarget.value)?.value ?? 'info')
          }
        />
      </search>
      {error && <FailureNote error={error} onRetry={() => void refetch()} />}
      {!rows && !error && (
        <Placeholder label="Reading the log">
          <Skeleton height={200} />
        </Placeholder>
      )}
      <Text size="sm" c="dimmed" role="status">
        {rows?.length === 0 && 'No line of the log is like that.'}
      </Text>
      {rows && rows.length > 0 && (
        <ol className={classes.lines}>
          {rows.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line has no key, and the list only grows at its end
            <Line key={`${line.at} ${index}`} line={line} />
          ))}
        </ol>
      )}
      {hasNextPage && (
        <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
    </SettingsGroup>
  );
}

function Line({ line: { at, level, message, details } }: { line: LogLine }) {
  const { word, color } = levelWords[level];
  return (
    <li className={classes.line}>
      <div className={classes.head}>
        <Badge variant="light" color={color} size="sm">
          {word}
        </Badge>
        <Text size="sm" component="span" className={classes.message}>
          {message}
        </Text>
        <Text size="sm" c="dimmed" component="time" dateTime={at}>
          {formatMomentInFull(at)}
        </Text>
      </div>
      {details && (
        <details>
          <summary className={classes.summary}>Details</summary>
          <Code block className={classes.details}>
            {details}
          </Code>
        </details>
      )}
    </li>
  );
}
