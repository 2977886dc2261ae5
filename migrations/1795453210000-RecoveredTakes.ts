import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a person decides about a take that was recovered after a crash: they keep it, or they discard it. */
export class RecoveredTakes1795453210000 implements MigrationInterface {
  name = 'RecoveredTakes1795453210000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE takes
        ADD COLUMN kept_at timestamptz,
        ADD COLUMN discarded_at timestamptz,
        ADD CONSTRAINT takes_discarded_check CHECK (discarded_at IS NULL OR NOT chosen);
      CREATE INDEX takes_discarded_at_idx ON takes (discarded_at) WHERE discarded_at IS NOT NULL;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP INDEX takes_discarded_at_idx;
      ALTER TABLE takes
        DROP CONSTRAINT takes_discarded_check,
        DROP COLUMN discarded_at,
        DROP COLUMN kept_at;
    `);
  }
}
