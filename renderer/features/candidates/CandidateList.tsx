import { Avatar, Group, Skeleton, Stack } from '@mantine/core';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { CandidateRow } from '../../../shared/contract/candidates.ts';
import { Placeholder } from '../../components/Placeholder.tsx';
import { formatMoment, formatMomentInFull } from '../../lib/formats.ts';
import { statusWords } from '../../lib/words.ts';
import classes from './CandidateList.module.css';

const rowHeight = 68;
/** More would push the interview out of the row; the rest is said as a number. */
const tagsShown = 3;

/** Candidates, however many: only the rows in sight are on the page. The arrow keys move between them, Enter opens one. */
export function CandidateList({
  rows,
  scroller,
  hasMore,
  onEnd,
}: {
  rows: readonly CandidateRow[];
  scroller: RefObject<HTMLDivElement | null>;
  hasMore: boolean;
  /** Is called when the end of what has been read comes into sight. */
  onEnd: () => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  const [active, setActive] = useState(0);
  const [top, setTop] = useState(0);
  const current = Math.min(active, rows.length - 1);

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
      aria-label="Candidates"
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
            <Link to={`/candidates/${row.id}`} className={classes.row} tabIndex={index === current ? 0 : -1}>
              <CandidateSummary candidate={row} />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function CandidateSummary({ candidate }: { candidate: CandidateRow }) {
  const { name, email, headline, tags, lastInterview } = candidate;
  return (
    <span className={classes.summary}>
      <Avatar name={name} color="pine" size={38} radius="xl" alt="" aria-hidden />
      <span className={classes.what}>
        <span className={classes.name}>{name}</span>
        <span className={classes.details}>{headline ? `${headline} · ${email}` : email}</span>
      </span>
      <span className={classes.tags}>
        {tags.slice(0, tagsShown).map((tag) => (
          <span key={tag} className={classes.tag}>
            {tag}
          </span>
        ))}
        {tags.length > tagsShown && <span className={classes.more}>+{tags.length - tagsShown}</span>}
      </span>
      <span className={classes.last}>
        {lastInterview ? (
          <>
            <time dateTime={lastInterview.at} title={formatMomentInFull(lastInterview.at)}>
              {formatMoment(lastInterview.at)}
            </time>
            <span className={classes.details}>
              {lastInterview.title} · {statusWords[lastInterview.status]}
            </span>
          </>
        ) : (
          <span className={classes.details}>No interview of yours</span>
        )}
      </span>
    </span>
  );
}

export function CandidateListSkeleton() {
  return (
    <Placeholder label="Loading the candidates">
      {[0, 1, 2, 3, 4, 5].map((index) => (
        <Group key={index} h={rowHeight} gap="md">
          <Skeleton height={38} circle />
          <Stack gap={8}>
            <Skeleton height={12} width={160} />
            <Skeleton height={10} width={230} />
          </Stack>
        </Group>
      ))}
    </Placeholder>
  );
}
