import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { type TakeState, takeStates } from '../../../shared/model/recording.ts';
import { Answer } from './answer.ts';
import { Consent } from './consent.ts';
import { Timestamps } from './timestamps.ts';

/** One recording of an answer. An answer keeps them all and has one of them chosen. */
@Entity('takes')
@Check('takes_number_check', 'number > 0')
@Check(
  'takes_finished_check',
  `state <> 'FINISHED' OR (duration_ms IS NOT NULL AND size_bytes IS NOT NULL AND sha256 IS NOT NULL)`,
)
@Check('takes_discarded_check', 'discarded_at IS NULL OR NOT chosen')
@Check('takes_erased_check', 'erased_at IS NULL OR discarded_at IS NOT NULL')
@Index('takes_discarded_at_idx', ['discardedAt'], { where: 'discarded_at IS NOT NULL' })
@Index('takes_removed_at_idx', ['removedAt'], { where: 'removed_at IS NOT NULL' })
@Index('takes_answer_id_number_key', ['answerId', 'number'], { unique: true })
@Index('takes_answer_id_chosen_key', ['answerId'], { unique: true, where: 'chosen' })
export class Take extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'takes_pkey' })
  id: string;

  @Column({ name: 'answer_id', type: 'uuid' })
  answerId: string;

  @ManyToOne(
    () => Answer,
    (answer) => answer.takes,
    { onDelete: 'CASCADE', nullable: false },
  )
  @JoinColumn({ name: 'answer_id', foreignKeyConstraintName: 'takes_answer_id_fkey' })
  answer: Relation<Answer>;

  /** Counts from 1. */
  @Column({ type: 'integer' })
  number: number;

  @Column({ type: 'enum', enum: takeStates, enumName: 'take_state', default: 'RECORDING' })
  state: TakeState;

  @Column({ type: 'boolean', default: false })
  chosen: boolean;

  /** Found unfinished after a crash and put in order. */
  @Column({ type: 'boolean', default: false })
  recovered: boolean;

  /** When the person said to keep it, once it was recovered. */
  @Column({ name: 'kept_at', type: 'timestamptz', nullable: true })
  keptAt: Date | null;

  /**
   * When the person discarded it, once it was recovered. It counts for nothing then; its files go when the time to
   * restore it has passed, and the row stays, so that every machine that has files of it can remove its own.
   */
  @Column({ name: 'discarded_at', type: 'timestamptz', nullable: true })
  discardedAt: Date | null;

  /**
   * When its recording went by a retention rule. The row stays and says so; every machine that has files of it removes its
   * own by that.
   */
  @Column({ name: 'removed_at', type: 'timestamptz', nullable: true })
  removedAt: Date | null;

  /** When it was deleted for good, its candidate having taken their agreement back: nobody brings it back. */
  @Column({ name: 'erased_at', type: 'timestamptz', nullable: true })
  erasedAt: Date | null;

  /** What the candidate had agreed to when it was recorded; null in a practice interview, where nobody else hears it. */
  @Column({ name: 'consent_id', type: 'uuid', nullable: true })
  @Index('takes_consent_id_idx')
  consentId: string | null;

  @ManyToOne(() => Consent, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'consent_id', foreignKeyConstraintName: 'takes_consent_id_fkey' })
  consent: Relation<Consent> | null;

  @Column({ name: 'mime_type', type: 'varchar', length: 100 })
  mimeType: string;

  @Column({ name: 'duration_ms', type: 'integer', nullable: true })
  durationMs: number | null;

  @Column({ name: 'size_bytes', type: 'integer', nullable: true })
  sizeBytes: number | null;

  /** Of the finished file, in hex. */
  @Column({ type: 'char', length: 64, nullable: true })
  sha256: string | null;

  @Column({ name: 'started_at', type: 'timestamptz' })
  startedAt: Date;

  @Column({ name: 'stopped_at', type: 'timestamptz', nullable: true })
  stoppedAt: Date | null;
}
