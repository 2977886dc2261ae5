import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Interviews, their questions and answers, and the trigger that keeps an interview's status on its allowed ways. */
export class Interviews1795453202000 implements MigrationInterface {
  name = 'Interviews1795453202000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TYPE interview_kind AS ENUM ('LIVE', 'ONE_WAY', 'PRACTICE');
      CREATE TYPE interview_status AS ENUM ('PENDING', 'IN_PROGRESS', 'COMPLETED', 'ABANDONED');
      CREATE TYPE interview_difficulty AS ENUM ('JUNIOR', 'MID', 'SENIOR');

      CREATE TABLE interviews (
        id uuid CONSTRAINT interviews_pkey PRIMARY KEY,
        user_id uuid NOT NULL
          CONSTRAINT interviews_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
        kind interview_kind NOT NULL,
        title varchar(200) NOT NULL,
        status interview_status NOT NULL DEFAULT 'PENDING',
        difficulty interview_difficulty NOT NULL,
        started_at timestamptz,
        ended_at timestamptz,
        score numeric(5, 2) CONSTRAINT interviews_score_check CHECK (score BETWEEN 0 AND 100),
        deleted_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT interviews_started_check CHECK (
          (status = 'PENDING' AND started_at IS NULL)
          OR (status IN ('IN_PROGRESS', 'COMPLETED') AND started_at IS NOT NULL)
          OR status = 'ABANDONED'
        ),
        CONSTRAINT interviews_ended_check CHECK (
          (ended_at IS NOT NULL) = (status IN ('COMPLETED', 'ABANDONED'))
        )
      );
      CREATE INDEX interviews_started_at_idx ON interviews (started_at);
      CREATE INDEX interviews_deleted_at_idx ON interviews (deleted_at);
      CREATE INDEX interviews_user_occurred_idx
        ON interviews (user_id, (coalesce(started_at, created_at)), id);
      CREATE INDEX interviews_user_highest_score_idx ON interviews (user_id, (coalesce(score, -1)), id);
      CREATE INDEX interviews_user_lowest_score_idx ON interviews (user_id, (coalesce(score, 101)), id);
      CREATE UNIQUE INDEX interviews_one_practice_key ON interviews (user_id)
        WHERE kind = 'PRACTICE' AND status = 'IN_PROGRESS';

      CREATE FUNCTION check_interview_status_transition() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NOT (
          (OLD.status = 'PENDING' AND NEW.status IN ('IN_PROGRESS', 'ABANDONED'))
          OR (OLD.status = 'IN_PROGRESS' AND NEW.status IN ('COMPLETED', 'ABANDONED'))
        ) THEN
          RAISE EXCEPTION 'An interview cannot go from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'interviews_status_transition';
        END IF;
        RETURN NEW;
      END
      $$;
      CREATE TRIGGER interviews_status_transition BEFORE UPDATE OF status ON interviews
        FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
        EXECUTE FUNCTION check_interview_status_transition();

      CREATE TABLE questions (
        id uuid CONSTRAINT questions_pkey PRIMARY KEY,
        interview_id uuid NOT NULL
          CONSTRAINT questions_interview_id_fkey REFERENCES interviews (id) ON DELETE CASCADE,
        position integer NOT NULL,
        content text NOT NULL,
        difficulty question_difficulty NOT NULL,
        competency varchar(100) NOT NULL,
        covers jsonb NOT NULL,
        probes jsonb NOT NULL,
        levels jsonb NOT NULL
          CONSTRAINT questions_levels_check
          CHECK (jsonb_typeof(levels) = 'array' AND jsonb_array_length(levels) = 5),
        library_question_id uuid
          CONSTRAINT questions_library_question_id_fkey REFERENCES library_questions (id) ON DELETE SET NULL,
        think_time_ms integer NOT NULL,
        answer_time_ms integer NOT NULL,
        takes_allowed integer NOT NULL,
        asked_at timestamptz,
        skipped_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT questions_limits_check
          CHECK (think_time_ms >= 0 AND answer_time_ms > 0 AND takes_allowed > 0)
      );
      CREATE UNIQUE INDEX questions_interview_id_position_key ON questions (interview_id, position);
      CREATE INDEX questions_library_question_id_idx ON questions (library_question_id);

      CREATE TABLE answers (
        id uuid CONSTRAINT answers_pkey PRIMARY KEY,
        question_id uuid NOT NULL
          CONSTRAINT answers_question_id_key UNIQUE
          CONSTRAINT answers_question_id_fkey REFERENCES questions (id) ON DELETE CASCADE,
        transcript text NOT NULL DEFAULT '',
        score numeric(5, 2) CONSTRAINT answers_score_check CHECK (score BETWEEN 0 AND 100),
        level smallint CONSTRAINT answers_level_check CHECK (level BETWEEN 1 AND 5),
        audio_url varchar(300),
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX answers_score_idx ON answers (score);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE answers, questions, interviews;
      DROP FUNCTION check_interview_status_transition();
      DROP TYPE interview_difficulty;
      DROP TYPE interview_status;
      DROP TYPE interview_kind;
    `);
  }
}
