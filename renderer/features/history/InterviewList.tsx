import { ActionIcon, Button, Skeleton, Stack } from '@mantine/core';
import { IconArrowBackUp, IconTrash } from '@tabler/icons-react';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { InterviewRow } from '../../../shared/contract/interviews.ts';
import { InterviewSummary } from '../../components/InterviewSummary.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import { useDeleteInterview, useRestoreInterview } from './delete-interview.tsx';
import classes from './InterviewList.module.css';

const rowHeight = 68;

/**
 * Interviews, however many: only the rows in sight are on the page. One of them can be reached by Tab; the arrow keys,
 * Home and End move between them, Enter opens one and Delete deletes it.
 */
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
  const list = useRef<HTMLUListElement>(null);
  const [active, setActive] = useState(0);
  const [top, setTop] = useState(0);
  /** The row to focus once a deleted one has gone from the list. */
  const focusNext = useRef<number>(null);
  const current = Math.min(active, rows.length - 1);
  const confirmDelete = useDeleteInterview();
  const restore = useRestoreInterview();

  // The filters above take one line or two, depending on the window.
  useLayoutEffect(() => {
    const measure = () => setTop(list.current?.offsetTop ?? 0);
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: top,
    scrollPaddingStart: 16,
    scrollPaddingEnd: 16,
    getItemKey: (index) => rows[index]?.id ?? index,
    // The row that Tab reaches is always there, however far away it has been scrolled.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), current])].sort((a, b) => a - b),
  });
  const items = virtualizer.getVirtualItems();
  const lastInSight = items.at(-1)?.index ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is in sight and what there is decide
  useEffect(() => {
    if (lastInSight >= rows.length - 10) onEnd();
  }, [lastInSight, rows.length]);

  const focusRow = (index: number) => {
    const target = Math.max(0, Math.min(rows.length - 1, index));
    setActive(target);
    virtualizer.scrollToIndex(target);
    requestAnimationFrame(() => {
      list.current
        ?.querySelector<HTMLElement>(`[data-index="${target}"] [data-row-target]`)
        ?.focus({ preventScroll: true });
    });
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: when the rows change, and only then
  useEffect(() => {
    if (focusNext.current === null) return;
    focusRow(focusNext.current);
    focusNext.current = null;
  }, [rows]);

  const remove = (row: InterviewRow, index: number) =>
    confirmDelete(row, () => {
      focusNext.current = index;
    });

  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[current];
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -rows.length, End: rows.length }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      focusRow(current + step);
    } else if (event.key === 'Delete' && row && !deleted) {
      event.preventDefault();
      remove(row, current);
    }
  };

  return (
    <ul
      ref={list}
      className={classes.list}
      style={{ height: virtualizer.getTotalSize() }}
      onKeyDown={onKeyDown}
      aria-label={deleted ? 'Deleted interviews' : 'Interviews'}
    >
      {items.map(({ index, key, start }) => {
        const row = rows[index];
        if (!row) return null;
        const isActive = index === current;
        return (
          <li
            key={key}
            data-index={index}
            className={classes.item}
            style={{ height: rowHeight, transform: `translateY(${start - top}px)` }}
            aria-setsize={hasMore ? -1 : rows.length}
            aria-posinset={index + 1}
            onFocus={() => setActive(index)}
          >
            <Link
              to={`/interviews/${row.id}`}
              className={classes.row}
              data-row-target
              tabIndex={isActive ? 0 : -1}
            >
              <InterviewSummary interview={row} />
            </Link>
            {deleted ? (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconArrowBackUp size={15} />}
                tabIndex={isActive ? 0 : -1}
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
                tabIndex={isActive ? 0 : -1}
                aria-label={`Delete ${row.title}`}
                title="Delete"
                onClick={() => remove(row, index)}
              >
                <IconTrash size={16} />
              </ActionIcon>
            )}
          </li>
        );
      })}
    </ul>
  );
}

export function InterviewListSkeleton() {
  return (
    <Placeholder label="Loading interviews">
      <div className={classes.list}>
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
