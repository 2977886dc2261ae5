import type { InterviewRow } from '../../shared/contract/interviews.ts';
import { count, formatMoment, formatMomentInFull } from '../lib/formats.ts';
import { kindWords } from '../lib/words.ts';
import classes from './InterviewSummary.module.css';
import { ScoreRing } from './ScoreRing.tsx';
import { StatusBadge } from './StatusBadge.tsx';

/** One interview in a list: what it was, when, how far it went and how it was rated. The list makes it a link. */
export function InterviewSummary({ interview }: { interview: InterviewRow }) {
  const moment = interview.startedAt ?? interview.createdAt;
  return (
    <span className={classes.summary}>
      <span className={classes.what}>
        <span className={classes.title}>{interview.title || `${kindWords[interview.kind]} interview`}</span>
        <span className={classes.details}>
          {interview.answeredCount} of {count(interview.questionCount, 'question')} answered
        </span>
      </span>
      <time className={classes.when} dateTime={moment} title={formatMomentInFull(moment)}>
        {formatMoment(moment)}
      </time>
      <span className={classes.status}>
        <StatusBadge status={interview.status} />
      </span>
      <ScoreRing score={interview.score} />
    </span>
  );
}
