import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { type QuestionDifficulty, questionDifficulties } from '../../../shared/model/difficulty.ts';
import { type QuestionOrigin, questionOrigins } from '../../../shared/model/library.ts';
import { decimal } from './decimal.ts';
import { Timestamps } from './timestamps.ts';
import { User } from './user.ts';

/**
 * A reusable question of the library. Triggers keep what must be true whoever writes: a change of the question itself
 * is a new version, which `library_question_versions` gets whole; `search` follows the text; `asked_count`,
 * `last_asked_at`, `rated_count` and `score_total` follow the questions and answers of interviews. `library_questions_last_asked_idx` is on
 * (coalesce(last_asked_at, '-infinity'), id).
 */
@Entity('library_questions')
@Check('library_questions_levels_check', `jsonb_typeof(levels) = 'array' AND jsonb_array_length(levels) = 5`)
@Check('library_questions_version_check', 'version > 0')
@Check('library_questions_asked_count_check', 'asked_count >= 0')
@Check('library_questions_rated_count_check', 'rated_count >= 0')
@Index('library_questions_competency_difficulty_idx', ['competency', 'difficulty'])
@Index('library_questions_created_at_idx', ['createdAt', 'id'])
@Index('library_questions_asked_count_idx', ['askedCount', 'id'])
@Index('library_questions_last_asked_idx', { synchronize: false })
@Index('library_questions_search_idx', { synchronize: false })
@Index('library_questions_tags_idx', { synchronize: false })
export class LibraryQuestion extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'library_questions_pkey' })
  id: string;

  /** What the question is known by in every library that has it: a starter question's name. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  @Index('library_questions_slug_key', { unique: true })
  slug: string | null;

  @Column({ type: 'text' })
  content: string;

  @Column({ type: 'enum', enum: questionDifficulties, enumName: 'question_difficulty' })
  difficulty: QuestionDifficulty;

  @Column({ type: 'varchar', length: 100 })
  competency: string;

  @Column({ type: 'text', array: true, default: '{}' })
  tags: string[];

  /** What a good answer covers. */
  @Column({ type: 'jsonb' })
  covers: string[];

  /** Follow-up questions. */
  @Column({ type: 'jsonb' })
  probes: string[];

  /** What levels 1–5 look like, in order. */
  @Column({ type: 'jsonb' })
  levels: string[];

  /** Whether candidates may get it, with its rubric, when they practise. */
  @Column({ type: 'boolean', default: false })
  practice: boolean;

  /** Counted by a trigger. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  /** Where this version comes from. */
  @Column({ type: 'enum', enum: questionOrigins, enumName: 'library_question_origin', default: 'PERSON' })
  origin: QuestionOrigin;

  /** Who made this version; null for Parley itself, and for somebody who is gone. */
  @Column({ name: 'changed_by', type: 'uuid', nullable: true })
  @Index('library_questions_changed_by_idx')
  changedById: string | null;

  @ManyToOne(() => User, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'changed_by', foreignKeyConstraintName: 'library_questions_changed_by_fkey' })
  changedBy: Relation<User> | null;

  /** How often it was asked in interviews, practice left out. What was deleted since still counts. */
  @Column({ name: 'asked_count', type: 'integer', default: 0 })
  askedCount: number;

  @Column({ name: 'last_asked_at', type: 'timestamptz', nullable: true })
  lastAskedAt: Date | null;

  /** How many of its answers in interviews have a score, and what these come to; of the deleted ones as well. */
  @Column({ name: 'rated_count', type: 'integer', default: 0 })
  ratedCount: number;

  @Column({ name: 'score_total', type: 'numeric', precision: 12, scale: 2, default: 0, transformer: decimal })
  scoreTotal: number;

  /** For full-text search; written by a trigger. */
  @Column({ type: 'tsvector', nullable: true, select: false, insert: false, update: false })
  search: string | null;

  @Column({ name: 'archived_at', type: 'timestamptz', nullable: true })
  archivedAt: Date | null;
}
