import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Interviews that are held by interviewers: who is on the panel, by which kit, with which consent, and their notes. */
export class ConductedInterviews1795453223000 implements MigrationInterface {
  name = 'ConductedInterviews1795453223000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE interviews
        ADD COLUMN interviewer_id uuid
          CONSTRAINT interviews_interviewer_id_fkey REFERENCES users (id) ON DELETE SET NULL,
        ADD COLUMN kit_version_id uuid
          CONSTRAINT interviews_kit_version_id_fkey REFERENCES interview_kit_versions (id) ON DELETE SET NULL,
        ADD COLUMN consent_text_id uuid
          CONSTRAINT interviews_consent_text_id_fkey REFERENCES consent_texts (id) ON DELETE RESTRICT,
        ADD COLUMN instructions text NOT NULL DEFAULT '',
        ADD COLUMN rubric jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN scheduled_at timestamptz,
        ADD COLUMN due_at timestamptz,
        ADD COLUMN blind boolean NOT NULL DEFAULT false,
        ADD COLUMN time_multiplier numeric(3, 2) NOT NULL DEFAULT 1,
        ADD COLUMN extra_takes integer NOT NULL DEFAULT 0,
        ADD COLUMN accommodation_note text NOT NULL DEFAULT '',
        ADD COLUMN paused_at timestamptz,
        ADD COLUMN paused_ms integer NOT NULL DEFAULT 0,
        ADD COLUMN current_question_id uuid
          CONSTRAINT interviews_current_question_id_fkey REFERENCES questions (id) ON DELETE SET NULL,
        ADD COLUMN current_since timestamptz,
        ADD CONSTRAINT interviews_accommodation_check
          CHECK (time_multiplier BETWEEN 1 AND 5 AND extra_takes BETWEEN 0 AND 10);
      CREATE INDEX interviews_interviewer_id_idx ON interviews (interviewer_id);
      CREATE INDEX interviews_kit_version_id_idx ON interviews (kit_version_id);
      CREATE INDEX interviews_consent_text_id_idx ON interviews (consent_text_id);
      CREATE INDEX interviews_current_question_id_idx ON interviews (current_question_id);
      CREATE INDEX interviews_desk_idx
        ON interviews ((coalesce(started_at, scheduled_at, created_at)), id) WHERE kind <> 'PRACTICE';

      CREATE TABLE panel_members (
        id uuid CONSTRAINT panel_members_pkey PRIMARY KEY,
        interview_id uuid NOT NULL
          CONSTRAINT panel_members_interview_id_fkey REFERENCES interviews (id) ON DELETE CASCADE,
        user_id uuid NOT NULL
          CONSTRAINT panel_members_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX panel_members_interview_id_user_id_key ON panel_members (interview_id, user_id);
      CREATE INDEX panel_members_user_id_idx ON panel_members (user_id);

      CREATE TYPE consent_decision AS ENUM ('AGREED', 'DECLINED');
      CREATE TABLE consents (
        id uuid CONSTRAINT consents_pkey PRIMARY KEY,
        interview_id uuid NOT NULL
          CONSTRAINT consents_interview_id_fkey REFERENCES interviews (id) ON DELETE CASCADE,
        consent_text_id uuid NOT NULL
          CONSTRAINT consents_consent_text_id_fkey REFERENCES consent_texts (id) ON DELETE RESTRICT,
        decision consent_decision NOT NULL,
        decided_at timestamptz NOT NULL,
        recorded_by uuid
          CONSTRAINT consents_recorded_by_fkey REFERENCES users (id) ON DELETE SET NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX consents_interview_id_idx ON consents (interview_id);
      CREATE INDEX consents_consent_text_id_idx ON consents (consent_text_id);
      CREATE INDEX consents_recorded_by_idx ON consents (recorded_by);

      -- Who noted it may be gone later; what was said, to which text and when, stays as it is.
      CREATE FUNCTION guard_consents() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'What a candidate said to a consent text cannot be changed'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'consents_append_only';
      END
      $$;
      CREATE TRIGGER consents_append_only
        BEFORE UPDATE OF interview_id, consent_text_id, decision, decided_at ON consents
        FOR EACH ROW EXECUTE FUNCTION guard_consents();

      ALTER TABLE takes
        ADD COLUMN consent_id uuid
          CONSTRAINT takes_consent_id_fkey REFERENCES consents (id) ON DELETE SET NULL,
        ADD COLUMN erased_at timestamptz,
        ADD CONSTRAINT takes_erased_check CHECK (erased_at IS NULL OR discarded_at IS NOT NULL);
      CREATE INDEX takes_consent_id_idx ON takes (consent_id);

      CREATE TABLE notes (
        id uuid CONSTRAINT notes_pkey PRIMARY KEY,
        interview_id uuid NOT NULL
          CONSTRAINT notes_interview_id_fkey REFERENCES interviews (id) ON DELETE CASCADE,
        author_id uuid NOT NULL
          CONSTRAINT notes_author_id_fkey REFERENCES users (id) ON DELETE CASCADE,
        question_id uuid
          CONSTRAINT notes_question_id_fkey REFERENCES questions (id) ON DELETE SET NULL,
        take_id uuid
          CONSTRAINT notes_take_id_fkey REFERENCES takes (id) ON DELETE SET NULL,
        at_ms integer CONSTRAINT notes_at_ms_check CHECK (at_ms >= 0),
        body text NOT NULL,
        noted_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX notes_interview_id_noted_at_idx ON notes (interview_id, noted_at);
      CREATE INDEX notes_author_id_idx ON notes (author_id);
      CREATE INDEX notes_question_id_idx ON notes (question_id);
      CREATE INDEX notes_take_id_idx ON notes (take_id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE notes;
      DROP INDEX takes_consent_id_idx;
      ALTER TABLE takes DROP CONSTRAINT takes_erased_check, DROP COLUMN erased_at, DROP COLUMN consent_id;
      DROP TABLE consents;
      DROP FUNCTION guard_consents();
      DROP TYPE consent_decision;
      DROP TABLE panel_members;
      DROP INDEX interviews_interviewer_id_idx, interviews_kit_version_id_idx, interviews_consent_text_id_idx,
        interviews_current_question_id_idx, interviews_desk_idx;
      ALTER TABLE interviews
        DROP CONSTRAINT interviews_accommodation_check,
        DROP COLUMN current_since,
        DROP COLUMN current_question_id,
        DROP COLUMN paused_ms,
        DROP COLUMN paused_at,
        DROP COLUMN accommodation_note,
        DROP COLUMN extra_takes,
        DROP COLUMN time_multiplier,
        DROP COLUMN blind,
        DROP COLUMN due_at,
        DROP COLUMN scheduled_at,
        DROP COLUMN rubric,
        DROP COLUMN instructions,
        DROP COLUMN consent_text_id,
        DROP COLUMN kit_version_id,
        DROP COLUMN interviewer_id;
    `);
  }
}
