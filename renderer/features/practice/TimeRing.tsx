import { type ReactNode, useEffect, useRef } from 'react';
import type { RecorderPhase } from '../../lib/recorder/recorder-state.ts';
import { recorder } from '../../stores/recorder.ts';
import { shareOfLevel } from './LevelMeter.tsx';
import classes from './TimeRing.module.css';

const size = 248;
const stroke = 6;
const radius = (size - stroke) / 2;
const around = 2 * Math.PI * radius;

/** A ring that fills as the time passes, around what it is given; a halo behind it follows the voice. */
export function TimeRing({
  phase,
  share,
  urgency,
  children,
}: {
  phase: RecorderPhase;
  /** 0–1 of the ring. */
  share: number;
  urgency: 'soon' | 'last' | undefined;
  children: ReactNode;
}) {
  const halo = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      recorder.onLevel((dbfs) => {
        halo.current?.style.setProperty('--level', shareOfLevel(dbfs).toFixed(3));
      }),
    [],
  );
  return (
    <div className={classes.ring} data-phase={phase} data-urgency={urgency}>
      <span ref={halo} className={classes.halo} aria-hidden />
      <svg className={classes.svg} viewBox={`0 0 ${size} ${size}`} aria-hidden="true" focusable="false">
        <circle className={classes.track} cx={size / 2} cy={size / 2} r={radius} strokeWidth={stroke} />
        <circle
          className={classes.value}
          cx={size / 2}
          cy={size / 2}
          r={radius}
          strokeWidth={stroke}
          strokeDasharray={around}
          strokeDashoffset={around * (1 - Math.min(1, Math.max(0, share || 0)))}
          transform={`rotate(-90 ${size / 2} ${size / 2})`}
        />
      </svg>
      <div className={classes.inside}>{children}</div>
    </div>
  );
}
