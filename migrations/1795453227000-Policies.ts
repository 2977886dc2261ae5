import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Retention: what goes when, what has been announced, what is kept all the same, and what a run has done. Rows of takes and
 * answers outlive what was said in them, and say when it went.
 */
export class Policies1795453227000 implements MigrationInterface {
  name = 'Policies1795453227000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TYPE retention_what AS ENUM ('RECORDINGS', 'TRANSCRIPTS', 'INTERVIEWS');
      CREATE TABLE retention_rules (
        id uuid CONSTRAINT retention_rules_pkey PRIMARY KEY,
        what retention_what NOT NULL,
        kinds interview_kind[] NOT NULL,
        statuses interview_status[] NOT NULL,
        days integer NOT NULL,
        grace_days integer NOT NULL,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT retention_rules_days_check CHECK (days BETWEEN 1 AND 3650 AND grace_days BETWEEN 0 AND 365),
        CONSTRAINT retention_rules_which_check CHECK (
          cardinality(kinds) > 0 AND cardinality(statuses) > 0
          AND NOT 'IN_PROGRESS' = ANY (statuses)
          AND (what = 'INTERVIEWS' OR NOT 'PENDING' = ANY (statuses))
        )
      );
      CREATE TABLE retention_notices (
        interview_id uuid CONSTRAINT retention_notices_interview_id_fkey REFERENCES interviews (id) ON DELETE CASCADE,
        what retention_what,
        announced_at timestamptz NOT NULL,
        due_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT retention_notices_pkey PRIMARY KEY (interview_id, what)
      );
      CREATE INDEX retention_notices_due_at_idx ON retention_notices (due_at, interview_id, what);
      CREATE TABLE retention_holds (
        interview_id uuid CONSTRAINT retention_holds_pkey PRIMARY KEY
          CONSTRAINT retention_holds_interview_id_fkey REFERENCES interviews (id) ON DELETE CASCADE,
        held_by uuid CONSTRAINT retention_holds_held_by_fkey REFERENCES users (id) ON DELETE SET NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX retention_holds_held_by_idx ON retention_holds (held_by);
      CREATE TABLE retention_runs (
        id uuid CONSTRAINT retention_runs_pkey PRIMARY KEY,
        actor_id uuid CONSTRAINT retention_runs_actor_id_fkey REFERENCES users (id) ON DELETE SET NULL,
        ended_at timestamptz,
        recordings integer NOT NULL DEFAULT 0,
        bytes bigint NOT NULL DEFAULT 0,
        transcripts integer NOT NULL DEFAULT 0,
        interviews integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX retention_runs_actor_id_idx ON retention_runs (actor_id);
      CREATE INDEX retention_runs_created_at_idx ON retention_runs (created_at);

      ALTER TABLE takes ADD COLUMN removed_at timestamptz;
      CREATE INDEX takes_removed_at_idx ON takes (removed_at) WHERE removed_at IS NOT NULL;
      ALTER TABLE answers ADD COLUMN transcript_removed_at timestamptz;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE answers DROP COLUMN transcript_removed_at;
      ALTER TABLE takes DROP COLUMN removed_at;
      DROP TABLE retention_runs;
      DROP TABLE retention_holds;
      DROP TABLE retention_notices;
      DROP TABLE retention_rules;
      DROP TYPE retention_what;
    `);
  }
}
