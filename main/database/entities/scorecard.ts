import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import {
  type Recommendation,
  recommendations,
  type ScorecardState,
  scorecardStates,
} from '../../../shared/model/scorecard.ts';
import { Interview } from './interview.ts';
import { Timestamps } from './timestamps.ts';
import { User } from './user.ts';

/** One interviewer's evaluation of one interview. */
@Entity('scorecards')
@Check(
  'scorecards_submitted_check',
  `(state = 'SUBMITTED') = (submitted_at IS NOT NULL) AND (state = 'DRAFT' OR recommendation IS NOT NULL)`,
)
@Index('scorecards_interview_id_interviewer_id_key', ['interviewId', 'interviewerId'], { unique: true })
export class Scorecard extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'scorecards_pkey' })
  id: string;

  @Column({ name: 'interview_id', type: 'uuid' })
  interviewId: string;

  @ManyToOne(() => Interview, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'interview_id', foreignKeyConstraintName: 'scorecards_interview_id_fkey' })
  interview: Relation<Interview>;

  @Column({ name: 'interviewer_id', type: 'uuid' })
  @Index('scorecards_interviewer_id_idx')
  interviewerId: string;

  @ManyToOne(() => User, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'interviewer_id', foreignKeyConstraintName: 'scorecards_interviewer_id_fkey' })
  interviewer: Relation<User>;

  @Column({ type: 'enum', enum: scorecardStates, enumName: 'scorecard_state', default: 'DRAFT' })
  state: ScorecardState;

  @Column({ type: 'enum', enum: recommendations, enumName: 'recommendation', nullable: true })
  recommendation: Recommendation | null;

  /** Key take-aways: what others should know in a minute. */
  @Column({ type: 'text', default: '' })
  takeaways: string;

  /** For the author only, for good. */
  @Column({ name: 'private_notes', type: 'text', default: '' })
  privateNotes: string;

  @Column({ name: 'shared_notes', type: 'text', default: '' })
  sharedNotes: string;

  @Column({ name: 'submitted_at', type: 'timestamptz', nullable: true })
  submittedAt: Date | null;
}
