import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { Link } from 'react-router';
import classes from './LinkList.module.css';

/** How many rows before the end of what has been read the next page is asked for. */
const rowsAhead = 10;

/** What the screen around a list does with it. */
export interface ListHandle {
  /** Moves the focus so many rows on, or to the row that had it last. */
  move(step: number): void;
  /** Moves the focus to a row, or to the one nearest to it. */
  focusRow(index: number): void;
}

/**
 * Rows that lead somewhere, however many: only those in sight are on the page. One of them can be reached by Tab; the arrow
 * keys, Home and End move between them, Enter opens one.
 */
export function LinkList<T extends { id: string }>({
  rows,
  label,
  rowHeight,
  scroller,
  hasMore,
  onEnd,
  to,
  children,
  beside,
  onDelete,
  onLeaveTop,
  handle,
}: {
  rows: readonly T[];
  label: string;
  /** px */
  rowHeight: number;
  scroller: RefObject<HTMLDivElement | null>;
  /** Whether there are rows beyond those that have been read. */
  hasMore: boolean;
  /** Is called when the end of what has been read comes into sight. */
  onEnd: () => void;
  /** The address of a row. */
  to: (row: T) => string;
  /** What the link of a row shows. */
  children: (row: T) => ReactNode;
  /** What stands beside the link; Tab reaches it with `tabIndex` as it does the link. */
  beside?: (row: T, place: { index: number; tabIndex: number }) => ReactNode;
  /** Is called when Delete is pressed on a row. */
  onDelete?: (row: T, index: number) => void;
  /** Is called when somebody goes up from the first row. */
  onLeaveTop?: () => void;
  handle?: Ref<ListHandle>;
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
    if (lastInSight >= rows.length - rowsAhead) onEnd();
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
    focusRow,
    move(step) {
      // The first key goes to the row that Tab would go to.
      const isHere = list.current?.contains(document.activeElement);
      focusRow(isHere ? current + step : current);
    },
  }));

  const pressKey = (event: KeyboardEvent) => {
    const row = rows[current];
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -rows.length, End: rows.length }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (step === -1 && current === 0) onLeaveTop?.();
      else focusRow(current + step);
    } else if (event.key === 'Delete' && row && onDelete) {
      event.preventDefault();
      onDelete(row, current);
    }
  };

  return (
    <ul
      ref={list}
      className={classes.list}
      style={{ height: virtualizer.getTotalSize() }}
      onKeyDown={pressKey}
      aria-label={label}
    >
      {items.map(({ index, key, start }) => {
        const row = rows[index];
        if (!row) return null;
        const tabIndex = index === current ? 0 : -1;
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
            <Link to={to(row)} className={classes.row} tabIndex={tabIndex}>
              {children(row)}
            </Link>
            {beside?.(row, { index, tabIndex })}
          </li>
        );
      })}
    </ul>
  );
}
