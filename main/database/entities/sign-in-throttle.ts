import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Timestamps } from './timestamps.ts';

/** Wrong sign-ins for one address, whether or not an account has it. */
@Entity('sign_in_throttles')
export class SignInThrottle extends Timestamps {
  /** SHA-256 of the lower-cased address, in hex, so that mistyped secrets are not kept here. */
  @PrimaryColumn({
    name: 'email_hash',
    type: 'char',
    length: 64,
    primaryKeyConstraintName: 'sign_in_throttles_pkey',
  })
  emailHash: string;

  @Column({ type: 'integer' })
  failures: number;

  @Column({ name: 'blocked_until', type: 'timestamptz', nullable: true })
  blockedUntil: Date | null;
}
