import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { Timestamps } from './timestamps.ts';

/** A named template for interviews. What it holds is in its versions; this row says which is the newest. */
@Entity('interview_kits')
@Check('interview_kits_version_check', 'version > 0')
export class InterviewKit extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'interview_kits_pkey' })
  id: string;

  @Column({ type: 'varchar', length: 200 })
  name: string;

  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ name: 'archived_at', type: 'timestamptz', nullable: true })
  archivedAt: Date | null;
}
