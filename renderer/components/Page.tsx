import type { ReactNode, Ref } from 'react';
import classes from './Page.module.css';

/** The room a screen has beside the sidebar: scrolls as a whole, its content in a column of readable width. */
export function Page({
  children,
  width = 880,
  scrollerRef,
}: {
  children: ReactNode;
  width?: number;
  scrollerRef?: Ref<HTMLDivElement>;
}) {
  return (
    <div className={classes.scroller} ref={scrollerRef}>
      <div className={classes.column} style={{ maxWidth: width }}>
        {children}
      </div>
    </div>
  );
}
