import { Column, Entity, Index, OneToMany, PrimaryColumn, type Relation } from 'typeorm';
import { type PersonState, personStates, type Role, roles } from '../../../shared/model/roles.ts';
import { Interview } from './interview.ts';
import { Timestamps } from './timestamps.ts';

/** A registered person. `users_email_key` is unique on lower(email), which decorators cannot say. */
@Entity('users')
@Index('users_email_key', { synchronize: false })
export class User extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'users_pkey' })
  id: string;

  @Column({ type: 'varchar', length: 320 })
  email: string;

  @Column({ name: 'password_hash', type: 'varchar', length: 100, select: false })
  passwordHash: string;

  @Column({ name: 'email_verified', type: 'boolean', default: false })
  emailVerified: boolean;

  @Column({ type: 'varchar', length: 120 })
  name: string;

  @Column({ type: 'enum', enum: roles, enumName: 'user_role' })
  role: Role;

  @Column({ type: 'enum', enum: personStates, enumName: 'user_state', default: 'ACTIVE' })
  state: PersonState;

  @OneToMany(
    () => Interview,
    (interview) => interview.user,
  )
  interviews: Relation<Interview[]>;
}
