import { Button, Skeleton, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import type { RetentionAffected, RetentionDraft } from '../../../shared/contract/retention.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { count, formatDay } from '../../lib/formats.ts';
import { useAct, usePages } from '../../lib/queries.ts';
import { formatBytes } from '../../lib/sizes.ts';
import { kindWords } from '../../lib/words.ts';
import { retentionChanges } from './retention-changes.ts';
import { whatWords } from './retention-words.ts';

interface Words {
  label: string;
  empty: string;
}

/** What is announced, or the interviews that are kept by hand. */
export function AnnouncedInterviews({ list, ...words }: Words & { list: 'ANNOUNCED' | 'KEPT' }) {
  const pages = usePages('retention.interviews', { list }, { keepPrevious: true });
  return <Affected pages={pages} mayKeep {...words} />;
}

/** What a rule would take from. */
export function PreviewedInterviews({ rule, ...words }: Words & { rule: RetentionDraft }) {
  const pages = usePages('retention.previewInterviews', { rule }, { keepPrevious: true });
  return <Affected pages={pages} {...words} />;
}

function Affected({
  pages,
  label,
  empty,
  mayKeep = false,
}: Words & {
  pages: ReturnType<typeof usePages<'retention.interviews'>>;
  mayKeep?: boolean;
}) {
  const { data: rows, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  if (error) return <FailureNote error={error} onRetry={() => void refetch()} />;
  if (!rows) {
    return (
      <Placeholder label={`Loading: ${label}`}>
        <Skeleton height={80} />
      </Placeholder>
    );
  }
  if (rows.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {empty}
      </Text>
    );
  }
  return (
    <Stack gap="xs" align="start">
      <Table.ScrollContainer
        minWidth={mayKeep ? 500 : 420}
        w="100%"
        scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': label, role: 'region' } }}
      >
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Interview</Table.Th>
              <Table.Th>Ended</Table.Th>
              <Table.Th>Goes on</Table.Th>
              {mayKeep && (
                <Table.Th>
                  <VisuallyHidden>Keep it</VisuallyHidden>
                </Table.Th>
              )}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Row key={`${row.interviewId} ${row.what}`} row={row} mayKeep={mayKeep} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {hasNextPage && (
        <Button
          size="compact-md"
          variant="default"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </Stack>
  );
}

function Row({ row, mayKeep }: { row: RetentionAffected; mayKeep: boolean }) {
  const keep = useAct('retention.keep', { changes: retentionChanges });
  const { interviewId, person, title, kind, status, since, goesAt, what, recordings, bytes } = row;
  const kept = what === null;
  const whose = person ?? 'Somebody (a blind interview)';
  return (
    <Table.Tr>
      <Table.Td>
        {whose}
        <Text size="xs" c="dimmed">
          {title} · {kindWords[kind]}
          {recordings > 0 && ` · ${count(recordings, 'recording')}, ${formatBytes(bytes)}`}
        </Text>
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        {status === 'PENDING' ? 'Never started' : formatDay(since)}
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        {goesAt ? formatDay(goesAt) : 'Kept'}
        {what && (
          <Text size="xs" c="dimmed">
            {whatWords[what]}
          </Text>
        )}
      </Table.Td>
      {mayKeep && (
        <Table.Td style={{ textAlign: 'end' }}>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`${kept ? 'Do not keep' : 'Keep'} the interview of ${whose}: ${title}`}
            loading={keep.isPending}
            onClick={() => keep.mutate({ interviewId, kept: !kept })}
          >
            {kept ? 'Do not keep' : 'Keep'}
          </Button>
        </Table.Td>
      )}
    </Table.Tr>
  );
}
