import { Skeleton, Stack } from '@mantine/core';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type Ref,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { Link } from 'react-router';
import type { LibraryRow } from '../../../shared/contract/library.ts';
import { Placeholder } from '../../components/Placeholder.tsx';
import classes from './LibraryList.module.css';
import { QuestionSummary } from './QuestionSummary.tsx';

const rowHeight = 84;

/** What the keys of the screen do with the list. */
export interface ListHandle {
  /** Moves the focus so many rows on, or to the row that had it last. */
  move(step: number): void;
}

/**
 * Questions, however many: only the rows in sight are on the page. One of them can be reached by Tab; the arrow keys,
 * Home and End move between them, Enter opens one.
 */
export function LibraryList({
  rows,
  search,
  scroller,
  hasMore,
  onEnd,
  handle,
  onLeaveTop,
}: {
  rows: readonly LibraryRow[];
  search: string;
  scroller: RefObject<HTMLDivElement | null>;
  hasMore: boolean;
  /** Is called when the end of what has been read comes into sight. */
  onEnd: () => void;
  handle: Ref<ListHandle>;
  /** Is called when somebody goes up from the first row. */
  onLeaveTop: () => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  const [active, setActive] = useState(0);
  const [top, setTop] = useState(0);
  const current = Math.min(active, rows.length - 1);

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
      list.current?.querySelector<HTMLElement>(`[data-index="${target}"] a`)?.focus({ preventScroll: true });
    });
  };
  useImperativeHandle(handle, () => ({
    move: (step) => {
      // The first key goes to the row that Tab would go to.
      const isHere = list.current?.contains(document.activeElement);
      focusRow(isHere ? current + step : current);
    },
  }));

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -rows.length, End: rows.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    if (step === -1 && current === 0) onLeaveTop();
    else focusRow(current + step);
  };

  return (
    <ul
      ref={list}
      className={classes.list}
      style={{ height: virtualizer.getTotalSize() }}
      onKeyDown={onKeyDown}
      aria-label="Questions"
    >
      {items.map(({ index, key, start }) => {
        const row = rows[index];
        if (!row) return null;
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
            <Link to={`/library/${row.id}`} className={classes.row} tabIndex={index === current ? 0 : -1}>
              <QuestionSummary question={row} search={search} />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

export function LibraryListSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <Placeholder label="Loading questions">
      <div className={classes.list}>
        {Array.from({ length: rows }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have nothing else to tell them apart
          <div key={index} className={classes.placeholder} style={{ height: rowHeight }}>
            <Stack gap={8} flex={1}>
              <Skeleton height={12} width="72%" />
              <Skeleton height={10} width="26%" />
            </Stack>
            <Skeleton height={40} circle />
          </div>
        ))}
      </div>
    </Placeholder>
  );
}
