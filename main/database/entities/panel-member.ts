import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Interview } from './interview.ts';
import { Timestamps } from './timestamps.ts';
import { User } from './user.ts';

/** Somebody who holds or reviews an interview. Nobody else sees it, but for its candidate's own part. */
@Entity('panel_members')
@Index('panel_members_interview_id_user_id_key', ['interviewId', 'userId'], { unique: true })
export class PanelMember extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'panel_members_pkey' })
  id: string;

  @Column({ name: 'interview_id', type: 'uuid' })
  interviewId: string;

  @ManyToOne(() => Interview, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'interview_id', foreignKeyConstraintName: 'panel_members_interview_id_fkey' })
  interview: Relation<Interview>;

  @Column({ name: 'user_id', type: 'uuid' })
  @Index('panel_members_user_id_idx')
  userId: string;

  @ManyToOne(() => User, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'panel_members_user_id_fkey' })
  user: Relation<User>;
}
