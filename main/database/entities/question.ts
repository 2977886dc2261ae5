import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';
import { type QuestionDifficulty, questionDifficulties } from '../../../shared/model/difficulty.ts';
import { Answer } from './answer.ts';
import { Interview } from './interview.ts';
import { LibraryQuestion } from './library-question.ts';
import { Timestamps } from './timestamps.ts';

/** One question inside an interview: a snapshot, which later changes of the library do not touch. */
@Entity('questions')
@Check('questions_levels_check', `jsonb_typeof(levels) = 'array' AND jsonb_array_length(levels) = 5`)
@Check('questions_limits_check', 'think_time_ms >= 0 AND answer_time_ms > 0 AND takes_allowed > 0')
// Expressions, which the decorator cannot say: see the migration Scorecards.
@Index('questions_same_idx', { synchronize: false })
@Index('questions_same_shuffled_idx', { synchronize: false })
@Index('questions_interview_id_position_key', ['interviewId', 'position'], { unique: true })
export class Question extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'questions_pkey' })
  id: string;

  @Column({ name: 'interview_id', type: 'uuid' })
  interviewId: string;

  @ManyToOne(
    () => Interview,
    (interview) => interview.questions,
    { onDelete: 'CASCADE', nullable: false },
  )
  @JoinColumn({ name: 'interview_id', foreignKeyConstraintName: 'questions_interview_id_fkey' })
  interview: Relation<Interview>;

  /** Counts from 0. */
  @Column({ type: 'integer' })
  position: number;

  @Column({ type: 'text' })
  content: string;

  @Column({ type: 'enum', enum: questionDifficulties, enumName: 'question_difficulty' })
  difficulty: QuestionDifficulty;

  @Column({ type: 'varchar', length: 100 })
  competency: string;

  @Column({ type: 'jsonb' })
  covers: string[];

  @Column({ type: 'jsonb' })
  probes: string[];

  /** What levels 1–5 look like, in order. */
  @Column({ type: 'jsonb' })
  levels: string[];

  @Column({ name: 'library_question_id', type: 'uuid', nullable: true })
  @Index('questions_library_question_id_idx')
  libraryQuestionId: string | null;

  @ManyToOne(() => LibraryQuestion, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'library_question_id', foreignKeyConstraintName: 'questions_library_question_id_fkey' })
  libraryQuestion: Relation<LibraryQuestion> | null;

  /** Which version of the library's question this is a snapshot of. */
  @Column({ name: 'library_version', type: 'integer', nullable: true })
  libraryVersion: number | null;

  @Column({ name: 'think_time_ms', type: 'integer' })
  thinkTimeMs: number;

  @Column({ name: 'answer_time_ms', type: 'integer' })
  answerTimeMs: number;

  @Column({ name: 'takes_allowed', type: 'integer' })
  takesAllowed: number;

  /** When it was first put to the candidate. */
  @Column({ name: 'asked_at', type: 'timestamptz', nullable: true })
  askedAt: Date | null;

  @Column({ name: 'skipped_at', type: 'timestamptz', nullable: true })
  skippedAt: Date | null;

  @OneToOne(
    () => Answer,
    (answer) => answer.question,
  )
  answer: Relation<Answer> | null;
}
