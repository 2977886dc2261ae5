import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { type QuestionDifficulty, questionDifficulties } from '../../../shared/model/difficulty.ts';
import { Timestamps } from './timestamps.ts';

/** A reusable question of the library. */
@Entity('library_questions')
@Check('library_questions_levels_check', `jsonb_typeof(levels) = 'array' AND jsonb_array_length(levels) = 5`)
@Index('library_questions_competency_difficulty_idx', ['competency', 'difficulty'])
export class LibraryQuestion extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'library_questions_pkey' })
  id: string;

  /** The starter library's own name of the question; null for one that people wrote. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  @Index('library_questions_slug_key', { unique: true })
  slug: string | null;

  @Column({ type: 'text' })
  content: string;

  @Column({ type: 'enum', enum: questionDifficulties, enumName: 'question_difficulty' })
  difficulty: QuestionDifficulty;

  @Column({ type: 'varchar', length: 100 })
  competency: string;

  /** What a good answer covers. */
  @Column({ type: 'jsonb' })
  covers: string[];

  /** Follow-up questions. */
  @Column({ type: 'jsonb' })
  probes: string[];

  /** What levels 1–5 look like, in order. */
  @Column({ type: 'jsonb' })
  levels: string[];

  @Column({ name: 'archived_at', type: 'timestamptz', nullable: true })
  archivedAt: Date | null;
}
