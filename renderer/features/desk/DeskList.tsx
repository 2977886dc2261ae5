import { Button, Skeleton, Stack } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { DeskRow } from '../../../shared/contract/desk.ts';
import { Placeholder } from '../../components/Placeholder.tsx';
import { ScoreRing } from '../../components/ScoreRing.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { formatMoment, formatMomentInFull } from '../../lib/formats.ts';
import { useAct } from '../../lib/queries.ts';
import { kindWords } from '../../lib/words.ts';
import classes from './DeskList.module.css';

const rowHeight = 68;

/** Interviews, however many: only the rows in sight are on the page. The arrow keys move between them, Enter opens one. */
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
  const list = useRef<HTMLUListElement>(null);
  const [active, setActive] = useState(0);
  const [top, setTop] = useState(0);
  const current = Math.min(active, rows.length - 1);
  const restore = useAct('desk.restore', { changes: ['desk.list', 'desk.interview'] });

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

  const moveBy = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -rows.length, End: rows.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const target = Math.max(0, Math.min(rows.length - 1, current + step));
    setActive(target);
    virtualizer.scrollToIndex(target);
    requestAnimationFrame(() => {
      list.current?.querySelector<HTMLElement>(`[data-index="${target}"] a`)?.focus({ preventScroll: true });
    });
  };

  return (
    <ul
      ref={list}
      className={classes.list}
      style={{ height: virtualizer.getTotalSize() }}
      onKeyDown={moveBy}
      aria-label={deleted ? 'Deleted interviews' : 'Interviews'}
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
            <Link to={`/desk/${row.id}`} className={classes.row} tabIndex={index === current ? 0 : -1}>
              <DeskSummary row={row} />
            </Link>
            {deleted && (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconArrowBackUp size={15} />}
                tabIndex={index === current ? 0 : -1}
                aria-label={`Restore ${row.title} with ${row.candidate.name}`}
                onClick={() => restore.mutate({ id: row.id })}
              >
                Restore
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** One interview of the desk in a list: with whom, what, when, how far. The list makes it a link. */
export function DeskSummary({ row }: { row: DeskRow }) {
  const moment = row.startedAt ?? row.scheduledAt ?? row.createdAt;
  return (
    <span className={classes.summary}>
      <span className={classes.what}>
        <span className={classes.title}>{row.candidate.name}</span>
        <span className={classes.details}>
          {row.title} · {kindWords[row.kind]}
          {row.status === 'COMPLETED' && row.scorecard !== 'SUBMITTED' && ' · your scorecard is missing'}
        </span>
      </span>
      <time className={classes.when} dateTime={moment} title={formatMomentInFull(moment)}>
        {formatMoment(moment)}
      </time>
      <span className={classes.status}>
        <StatusBadge status={row.status} />
      </span>
      <ScoreRing score={row.score} />
    </span>
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
