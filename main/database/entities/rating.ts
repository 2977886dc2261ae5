import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Level } from '../../../shared/model/rating.ts';
import { Question } from './question.ts';
import { Scorecard } from './scorecard.ts';
import { Timestamps } from './timestamps.ts';

/** A level on a scorecard, of one answer or of one competency. */
@Entity('ratings')
@Check('ratings_level_check', 'level BETWEEN 1 AND 5')
@Check('ratings_subject_check', '(question_id IS NULL) <> (competency IS NULL)')
@Index('ratings_scorecard_id_question_id_key', ['scorecardId', 'questionId'], {
  unique: true,
  where: 'question_id IS NOT NULL',
})
@Index('ratings_scorecard_id_competency_key', ['scorecardId', 'competency'], {
  unique: true,
  where: 'competency IS NOT NULL',
})
export class Rating extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'ratings_pkey' })
  id: string;

  @Column({ name: 'scorecard_id', type: 'uuid' })
  @Index('ratings_scorecard_id_idx')
  scorecardId: string;

  @ManyToOne(() => Scorecard, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'scorecard_id', foreignKeyConstraintName: 'ratings_scorecard_id_fkey' })
  scorecard: Relation<Scorecard>;

  /** The question whose answer is rated. */
  @Column({ name: 'question_id', type: 'uuid', nullable: true })
  @Index('ratings_question_id_idx')
  questionId: string | null;

  @ManyToOne(() => Question, { onDelete: 'CASCADE', nullable: true })
  @JoinColumn({ name: 'question_id', foreignKeyConstraintName: 'ratings_question_id_fkey' })
  question: Relation<Question> | null;

  @Column({ type: 'varchar', length: 100, nullable: true })
  competency: string | null;

  @Column({ type: 'smallint' })
  level: Level;

  /** What was said or done that it rests on. */
  @Column({ type: 'text', default: '' })
  evidence: string;
}
