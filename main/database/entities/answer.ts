import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  OneToMany,
  OneToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';
import type { Level } from '../../../shared/model/rating.ts';
import { decimal } from './decimal.ts';
import { Question } from './question.ts';
import { Take } from './take.ts';
import { Timestamps } from './timestamps.ts';

/** The one answer to a question; `answers_question_id_key` comes of the one-to-one relation (see naming-strategy.ts). */
@Entity('answers')
@Check('answers_score_check', 'score BETWEEN 0 AND 100')
@Check('answers_level_check', 'level BETWEEN 1 AND 5')
export class Answer extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'answers_pkey' })
  id: string;

  @Column({ name: 'question_id', type: 'uuid' })
  questionId: string;

  @OneToOne(
    () => Question,
    (question) => question.answer,
    { onDelete: 'CASCADE', nullable: false },
  )
  @JoinColumn({ name: 'question_id', foreignKeyConstraintName: 'answers_question_id_fkey' })
  question: Relation<Question>;

  /** A person's own words; nothing automatic writes here. */
  @Column({ type: 'text', default: '' })
  transcript: string;

  /** When it last went by a retention rule. */
  @Column({ name: 'transcript_removed_at', type: 'timestamptz', nullable: true })
  transcriptRemovedAt: Date | null;

  /** 0–100. */
  @Column({ type: 'numeric', precision: 5, scale: 2, nullable: true, transformer: decimal })
  @Index('answers_score_idx')
  score: number | null;

  /** The candidate's own rating, from which a practice answer's score follows. */
  @Column({ type: 'smallint', nullable: true })
  level: Level | null;

  /** The chosen take, at an address of the app's own protocol. */
  @Column({ name: 'audio_url', type: 'varchar', length: 300, nullable: true })
  audioUrl: string | null;

  @OneToMany(
    () => Take,
    (take) => take.answer,
  )
  takes: Relation<Take[]>;
}
