import { Check, Column, Entity, Index, OneToMany, PrimaryColumn, type Relation } from 'typeorm';
import { type PersonState, personStates, type Role, roles } from '../../../shared/model/roles.ts';
import { Interview } from './interview.ts';
import { Timestamps } from './timestamps.ts';

/** A registered person. `users_email_key` is unique on lower(email), which decorators cannot say. */
@Entity('users')
@Check('users_invitation_check', '(invitation_hash IS NULL) = (invitation_expires_at IS NULL)')
@Index('users_email_key', { synchronize: false })
export class User extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'users_pkey' })
  id: string;

  @Column({ type: 'varchar', length: 320 })
  email: string;

  /** Null while a person was invited and has not set a password yet. */
  @Column({ name: 'password_hash', type: 'varchar', length: 100, nullable: true, select: false })
  passwordHash: string | null;

  @Column({ name: 'email_verified', type: 'boolean', default: false })
  emailVerified: boolean;

  @Column({ type: 'varchar', length: 120 })
  name: string;

  @Column({ type: 'enum', enum: roles, enumName: 'user_role' })
  role: Role;

  @Column({ type: 'enum', enum: personStates, enumName: 'user_state', default: 'ACTIVE' })
  state: PersonState;

  /** SHA-256 in hex of the one-time code with which an invited person sets their password. */
  @Column({ name: 'invitation_hash', type: 'char', length: 64, nullable: true, select: false })
  @Index('users_invitation_hash_key', { unique: true })
  invitationHash: string | null;

  @Column({ name: 'invitation_expires_at', type: 'timestamptz', nullable: true })
  invitationExpiresAt: Date | null;

  @OneToMany(
    () => Interview,
    (interview) => interview.user,
  )
  interviews: Relation<Interview[]>;
}
