import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Timestamps } from './timestamps.ts';

/**
 * Somebody did something that others must be able to find out about. Two triggers refuse every change but the pseudonym
 * of somebody who has been erased: see main/audit/audit.ts.
 */
@Entity('audit_entries')
@Check('audit_entries_subject_check', '(subject_kind IS NULL) = (subject_label IS NULL)')
@Index('audit_entries_created_at_id_idx', ['createdAt', 'id'])
@Index('audit_entries_subject_idx', ['subjectKind', 'subjectId'])
export class AuditEntry extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'audit_entries_pkey' })
  id: string;

  /** Null where Parley did it by itself. No foreign key: an entry outlives the person. */
  @Column({ name: 'actor_id', type: 'uuid', nullable: true })
  @Index('audit_entries_actor_id_idx')
  actorId: string | null;

  /** Their name at that time. */
  @Column({ name: 'actor_name', type: 'varchar', length: 120 })
  actorName: string;

  @Column({ type: 'varchar', length: 100 })
  action: string;

  @Column({ name: 'subject_kind', type: 'varchar', length: 50, nullable: true })
  subjectKind: string | null;

  @Column({ name: 'subject_id', type: 'varchar', length: 100, nullable: true })
  subjectId: string | null;

  /** What it was called at that time. */
  @Column({ name: 'subject_label', type: 'varchar', length: 320, nullable: true })
  subjectLabel: string | null;

  @Column({ type: 'jsonb', nullable: true })
  before: unknown;

  @Column({ type: 'jsonb', nullable: true })
  after: unknown;
}
