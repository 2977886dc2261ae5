import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Interviews that are gone for good, so that every machine that has recordings of one can remove its own. */
export class PurgedInterviews1795453204000 implements MigrationInterface {
  name = 'PurgedInterviews1795453204000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE purged_interviews (
        id uuid CONSTRAINT purged_interviews_pkey PRIMARY KEY,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE purged_interviews');
  }
}
