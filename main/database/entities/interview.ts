import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToMany,
  PrimaryColumn,
  type Relation,
} from 'typeorm';
import { type InterviewDifficulty, interviewDifficulties } from '../../../shared/model/difficulty.ts';
import {
  type InterviewKind,
  type InterviewStatus,
  interviewKinds,
  interviewStatuses,
} from '../../../shared/model/interview.ts';
import { decimal } from './decimal.ts';
import { Question } from './question.ts';
import { Timestamps } from './timestamps.ts';
import { User } from './user.ts';

/**
 * One session of one candidate. A trigger, `interviews_status_transition`, refuses every change of status that
 * shared/model/interview.ts does not allow. Three indexes are on expressions, which decorators cannot say, and serve the
 * orders of the lists: (user_id, coalesce(started_at, created_at), id), (user_id, coalesce(score, -1), id) and
 * (user_id, coalesce(score, 101), id). A person practises one interview at a time: `interviews_one_practice_key`.
 */
@Entity('interviews')
@Check(
  'interviews_started_check',
  `(status = 'PENDING' AND started_at IS NULL) OR (status IN ('IN_PROGRESS', 'COMPLETED') AND started_at IS NOT NULL) OR status = 'ABANDONED'`,
)
@Check('interviews_ended_check', `(ended_at IS NOT NULL) = (status IN ('COMPLETED', 'ABANDONED'))`)
@Check('interviews_score_check', 'score BETWEEN 0 AND 100')
@Index('interviews_user_occurred_idx', { synchronize: false })
@Index('interviews_user_highest_score_idx', { synchronize: false })
@Index('interviews_user_lowest_score_idx', { synchronize: false })
@Index('interviews_one_practice_key', ['userId'], {
  unique: true,
  where: `kind = 'PRACTICE' AND status = 'IN_PROGRESS'`,
})
export class Interview extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'interviews_pkey' })
  id: string;

  /** The candidate. */
  @Column({ name: 'user_id', type: 'uuid' })
  userId: string;

  @ManyToOne(
    () => User,
    (user) => user.interviews,
    { onDelete: 'CASCADE', nullable: false },
  )
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'interviews_user_id_fkey' })
  user: Relation<User>;

  @Column({ type: 'enum', enum: interviewKinds, enumName: 'interview_kind' })
  kind: InterviewKind;

  @Column({ type: 'varchar', length: 200 })
  title: string;

  @Column({ type: 'enum', enum: interviewStatuses, enumName: 'interview_status', default: 'PENDING' })
  status: InterviewStatus;

  @Column({ type: 'enum', enum: interviewDifficulties, enumName: 'interview_difficulty' })
  difficulty: InterviewDifficulty;

  @Column({ name: 'started_at', type: 'timestamptz', nullable: true })
  @Index('interviews_started_at_idx')
  startedAt: Date | null;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  /** The mean of its answers' scores, kept beside them so that lists can show and sort by it. */
  @Column({ type: 'numeric', precision: 5, scale: 2, nullable: true, transformer: decimal })
  score: number | null;

  /** Deleted by its owner and still restorable. */
  @Column({ name: 'deleted_at', type: 'timestamptz', nullable: true })
  @Index('interviews_deleted_at_idx')
  deletedAt: Date | null;

  @OneToMany(
    () => Question,
    (question) => question.interview,
  )
  questions: Relation<Question[]>;
}
