import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Timestamps } from './timestamps.ts';
import { User } from './user.ts';

/** What a person has a list narrowed to, kept under a name of theirs. */
@Entity('saved_filters')
@Check('saved_filters_filter_check', `jsonb_typeof(filter) = 'object'`)
@Index('saved_filters_user_id_screen_name_key', ['userId', 'screen', 'name'], { unique: true })
export class SavedFilter extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'saved_filters_pkey' })
  id: string;

  @Column({ name: 'user_id', type: 'uuid' })
  userId: string;

  @ManyToOne(() => User, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'saved_filters_user_id_fkey' })
  user: Relation<User>;

  /** Which list; see shared/contract/find.ts. */
  @Column({ type: 'varchar', length: 40 })
  screen: string;

  @Column({ type: 'varchar', length: 80 })
  name: string;

  /** The parameters of the list's address. */
  @Column({ type: 'jsonb' })
  filter: Record<string, string>;
}
