import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import {
  type InterviewKind,
  type InterviewStatus,
  interviewKinds,
  interviewStatuses,
} from '../../../shared/model/interview.ts';
import { type RetentionWhat, retentionWhats } from '../../../shared/model/retention.ts';
import { Interview } from './interview.ts';
import { Timestamps } from './timestamps.ts';
import { User } from './user.ts';

/** What of which interviews goes how long after they have ended. */
@Entity('retention_rules')
@Check('retention_rules_days_check', 'days BETWEEN 1 AND 3650 AND grace_days BETWEEN 0 AND 365')
@Check(
  'retention_rules_which_check',
  `cardinality(kinds) > 0 AND cardinality(statuses) > 0 AND NOT 'IN_PROGRESS' = ANY (statuses) AND (what = 'INTERVIEWS' OR NOT 'PENDING' = ANY (statuses))`,
)
export class RetentionRule extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'retention_rules_pkey' })
  id: string;

  @Column({ type: 'enum', enum: retentionWhats, enumName: 'retention_what' })
  what: RetentionWhat;

  @Column({ type: 'enum', enum: interviewKinds, enumName: 'interview_kind', array: true })
  kinds: InterviewKind[];

  @Column({ type: 'enum', enum: interviewStatuses, enumName: 'interview_status', array: true })
  statuses: InterviewStatus[];

  @Column({ type: 'integer' })
  days: number;

  /** For so many days it is announced before it goes. */
  @Column({ name: 'grace_days', type: 'integer' })
  graceDays: number;

  /** Counts the changes, for those who change it at once. */
  @Column({ type: 'integer', default: 1 })
  version: number;
}

/** It is announced that something of an interview goes. Nothing goes that has not been. */
@Entity('retention_notices')
@Index('retention_notices_due_at_idx', ['dueAt', 'interviewId', 'what'])
export class RetentionNotice extends Timestamps {
  @PrimaryColumn({
    name: 'interview_id',
    type: 'uuid',
    primaryKeyConstraintName: 'retention_notices_pkey',
  })
  interviewId: string;

  @ManyToOne(() => Interview, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'interview_id', foreignKeyConstraintName: 'retention_notices_interview_id_fkey' })
  interview: Relation<Interview>;

  @PrimaryColumn({
    ...{ type: 'enum', enum: retentionWhats, enumName: 'retention_what' },
    primaryKeyConstraintName: 'retention_notices_pkey',
  })
  what: RetentionWhat;

  @Column({ name: 'announced_at', type: 'timestamptz' })
  announcedAt: Date;

  /** Never sooner than was ever announced. */
  @Column({ name: 'due_at', type: 'timestamptz' })
  dueAt: Date;
}

/** An admin has said that everything of this interview is kept, whatever the rules say. */
@Entity('retention_holds')
export class RetentionHold extends Timestamps {
  @PrimaryColumn({
    name: 'interview_id',
    type: 'uuid',
    primaryKeyConstraintName: 'retention_holds_pkey',
  })
  interviewId: string;

  @ManyToOne(() => Interview, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'interview_id', foreignKeyConstraintName: 'retention_holds_interview_id_fkey' })
  interview: Relation<Interview>;

  @Column({ name: 'held_by', type: 'uuid', nullable: true })
  @Index('retention_holds_held_by_idx')
  heldBy: string | null;

  @ManyToOne(() => User, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'held_by', foreignKeyConstraintName: 'retention_holds_held_by_fkey' })
  holder: Relation<User> | null;
}

/** What one run has removed. Counted in the transactions that remove, so that a run that is killed has told all of it. */
@Entity('retention_runs')
@Index('retention_runs_created_at_idx', ['createdAt'])
export class RetentionRun extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'retention_runs_pkey' })
  id: string;

  /** Null where it ran by itself. */
  @Column({ name: 'actor_id', type: 'uuid', nullable: true })
  @Index('retention_runs_actor_id_idx')
  actorId: string | null;

  @ManyToOne(() => User, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'actor_id', foreignKeyConstraintName: 'retention_runs_actor_id_fkey' })
  actor: Relation<User> | null;

  /** Null while it goes on, and of one that was killed until the next has told of it. */
  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  @Column({ type: 'integer', default: 0 })
  recordings: number;

  @Column({ type: 'bigint', default: 0 })
  bytes: string;

  @Column({ type: 'integer', default: 0 })
  transcripts: number;

  @Column({ type: 'integer', default: 0 })
  interviews: number;
}
