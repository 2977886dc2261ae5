import { CreateDateColumn, UpdateDateColumn } from 'typeorm';

/** When a row was made and last changed. Every table has both. */
export abstract class Timestamps {
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;
}
