import { Check, Column, Entity, Index, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { decimal } from './decimal.ts';
import { Timestamps } from './timestamps.ts';
import { User } from './user.ts';

/** What interviewers keep about a candidate. Its index on `tags` is a GIN one, which decorators cannot say. */
@Entity('candidate_profiles')
@Check(
  'candidate_profiles_accommodation_check',
  'time_multiplier BETWEEN 1 AND 5 AND extra_takes BETWEEN 0 AND 10',
)
@Index('candidate_profiles_tags_idx', { synchronize: false })
export class CandidateProfile extends Timestamps {
  @PrimaryColumn({ name: 'user_id', type: 'uuid', primaryKeyConstraintName: 'candidate_profiles_pkey' })
  userId: string;

  @OneToOne(() => User, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'candidate_profiles_user_id_fkey' })
  user: Relation<User>;

  /** What they apply for, or do now. */
  @Column({ type: 'varchar', length: 200, default: '' })
  headline: string;

  @Column({ type: 'varchar', length: 50, default: '' })
  phone: string;

  @Column({ type: 'text', default: '' })
  notes: string;

  @Column({ type: 'text', array: true, default: '{}' })
  tags: string[];

  /** An accommodation: how much longer than usual they may think and answer. */
  @Column({
    name: 'time_multiplier',
    type: 'numeric',
    precision: 3,
    scale: 2,
    default: 1,
    transformer: decimal,
  })
  timeMultiplier: number;

  /** An accommodation: takes beyond what an interview allows. */
  @Column({ name: 'extra_takes', type: 'integer', default: 0 })
  extraTakes: number;

  @Column({ name: 'accommodation_note', type: 'text', default: '' })
  accommodationNote: string;

  /** Counts the changes, so that of two people who edit at once the second is told. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ name: 'archived_at', type: 'timestamptz', nullable: true })
  archivedAt: Date | null;
}
