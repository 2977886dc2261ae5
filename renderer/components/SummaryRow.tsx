import type { ReactNode } from 'react';
import type { InterviewStatus } from '../../shared/model/interview.ts';
import { formatMoment, formatMomentInFull } from '../lib/formats.ts';
import { ScoreRing } from './ScoreRing.tsx';
import { StatusBadge } from './StatusBadge.tsx';
import classes from './SummaryRow.module.css';

/** An interview in a list: what it was, when, how far it went and how it was rated. The list makes it a link. */
export function SummaryRow({
  title,
  details,
  moment,
  status,
  score,
}: {
  title: string;
  details: ReactNode;
  /** ISO 8601 */
  moment: string;
  status: InterviewStatus;
  /** 0–100; null while there is none. */
  score: number | null;
}) {
  return (
    <span className={classes.summary}>
      <span className={classes.what}>
        <span className={classes.title}>{title}</span>
        <span className={classes.details}>{details}</span>
      </span>
      <time className={classes.when} dateTime={moment} title={formatMomentInFull(moment)}>
        {formatMoment(moment)}
      </time>
      <span className={classes.status}>
        <StatusBadge status={status} />
      </span>
      <ScoreRing score={score} />
    </span>
  );
}
