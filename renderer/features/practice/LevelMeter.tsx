import { useEffect, useRef } from 'react';
import { recorder } from '../../stores/recorder.ts';
import classes from './LevelMeter.module.css';

/** Quieter than this shows as nothing. */
const quietestDbfs = -60;
const bars = 24;

/** A loudness in dBFS as a share of what a meter shows, 0–1. */
export function shareOfLevel(dbfs: number): number {
  return Math.min(1, Math.max(0, 1 - dbfs / quietestDbfs));
}

/**
 * How loud the microphone hears, live. Drawn past React: it changes twenty times a second. A screen reader is told by
 * warnings instead, when nothing is heard.
 */
export function LevelMeter() {
  const meter = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      recorder.onLevel((dbfs) => {
        const lit = Math.round(shareOfLevel(dbfs) * bars);
        for (const [index, bar] of [...(meter.current?.children ?? [])].entries()) {
          bar.toggleAttribute('data-lit', index < lit);
        }
      }),
    [],
  );
  return (
    <div ref={meter} className={classes.meter} aria-hidden>
      {Array.from({ length: bars }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars never change places
        <span key={index} className={classes.bar} data-zone={index >= bars - 3 ? 'hot' : undefined} />
      ))}
    </div>
  );
}
