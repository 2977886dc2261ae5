import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Interview } from './interview.ts';
import { Question } from './question.ts';
import { Take } from './take.ts';
import { Timestamps } from './timestamps.ts';
import { User } from './user.ts';

/** What an interviewer jotted down at a moment of the interview. */
@Entity('notes')
@Check('notes_at_ms_check', 'at_ms >= 0')
@Index('notes_interview_id_noted_at_idx', ['interviewId', 'notedAt'])
export class Note extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'notes_pkey' })
  id: string;

  @Column({ name: 'interview_id', type: 'uuid' })
  interviewId: string;

  @ManyToOne(() => Interview, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'interview_id', foreignKeyConstraintName: 'notes_interview_id_fkey' })
  interview: Relation<Interview>;

  @Column({ name: 'author_id', type: 'uuid' })
  @Index('notes_author_id_idx')
  authorId: string;

  @ManyToOne(() => User, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'author_id', foreignKeyConstraintName: 'notes_author_id_fkey' })
  author: Relation<User>;

  /** The question that was before the candidate. */
  @Column({ name: 'question_id', type: 'uuid', nullable: true })
  @Index('notes_question_id_idx')
  questionId: string | null;

  @ManyToOne(() => Question, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'question_id', foreignKeyConstraintName: 'notes_question_id_fkey' })
  question: Relation<Question> | null;

  /** The take that was being recorded, and where in it. Null where nothing was. */
  @Column({ name: 'take_id', type: 'uuid', nullable: true })
  @Index('notes_take_id_idx')
  takeId: string | null;

  @ManyToOne(() => Take, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'take_id', foreignKeyConstraintName: 'notes_take_id_fkey' })
  take: Relation<Take> | null;

  @Column({ name: 'at_ms', type: 'integer', nullable: true })
  atMs: number | null;

  @Column({ type: 'text' })
  body: string;

  /** When it was begun. */
  @Column({ name: 'noted_at', type: 'timestamptz' })
  notedAt: Date;
}
