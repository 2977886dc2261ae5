import { Button, Skeleton, Stack } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { RefObject } from 'react';
import type { DeskRow } from '../../../shared/contract/desk.ts';
import { LinkList } from '../../components/LinkList.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { SummaryRow } from '../../components/SummaryRow.tsx';
import { useAct } from '../../lib/queries.ts';
import { kindWords } from '../../lib/words.ts';

const rowHeight = 68;

/** Interviews of the desk, however many. */
export function DeskList({
  rows,
  scroller,
  deleted,
  hasMore,
  onEnd,
}: {
  rows: readonly DeskRow[];
  scroller: RefObject<HTMLDivElement | null>;
  deleted: boolean;
  hasMore: boolean;
  /** Is called when the end of what has been read comes into sight. */
  onEnd: () => void;
}) {
  const restore = useAct('desk.restore', { changes: ['desk.list', 'desk.interview'] });
  return (
    <LinkList
      label={deleted ? 'Deleted interviews' : 'Interviews'}
      {...{ rows, rowHeight, scroller, hasMore, onEnd }}
      to={({ id }) => `/desk/${id}`}
      beside={
        deleted
          ? (row, { tabIndex }) => (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconArrowBackUp size={15} />}
                tabIndex={tabIndex}
                aria-label={`Restore ${row.title} with ${row.candidate.name}`}
                onClick={() => restore.mutate({ id: row.id })}
              >
                Restore
              </Button>
            )
          : undefined
      }
    >
      {(row) => <DeskSummary row={row} />}
    </LinkList>
  );
}

/** One interview of the desk in a list: with whom, what, when, how far. The list makes it a link. */
export function DeskSummary({ row }: { row: DeskRow }) {
  const { title, kind, status, score, scorecard } = row;
  const missing = status === 'COMPLETED' && scorecard !== 'SUBMITTED' ? ' · your scorecard is missing' : '';
  return (
    <SummaryRow
      title={row.candidate.name}
      details={`${title} · ${kindWords[kind]}${missing}`}
      moment={row.startedAt ?? row.scheduledAt ?? row.createdAt}
      {...{ status, score }}
    />
  );
}

export function DeskListSkeleton() {
  return (
    <Placeholder label="Loading interviews">
      {[0, 1, 2, 3, 4, 5].map((index) => (
        <Stack key={index} gap={8} h={rowHeight} justify="center">
          <Skeleton height={12} width="42%" />
          <Skeleton height={10} width="26%" />
        </Stack>
      ))}
    </Placeholder>
  );
}
