import { VisuallyHidden } from '@mantine/core';
import { IconCheck, IconPlus } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { LibraryRow } from '../../../shared/contract/library.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { count } from '../../lib/formats.ts';
import { usePages } from '../../lib/queries.ts';
import { type Filters, filtersToInput, noFilters } from './filters.ts';
import { LibraryFilters, SearchBox } from './LibraryFilters.tsx';
import { LibraryListSkeleton } from './LibraryList.tsx';
import classes from './QuestionPicker.module.css';
import { QuestionSummary } from './QuestionSummary.tsx';

const rowHeight = 84;

/**
 * Chooses questions of the library, wherever somebody needs some: a search box with the results below it. The focus stays
 * in the box; the arrow keys move through the results and Enter takes one, or gives one back that is chosen already.
 *
 * @param chosen the ids of those that are chosen; they show as such
 * @param onToggle is told of a question that was taken or given back
 * @param height of the results, in pixels
 */
export function QuestionPicker({
  chosen,
  onToggle,
  initialFilters = {},
  height = 380,
  single = false,
}: {
  chosen: ReadonlySet<string>;
  onToggle: (question: LibraryRow) => void;
  initialFilters?: Partial<Filters>;
  height?: number;
  /** One is chosen, not several, by searching alone: quick, and nothing that was archived. */
  single?: boolean;
}) {
  const listId = useId();
  const [filters, setFilters] = useState<Filters>({ ...noFilters, ...initialFilters });
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const found = usePages('library.list', filtersToInput(filters), { keepPrevious: true });
  const { data: rows = [], error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  const current = Math.min(active, rows.length - 1);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const items = virtualizer.getVirtualItems();
  const lastInSight = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastInSight >= rows.length - 10 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [lastInSight, rows.length, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const change = (changes: Partial<Filters>) => {
    setFilters((before) => ({ ...before, ...changes }));
    setActive(0);
    scroller.current?.scrollTo({ top: 0 });
  };
  const go = (index: number) => {
    const target = Math.max(0, Math.min(rows.length - 1, index));
    setActive(target);
    virtualizer.scrollToIndex(target);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[event.key];
    const row = rows[current];
    if (step !== undefined) {
      event.preventDefault();
      go(current + step);
    } else if (event.key === 'Enter' && row) {
      // Inside a form this is no reason to send it.
      event.preventDefault();
      onToggle(row);
    }
  };
  const optionId = (row: LibraryRow) => `${listId}-${row.id}`;
  const activeRow = rows[current];

  return (
    <div className={classes.picker}>
      <SearchBox
        search={filters.search}
        onSearch={(search) => change({ search })}
        onKeyDown={onKeyDown}
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={activeRow && optionId(activeRow)}
      />
      {!single && <LibraryFilters filters={filters} onChange={change} />}
      <VisuallyHidden role="status">
        {`${count(rows.length, 'question')}${hasNextPage ? ', and more further down' : ''}`}
      </VisuallyHidden>
      {error && <FailureNote error={error} onRetry={() => void refetch()} />}
      {found.isPending && <LibraryListSkeleton rows={4} />}
      <div ref={scroller} className={classes.results} style={{ height }}>
        {found.data?.length === 0 && <p className={classes.nothing}>No question matches.</p>}
        <div
          id={listId}
          role="listbox"
          aria-label="Questions"
          aria-multiselectable={!single}
          className={classes.list}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {items.map(({ index, key, start }) => {
            const row = rows[index];
            if (!row) return null;
            const isChosen = chosen.has(row.id);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the search box's, which keeps the focus
              <div
                key={key}
                id={optionId(row)}
                role="option"
                tabIndex={-1}
                aria-selected={isChosen}
                aria-setsize={hasNextPage ? -1 : rows.length}
                aria-posinset={index + 1}
                data-active={index === current || undefined}
                className={classes.option}
                style={{ height: rowHeight, transform: `translateY(${start}px)` }}
                // The focus stays in the box.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => {
                  setActive(index);
                  onToggle(row);
                }}
              >
                <span className={classes.check} aria-hidden>
                  {isChosen ? <IconCheck size={17} stroke={2.2} /> : <IconPlus size={17} stroke={1.6} />}
                </span>
                <QuestionSummary question={row} search={filters.search} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
