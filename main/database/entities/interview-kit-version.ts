import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { KitDefinition } from '../../../shared/contract/kits.ts';
import { InterviewKit } from './interview-kit.ts';
import { Timestamps } from './timestamps.ts';
import { User } from './user.ts';

/** One version of an interview kit; never changed, so that an interview can say what it was held by. */
@Entity('interview_kit_versions')
@Index('interview_kit_versions_kit_id_version_key', ['kitId', 'version'], { unique: true })
export class InterviewKitVersion extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'interview_kit_versions_pkey' })
  id: string;

  @Column({ name: 'kit_id', type: 'uuid' })
  kitId: string;

  @ManyToOne(() => InterviewKit, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'kit_id', foreignKeyConstraintName: 'interview_kit_versions_kit_id_fkey' })
  kit: Relation<InterviewKit>;

  @Column({ type: 'integer' })
  version: number;

  @Column({ type: 'varchar', length: 200 })
  name: string;

  @Column({ type: 'jsonb' })
  definition: KitDefinition;

  @Column({ name: 'changed_by', type: 'uuid', nullable: true })
  @Index('interview_kit_versions_changed_by_idx')
  changedById: string | null;

  @ManyToOne(() => User, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'changed_by', foreignKeyConstraintName: 'interview_kit_versions_changed_by_fkey' })
  changedBy: Relation<User> | null;
}
