import { Entity, PrimaryColumn } from 'typeorm';
import { Timestamps } from './timestamps.ts';

/** An interview that was deleted and is gone for good. Its recordings go from each machine as that comes by. */
@Entity('purged_interviews')
export class PurgedInterview extends Timestamps {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'purged_interviews_pkey' })
  id: string;
}
