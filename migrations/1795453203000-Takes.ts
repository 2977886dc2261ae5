import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The recordings of an answer. */
export class Takes1795453203000 implements MigrationInterface {
  name = 'Takes1795453203000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TYPE take_state AS ENUM ('RECORDING', 'STOPPED', 'FINISHED');

      CREATE TABLE takes (
        id uuid CONSTRAINT takes_pkey PRIMARY KEY,
        answer_id uuid NOT NULL
          CONSTRAINT takes_answer_id_fkey REFERENCES answers (id) ON DELETE CASCADE,
        number integer NOT NULL CONSTRAINT takes_number_check CHECK (number > 0),
        state take_state NOT NULL DEFAULT 'RECORDING',
        chosen boolean NOT NULL DEFAULT false,
        recovered boolean NOT NULL DEFAULT false,
        mime_type varchar(100) NOT NULL,
        duration_ms integer,
        size_bytes integer,
        sha256 char(64),
        started_at timestamptz NOT NULL,
        stopped_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT takes_finished_check CHECK (
          state <> 'FINISHED' OR (duration_ms IS NOT NULL AND size_bytes IS NOT NULL AND sha256 IS NOT NULL)
        )
      );
      CREATE UNIQUE INDEX takes_answer_id_number_key ON takes (answer_id, number);
      CREATE UNIQUE INDEX takes_answer_id_chosen_key ON takes (answer_id) WHERE chosen;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE takes;
      DROP TYPE take_state;
    `);
  }
}
