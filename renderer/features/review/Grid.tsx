import { IconLock } from '@tabler/icons-react';
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { GridCell, GridRow } from '../../../shared/contract/review.ts';
import { formatMoment } from '../../lib/formats.ts';
import classes from './Grid.module.css';

const rowHeight = 56;
const columnWidth = 168;
const nameWidth = 240;

/**
 * Interviews × questions, however many of either: only what is in sight is on the page. The questions stay at its top and the
 * candidates at its left. One cell can be reached by Tab;
 * the arrow keys, Home and End move between them.
 */
export function Grid({
  rows,
  hasMore,
  onEnd,
}: {
  rows: readonly GridRow[];
  hasMore: boolean;
  /** Is called when the end of what has been read comes into sight. */
  onEnd: () => void;
}) {
  const grid = useRef<HTMLTableElement>(null);
  const across = useRef<HTMLDivElement>(null);
  // Column 0 is the candidate, row 0 the questions themselves.
  const [active, setActive] = useState({ row: 1, column: 0 });
  const columns = columnsOf(rows);
  const kept = (current: number) => (range: Range) =>
    [...new Set([...defaultRangeExtractor(range), current])].sort((a, b) => a - b);

  const down = useVirtualizer({
    count: rows.length,
    getScrollElement: () => across.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
    rangeExtractor: kept(Math.max(0, active.row - 1)),
  });
  const sideways = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => across.current,
    estimateSize: () => columnWidth,
    overscan: 3,
    scrollMargin: nameWidth,
    scrollPaddingStart: nameWidth,
    rangeExtractor: kept(Math.max(0, active.column - 1)),
  });
  const visibleRows = down.getVirtualItems();
  const visibleColumns = sideways.getVirtualItems();
  const lastInSight = visibleRows.at(-1)?.index ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is in sight and what there is decide
  useEffect(() => {
    if (lastInSight >= rows.length - 10) onEnd();
  }, [lastInSight, rows.length]);

  const focusCell = (row: number, column: number) => {
    const to = {
      row: Math.max(0, Math.min(rows.length, row)),
      column: Math.max(0, Math.min(columns.length, column)),
    };
    setActive(to);
    if (to.row > 0) down.scrollToIndex(to.row - 1);
    if (to.column > 0) sideways.scrollToIndex(to.column - 1);
    const focus = () => {
      const cell = grid.current?.querySelector<HTMLElement>(`[data-cell="${to.row} ${to.column}"]`);
      cell?.focus({ preventScroll: to.row > 0 && to.column > 0 });
      return cell !== null && cell !== undefined;
    };
    // At once where it is on the page, so that Enter right after an arrow opens what the arrow led to.
    if (!focus()) requestAnimationFrame(focus);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { row, column } = active;
    const to = {
      ArrowDown: [row + 1, column],
      ArrowUp: [row - 1, column],
      ArrowRight: [row, column + 1],
      ArrowLeft: [row, column - 1],
      Home: [row, 0],
      End: [row, columns.length],
    }[event.key];
    const [toRow, toColumn] = to ?? [];
    if (toRow === undefined || toColumn === undefined) return;
    event.preventDefault();
    focusCell(toRow, toColumn);
  };
  const place = (row: number, column: number) => ({
    'data-cell': `${row} ${column}`,
    tabIndex: active.row === row && active.column === column ? 0 : -1,
    onFocus: () => setActive({ row, column }),
  });

  const [before, after] = [visibleRows.at(0)?.start ?? 0, visibleRows.at(-1)?.end ?? 0];
  const above = Math.max(0, before - rowHeight);
  const below = Math.max(0, down.getTotalSize() - (after - rowHeight));
  const left = Math.max(0, (visibleColumns.at(0)?.start ?? nameWidth) - nameWidth);
  const right = Math.max(
    0,
    sideways.getTotalSize() - ((visibleColumns.at(-1)?.end ?? nameWidth) - nameWidth),
  );
  return (
    <div ref={across} className={classes.across}>
      <table
        ref={grid}
        aria-label="Scores"
        aria-rowcount={hasMore ? -1 : rows.length + 1}
        aria-colcount={columns.length + 1}
        className={classes.grid}
        style={{ width: nameWidth + sideways.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr aria-rowindex={1} style={{ height: rowHeight }}>
            <th scope="col" aria-colindex={1} className={classes.name} style={{ width: nameWidth }}>
              <span {...place(0, 0)}>Candidate</span>
            </th>
            <Gap width={left} />
            {visibleColumns.map(({ index }) => (
              <th
                key={columns[index]?.same}
                scope="col"
                aria-colindex={index + 2}
                style={{ width: columnWidth }}
              >
                <Link
                  to={`/compare/${columns[index]?.questionId}`}
                  className={classes.question}
                  title={columns[index]?.content}
                  {...place(0, index + 1)}
                >
                  {columns[index]?.content}
                </Link>
              </th>
            ))}
            <Gap width={right} />
          </tr>
        </thead>
        <tbody>
          {above > 0 && <tr aria-hidden style={{ height: above }} />}
          {visibleRows.map(({ index }) => {
            const row = rows[index];
            if (!row) return null;
            return (
              <tr key={row.interviewId} aria-rowindex={index + 2} style={{ height: rowHeight }}>
                <th scope="row" aria-colindex={1} className={classes.name}>
                  <Link
                    to={`/desk/${row.interviewId}/${row.revealed ? 'debrief' : 'scorecard'}`}
                    {...place(index + 1, 0)}
                  >
                    {row.candidate.name}
                  </Link>
                  <span className={classes.state}>
                    {row.revealed ? (
                      `${row.score === null ? 'No score' : `Score ${Math.round(row.score)}`} · ${formatMoment(row.startedAt)}`
                    ) : (
                      <>
                        <IconLock size={13} aria-hidden /> Submit yours first
                      </>
                    )}
                  </span>
                </th>
                <Gap width={left} />
                {visibleColumns.map(({ index: column }) => (
                  <td key={columns[column]?.same} aria-colindex={column + 2}>
                    <Score
                      row={row}
                      cell={row.cells.find(({ same }) => same === columns[column]?.same)}
                      place={place(index + 1, column + 1)}
                    />
                  </td>
                ))}
                <Gap width={right} />
              </tr>
            );
          })}
          {below > 0 && <tr aria-hidden style={{ height: below }} />}
        </tbody>
      </table>
    </div>
  );
}

/** The room of the columns that are not on the page. */
function Gap({ width }: { width: number }) {
  return width > 0 ? <td aria-hidden style={{ width }} /> : null;
}

function Score({
  row,
  cell,
  place,
}: {
  row: GridRow;
  cell: GridCell | undefined;
  place: { 'data-cell': string; tabIndex: number; onFocus: () => void };
}) {
  if (!cell?.asked) {
    return (
      <span className={classes.none} {...place}>
        {cell ? 'Not asked' : <span className={classes.hidden}>Not in this interview</span>}
      </span>
    );
  }
  return (
    <Link to={`/compare/${cell.questionId}`} className={classes.score} {...place}>
      {row.revealed ? (
        (cell.score ?? 'Not rated')
      ) : (
        <>
          <IconLock size={14} aria-hidden />
          <span className={classes.hidden}>Hidden until you submit your scorecard</span>
        </>
      )}
    </Link>
  );
}

/** The questions of these interviews, each once, in the order in which they are first met. */
function columnsOf(rows: readonly GridRow[]): GridCell[] {
  const columns = new Map<string, GridCell>();
  for (const { cells } of rows) {
    for (const cell of cells) if (!columns.has(cell.same)) columns.set(cell.same, cell);
  }
  return [...columns.values()];
}
