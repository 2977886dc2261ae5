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
import type { RubricCompetency } from '../../../shared/model/rubric.ts';
import { ConsentText } from './consent-text.ts';
import { decimal } from './decimal.ts';
import { InterviewKitVersion } from './interview-kit-version.ts';
import { Question } from './question.ts';
import { Timestamps } from './timestamps.ts';
import { User } from './user.ts';

/**
 * One session of one candidate. A trigger, `interviews_status_transition`, refuses every change of status that
 * shared/model/interview.ts does not allow. Four indexes are on expressions, which decorators cannot say, and serve the
 * orders of the lists: (user_id, coalesce(started_at, created_at), id), (user_id, coalesce(score, -1), id) and
 * (user_id, coalesce(score, 101), id) and, for the desk, (coalesce(started_at,
 * scheduled_at, created_at), id). A person practises one interview at a time: `interviews_one_practice_key`.
 */
@Entity('interviews')
@Check(
  'interviews_started_check',
  `(status = 'PENDING' AND started_at IS NULL) OR (status IN ('IN_PROGRESS', 'COMPLETED') AND started_at IS NOT NULL) OR status = 'ABANDONED'`,
)
@Check('interviews_ended_check', `(ended_at IS NOT NULL) = (status IN ('COMPLETED', 'ABANDONED'))`)
@Check('interviews_score_check', 'score BETWEEN 0 AND 100')
@Check('interviews_accommodation_check', 'time_multiplier BETWEEN 1 AND 5 AND extra_takes BETWEEN 0 AND 10')
@Index('interviews_user_occurred_idx', { synchronize: false })
@Index('interviews_user_highest_score_idx', { synchronize: false })
@Index('interviews_user_lowest_score_idx', { synchronize: false })
@Index('interviews_desk_idx', { synchronize: false })
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

  /** Who holds it, or assigned it; they are on its panel too. Null in a practice interview. */
  @Column({ name: 'interviewer_id', type: 'uuid', nullable: true })
  @Index('interviews_interviewer_id_idx')
  interviewerId: string | null;

  @ManyToOne(() => User, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'interviewer_id', foreignKeyConstraintName: 'interviews_interviewer_id_fkey' })
  interviewer: Relation<User> | null;

  @Column({ name: 'kit_version_id', type: 'uuid', nullable: true })
  @Index('interviews_kit_version_id_idx')
  kitVersionId: string | null;

  @ManyToOne(() => InterviewKitVersion, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'kit_version_id', foreignKeyConstraintName: 'interviews_kit_version_id_fkey' })
  kitVersion: Relation<InterviewKitVersion> | null;

  /** What the candidate is asked to agree to before anything is recorded. */
  @Column({ name: 'consent_text_id', type: 'uuid', nullable: true })
  @Index('interviews_consent_text_id_idx')
  consentTextId: string | null;

  @ManyToOne(() => ConsentText, { onDelete: 'RESTRICT', nullable: true })
  @JoinColumn({ name: 'consent_text_id', foreignKeyConstraintName: 'interviews_consent_text_id_fkey' })
  consentText: Relation<ConsentText> | null;

  /** For whoever holds it. */
  @Column({ type: 'text', default: '' })
  instructions: string;

  /** What is judged: competencies with their weights and anchored levels, as the kit had them. */
  @Column({ type: 'jsonb', default: [] })
  rubric: RubricCompetency[];

  @Column({ name: 'scheduled_at', type: 'timestamptz', nullable: true })
  scheduledAt: Date | null;

  /** Until when a one-way interview is to be submitted. */
  @Column({ name: 'due_at', type: 'timestamptz', nullable: true })
  dueAt: Date | null;

  /** Whether reviewers see who the candidate is only once they have submitted their scorecard. */
  @Column({ type: 'boolean', default: false })
  blind: boolean;

  /** The accommodations that it was made with; the limits of its questions have them in already. */
  @Column({
    name: 'time_multiplier',
    type: 'numeric',
    precision: 3,
    scale: 2,
    default: 1,
    transformer: decimal,
  })
  timeMultiplier: number;

  @Column({ name: 'extra_takes', type: 'integer', default: 0 })
  extraTakes: number;

  @Column({ name: 'accommodation_note', type: 'text', default: '' })
  accommodationNote: string;

  /** Since when a live interview has a break. */
  @Column({ name: 'paused_at', type: 'timestamptz', nullable: true })
  pausedAt: Date | null;

  /** The breaks before that, together. */
  @Column({ name: 'paused_ms', type: 'integer', default: 0 })
  pausedMs: number;

  /** The question that is before the candidate of a live interview. */
  @Column({ name: 'current_question_id', type: 'uuid', nullable: true })
  @Index('interviews_current_question_id_idx')
  currentQuestionId: string | null;

  @ManyToOne(() => Question, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({
    name: 'current_question_id',
    foreignKeyConstraintName: 'interviews_current_question_id_fkey',
  })
  currentQuestion: Relation<Question> | null;

  /** Since when it is; a break moves this forward by its length. */
  @Column({ name: 'current_since', type: 'timestamptz', nullable: true })
  currentSince: Date | null;

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
