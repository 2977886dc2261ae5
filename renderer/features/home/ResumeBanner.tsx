import { Button } from '@mantine/core';
import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { InterviewRow } from '../../../shared/contract/interviews.ts';
import { count, formatMoment } from '../../lib/formats.ts';
import classes from './ResumeBanner.module.css';

/** An interview that was left in the middle, by a quit or worse: everything in it is kept, and it goes on from there. */
export function ResumeBanner({ interview }: { interview: InterviewRow }) {
  return (
    <section className={classes.banner} aria-label="Unfinished interview">
      <div style={{ minWidth: 0 }}>
        <p className={classes.title}>You are in the middle of an interview</p>
        <p className={classes.details}>
          {interview.answeredCount} of {count(interview.questionCount, 'question')} answered
          {interview.startedAt && ` · ${formatMoment(interview.startedAt)}`} · your answers are kept
        </p>
      </div>
      <Button
        flex="none"
        component={Link}
        to={`/practice/${interview.id}`}
        leftSection={<IconPlayerPlayFilled size={14} />}
      >
        Resume
      </Button>
    </section>
  );
}
