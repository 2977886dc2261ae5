import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Timestamps } from './timestamps.ts';

/** A setting that everybody on this database shares. */
@Entity('settings')
export class Setting extends Timestamps {
  @PrimaryColumn({ type: 'varchar', length: 100, primaryKeyConstraintName: 'settings_pkey' })
  key: string;

  @Column({ type: 'jsonb' })
  value: unknown;
}
