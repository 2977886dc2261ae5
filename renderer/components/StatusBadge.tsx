import {
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconPlayerPlay,
  type TablerIcon,
} from '@tabler/icons-react';
import type { InterviewStatus } from '../../shared/model/interview.ts';
import { statusWords } from '../lib/words.ts';
import classes from './StatusBadge.module.css';

const icons: Record<InterviewStatus, TablerIcon> = {
  PENDING: IconCircleDashed,
  IN_PROGRESS: IconPlayerPlay,
  COMPLETED: IconCircleCheck,
  ABANDONED: IconCircleX,
};

/** An interview's status, by word, shape and colour. */
export function StatusBadge({ status }: { status: InterviewStatus }) {
  const Icon = icons[status];
  return (
    <span className={classes.badge} data-status={status}>
      <Icon size={15} stroke={1.9} aria-hidden />
      {statusWords[status]}
    </span>
  );
}
