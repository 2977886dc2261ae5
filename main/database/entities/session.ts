import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Timestamps } from './timestamps.ts';
import { User } from './user.ts';

/** Somebody signed in on some machine. Only a hash of the token is kept. */
@Entity('sessions')
export class Session extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'sessions_pkey' })
  id: string;

  @Column({ name: 'user_id', type: 'uuid' })
  @Index('sessions_user_id_idx')
  userId: string;

  @ManyToOne(() => User, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'sessions_user_id_fkey' })
  user: Relation<User>;

  /** SHA-256 of the token, in hex. */
  @Column({ name: 'token_hash', type: 'char', length: 64 })
  @Index('sessions_token_hash_key', { unique: true })
  tokenHash: string;

  @Column({ type: 'varchar', length: 200 })
  label: string;

  @Column({ type: 'boolean' })
  remembered: boolean;

  @Column({ name: 'last_used_at', type: 'timestamptz' })
  lastUsedAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;
}
