import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { type ScorecardAct, scorecardActs } from '../../../shared/model/scorecard.ts';
import { Scorecard } from './scorecard.ts';
import { Timestamps } from './timestamps.ts';

/** That a scorecard was submitted or reopened, and when. */
@Entity('scorecard_events')
export class ScorecardEvent extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'scorecard_events_pkey' })
  id: string;

  @Column({ name: 'scorecard_id', type: 'uuid' })
  @Index('scorecard_events_scorecard_id_idx')
  scorecardId: string;

  @ManyToOne(() => Scorecard, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'scorecard_id', foreignKeyConstraintName: 'scorecard_events_scorecard_id_fkey' })
  scorecard: Relation<Scorecard>;

  @Column({ type: 'enum', enum: scorecardActs, enumName: 'scorecard_act' })
  act: ScorecardAct;

  @Column({ type: 'text', default: '' })
  reason: string;
}
