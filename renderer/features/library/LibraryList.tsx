import { Skeleton, Stack } from '@mantine/core';
import type { Ref, RefObject } from 'react';
import type { LibraryRow } from '../../../shared/contract/library.ts';
import { LinkList, type ListHandle } from '../../components/LinkList.tsx';
import { Placeholder } from '../../components/Placeholder.tsx';
import classes from './LibraryList.module.css';
import { QuestionSummary } from './QuestionSummary.tsx';

const rowHeight = 84;

/** Questions, however many. */
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
  return (
    <LinkList
      label="Questions"
      {...{ rows, rowHeight, scroller, hasMore, onEnd, handle, onLeaveTop }}
      to={({ id }) => `/library/${id}`}
    >
      {(question) => <QuestionSummary question={question} search={search} />}
    </LinkList>
  );
}

export function LibraryListSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <Placeholder label="Loading questions">
      <div>
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
