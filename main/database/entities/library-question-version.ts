import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { type QuestionDifficulty, questionDifficulties } from '../../../shared/model/difficulty.ts';
import { type QuestionOrigin, questionOrigins } from '../../../shared/model/library.ts';
import { LibraryQuestion } from './library-question.ts';
import { Timestamps } from './timestamps.ts';
import { User } from './user.ts';

/** One version of a library question, whole. Written by a trigger, never changed. */
@Entity('library_question_versions')
export class LibraryQuestionVersion extends Timestamps {
  @PrimaryColumn({
    ...{ name: 'question_id', type: 'uuid' },
    primaryKeyConstraintName: 'library_question_versions_pkey',
  })
  questionId: string;

  @ManyToOne(() => LibraryQuestion, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({
    ...{ name: 'question_id' },
    foreignKeyConstraintName: 'library_question_versions_question_id_fkey',
  })
  question: Relation<LibraryQuestion>;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'library_question_versions_pkey' })
  version: number;

  @Column({ type: 'enum', enum: questionOrigins, enumName: 'library_question_origin' })
  origin: QuestionOrigin;

  @Column({ type: 'text' })
  content: string;

  @Column({ type: 'enum', enum: questionDifficulties, enumName: 'question_difficulty' })
  difficulty: QuestionDifficulty;

  @Column({ type: 'varchar', length: 100 })
  competency: string;

  @Column({ type: 'text', array: true })
  tags: string[];

  @Column({ type: 'jsonb' })
  covers: string[];

  @Column({ type: 'jsonb' })
  probes: string[];

  @Column({ type: 'jsonb' })
  levels: string[];

  @Column({ type: 'boolean' })
  practice: boolean;

  @Column({ name: 'changed_by', type: 'uuid', nullable: true })
  @Index('library_question_versions_changed_by_idx')
  changedById: string | null;

  @ManyToOne(() => User, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'changed_by', foreignKeyConstraintName: 'library_question_versions_changed_by_fkey' })
  changedBy: Relation<User> | null;
}
