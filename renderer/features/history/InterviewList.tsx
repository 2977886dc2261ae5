import { ActionIcon, Button, Skeleton, Stack } from '@mantine/core';
import { IconArrowBackUp, IconTrash } from '@tabler/icons-react';
import { type RefObject, useEffect, useRef } from 'react';
import type { InterviewRow } from '../../../shared/contract/interviews.ts';
import { InterviewSummary } from '../../components/InterviewSummary.tsx';
import { LinkList, type ListHandle } from '../../components/LinkList.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { useDeleteInterview, useRestoreInterview } from './delete-interview.tsx';
import classes from './InterviewList.module.css';

const rowHeight = 68;

/** Practice interviews, however many; Delete deletes one. */
export function InterviewList({
  rows,
  scroller,
  deleted,
  hasMore,
  onEnd,
}: {
  rows: readonly InterviewRow[];
  scroller: RefObject<HTMLDivElement | null>;
  /** These are the deleted ones, which can be restored. */
  deleted: boolean;
  hasMore: boolean;
  /** Is called when the end of what has been read comes into sight. */
  onEnd: () => void;
}) {
  const list = useRef<ListHandle>(null);
  /** The row to focus once a deleted one has gone from the list. */
  const focusNext = useRef<number>(null);
  const confirmDelete = useDeleteInterview();
  const restore = useRestoreInterview();

  // biome-ignore lint/correctness/useExhaustiveDependencies: when the rows change, and only then
  useEffect(() => {
    if (focusNext.current === null) return;
    list.current?.focusRow(focusNext.current);
    focusNext.current = null;
  }, [rows]);

  const remove = (row: InterviewRow, index: number) =>
    confirmDelete(row, () => {
      focusNext.current = index;
    });

  return (
    <LinkList
      label={deleted ? 'Deleted interviews' : 'Interviews'}
      {...{ rows, rowHeight, scroller, hasMore, onEnd }}
      handle={list}
      to={({ id }) => `/interviews/${id}`}
      onDelete={deleted ? undefined : remove}
      beside={(row, { index, tabIndex }) =>
        deleted ? (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconArrowBackUp size={15} />}
            tabIndex={tabIndex}
            aria-label={`Restore ${row.title}`}
            onClick={() => restore(row)}
          >
            Restore
          </Button>
        ) : (
          <ActionIcon
            variant="subtle"
            color="gray"
            className={classes.delete}
            tabIndex={tabIndex}
            aria-label={`Delete ${row.title}`}
            title="Delete"
            onClick={() => remove(row, index)}
          >
            <IconTrash size={16} />
          </ActionIcon>
        )
      }
    >
      {(interview) => <InterviewSummary interview={interview} />}
    </LinkList>
  );
}

export function InterviewListSkeleton() {
  return (
    <Placeholder label="Loading interviews">
      <div>
        {Array.from({ length: 8 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have nothing else to tell them apart
          <div key={index} className={classes.placeholder} style={{ height: rowHeight }}>
            <Stack gap={8} flex={1}>
              <Skeleton height={12} width="42%" />
              <Skeleton height={10} width="26%" />
            </Stack>
            <Skeleton height={40} circle />
          </div>
        ))}
      </div>
    </Placeholder>
  );
}
