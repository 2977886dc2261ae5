import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The library of reusable questions. */
export class Library1795453201000 implements MigrationInterface {
  name = 'Library1795453201000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TYPE question_difficulty AS ENUM ('EASY', 'MEDIUM', 'HARD');

      CREATE TABLE library_questions (
        id uuid CONSTRAINT library_questions_pkey PRIMARY KEY,
        slug varchar(200),
        content text NOT NULL,
        difficulty question_difficulty NOT NULL,
        competency varchar(100) NOT NULL,
        covers jsonb NOT NULL,
        probes jsonb NOT NULL,
        levels jsonb NOT NULL
          CONSTRAINT library_questions_levels_check
          CHECK (jsonb_typeof(levels) = 'array' AND jsonb_array_length(levels) = 5),
        archived_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX library_questions_slug_key ON library_questions (slug);
      CREATE INDEX library_questions_competency_difficulty_idx ON library_questions (competency, difficulty);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE library_questions;
      DROP TYPE question_difficulty;
    `);
  }
}
