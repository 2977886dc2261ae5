import { SegmentedControl } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowsDiff,
  IconEqual,
  IconPencil,
  IconPlus,
  type TablerIcon,
} from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { ImportOutcome, ImportReport } from '../../../shared/contract/library.ts';
import classes from './ImportLines.module.css';

const outcomes: Record<ImportOutcome, { word: string; icon: TablerIcon }> = {
  CREATE: { word: 'New', icon: IconPlus },
  CHANGE: { word: 'Changed', icon: IconPencil },
  CONFLICT: { word: 'Changed in both', icon: IconArrowsDiff },
  REFUSED: { word: 'Refused', icon: IconAlertTriangle },
  SAME: { word: 'Unchanged', icon: IconEqual },
};

const fieldWords: Readonly<Record<string, string>> = {
  ...{ content: 'the question', difficulty: 'difficulty', competency: 'competency', tags: 'tags' },
  ...{ covers: 'what an answer covers', probes: 'follow-ups', levels: 'levels', archived: 'archived' },
  practice: 'whether it may be practised',
};

/** What an import would do, line by line; by what would become of them, the ones to look at first. */
export function ImportLines({
  report,
  scroller,
}: {
  report: ImportReport;
  scroller: RefObject<HTMLDivElement | null>;
}) {
  const kinds = (Object.keys(outcomes) as ImportOutcome[]).filter((outcome) => report.counts[outcome] > 0);
  const [shown, setShown] = useState<ImportOutcome | 'ALL'>('ALL');
  const lines = report.lines.filter(({ outcome }) => shown === 'ALL' || outcome === shown);
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setTop(list.current?.offsetTop ?? 0);
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 64,
    overscan: 10,
    scrollMargin: top,
    getItemKey: (index) => lines[index]?.line ?? index,
  });
  return (
    <section aria-label="What the import would do">
      <div className={classes.kinds}>
        <SegmentedControl
          aria-label="Which lines"
          value={shown}
          onChange={(value) => setShown(value as ImportOutcome | 'ALL')}
          data={[
            { value: 'ALL', label: `All ${report.lines.length.toLocaleString('en')}` },
            ...kinds.map((kind) => ({
              value: kind,
              label: `${outcomes[kind].word} ${report.counts[kind].toLocaleString('en')}`,
            })),
          ]}
        />
      </div>
      <ul ref={list} className={classes.list} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index];
          if (!line) return null;
          const { word, icon: Icon } = outcomes[line.outcome];
          return (
            <li
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              className={classes.line}
              data-outcome={line.outcome}
              style={{ transform: `translateY(${start - top}px)` }}
              aria-setsize={lines.length}
              aria-posinset={index + 1}
            >
              <span className={classes.place}>Line {line.line.toLocaleString('en')}</span>
              <span className={classes.outcome}>
                <Icon size={15} stroke={1.9} aria-hidden />
                {word}
              </span>
              <span className={classes.what}>
                {line.content && (
                  <span className={classes.content} dir="auto">
                    {line.content}
                  </span>
                )}
                {line.changes.length > 0 && (
                  <span className={classes.details}>
                    Changes {line.changes.map((field) => fieldWords[field] ?? field).join(', ')}
                  </span>
                )}
                {line.reasons.map((reason) => (
                  <span key={reason} className={classes.reason}>
                    {reason}
                  </span>
                ))}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
