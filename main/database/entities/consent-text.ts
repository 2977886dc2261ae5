import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Timestamps } from './timestamps.ts';
import { User } from './user.ts';

/** One version of what a candidate is asked to agree to. Never changed: a change is a new version under the same name. */
@Entity('consent_texts')
@Check('consent_texts_version_check', 'version > 0')
@Index('consent_texts_name_version_key', ['name', 'version'], { unique: true })
export class ConsentText extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'consent_texts_pkey' })
  id: string;

  @Column({ type: 'varchar', length: 120 })
  name: string;

  @Column({ type: 'integer' })
  version: number;

  @Column({ type: 'text' })
  body: string;

  @Column({ name: 'changed_by', type: 'uuid', nullable: true })
  @Index('consent_texts_changed_by_idx')
  changedById: string | null;

  @ManyToOne(() => User, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'changed_by', foreignKeyConstraintName: 'consent_texts_changed_by_fkey' })
  changedBy: Relation<User> | null;

  @Column({ name: 'archived_at', type: 'timestamptz', nullable: true })
  archivedAt: Date | null;
}
