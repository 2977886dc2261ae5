import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { type ConsentDecision, consentDecisions } from '../../../shared/model/consent.ts';
import { ConsentText } from './consent-text.ts';
import { Interview } from './interview.ts';
import { Timestamps } from './timestamps.ts';
import { User } from './user.ts';

/**
 * What a candidate said to a consent text, once for each time they said it; the newest counts. A trigger,
 * `consents_append_only`, lets nobody change what was said.
 */
@Entity('consents')
export class Consent extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'consents_pkey' })
  id: string;

  @Column({ name: 'interview_id', type: 'uuid' })
  @Index('consents_interview_id_idx')
  interviewId: string;

  @ManyToOne(() => Interview, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'interview_id', foreignKeyConstraintName: 'consents_interview_id_fkey' })
  interview: Relation<Interview>;

  @Column({ name: 'consent_text_id', type: 'uuid' })
  @Index('consents_consent_text_id_idx')
  consentTextId: string;

  @ManyToOne(() => ConsentText, { onDelete: 'RESTRICT', nullable: false })
  @JoinColumn({ name: 'consent_text_id', foreignKeyConstraintName: 'consents_consent_text_id_fkey' })
  consentText: Relation<ConsentText>;

  @Column({ type: 'enum', enum: consentDecisions, enumName: 'consent_decision' })
  decision: ConsentDecision;

  @Column({ name: 'decided_at', type: 'timestamptz' })
  decidedAt: Date;

  /** Who was signed in: the candidate themselves, or the interviewer who asked them. */
  @Column({ name: 'recorded_by', type: 'uuid', nullable: true })
  @Index('consents_recorded_by_idx')
  recordedById: string | null;

  @ManyToOne(() => User, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'recorded_by', foreignKeyConstraintName: 'consents_recorded_by_fkey' })
  recordedBy: Relation<User> | null;
}
