import type { ReactNode } from 'react';
import classes from './Placeholder.module.css';

/** Skeletons in the place of what is being read. They appear only when that takes a moment: no flash for what is quick. */
export function Placeholder({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div role="status" aria-label={label} className={classes.placeholder}>
      {children}
    </div>
  );
}
