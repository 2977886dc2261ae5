import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Interviewers' independent evaluations: a scorecard each, its ratings, and the trace of submitting and reopening. */
export class Scorecards1795453224000 implements MigrationInterface {
  name = 'Scorecards1795453224000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TYPE scorecard_state AS ENUM ('DRAFT', 'SUBMITTED');
      CREATE TYPE recommendation AS ENUM ('STRONG_YES', 'YES', 'NO', 'DEFINITELY_NO');

      CREATE TABLE scorecards (
        id uuid CONSTRAINT scorecards_pkey PRIMARY KEY,
        interview_id uuid NOT NULL
          CONSTRAINT scorecards_interview_id_fkey REFERENCES interviews (id) ON DELETE CASCADE,
        interviewer_id uuid NOT NULL
          CONSTRAINT scorecards_interviewer_id_fkey REFERENCES users (id) ON DELETE CASCADE,
        state scorecard_state NOT NULL DEFAULT 'DRAFT',
        recommendation recommendation,
        takeaways text NOT NULL DEFAULT '',
        private_notes text NOT NULL DEFAULT '',
        shared_notes text NOT NULL DEFAULT '',
        submitted_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT scorecards_submitted_check CHECK (
          (state = 'SUBMITTED') = (submitted_at IS NOT NULL) AND (state = 'DRAFT' OR recommendation IS NOT NULL)
        )
      );
      CREATE UNIQUE INDEX scorecards_interview_id_interviewer_id_key ON scorecards (interview_id, interviewer_id);
      CREATE INDEX scorecards_interviewer_id_idx ON scorecards (interviewer_id);

      CREATE TABLE ratings (
        id uuid CONSTRAINT ratings_pkey PRIMARY KEY,
        scorecard_id uuid NOT NULL
          CONSTRAINT ratings_scorecard_id_fkey REFERENCES scorecards (id) ON DELETE CASCADE,
        question_id uuid
          CONSTRAINT ratings_question_id_fkey REFERENCES questions (id) ON DELETE CASCADE,
        competency varchar(100),
        level smallint NOT NULL CONSTRAINT ratings_level_check CHECK (level BETWEEN 1 AND 5),
        evidence text NOT NULL DEFAULT '',
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT ratings_subject_check CHECK ((question_id IS NULL) <> (competency IS NULL))
      );
      CREATE UNIQUE INDEX ratings_scorecard_id_question_id_key ON ratings (scorecard_id, question_id)
        WHERE question_id IS NOT NULL;
      CREATE UNIQUE INDEX ratings_scorecard_id_competency_key ON ratings (scorecard_id, competency)
        WHERE competency IS NOT NULL;
      CREATE INDEX ratings_scorecard_id_idx ON ratings (scorecard_id);
      CREATE INDEX ratings_question_id_idx ON ratings (question_id);

      -- The same question in different interviews, newest last, and in an order that says nothing: by what is random in
      -- the keys.
      CREATE INDEX questions_same_idx ON questions ((coalesce(library_question_id::text, md5(content))), id);
      CREATE INDEX questions_same_shuffled_idx ON questions
        ((coalesce(library_question_id::text, md5(content))), (right(id::text, 12) COLLATE "C"), id);

      CREATE TYPE scorecard_act AS ENUM ('SUBMITTED', 'REOPENED');
      CREATE TABLE scorecard_events (
        id uuid CONSTRAINT scorecard_events_pkey PRIMARY KEY,
        scorecard_id uuid NOT NULL
          CONSTRAINT scorecard_events_scorecard_id_fkey REFERENCES scorecards (id) ON DELETE CASCADE,
        act scorecard_act NOT NULL,
        reason text NOT NULL DEFAULT '',
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX scorecard_events_scorecard_id_idx ON scorecard_events (scorecard_id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP INDEX questions_same_idx, questions_same_shuffled_idx;
      DROP TABLE scorecard_events, ratings, scorecards;
      DROP TYPE scorecard_act;
      DROP TYPE recommendation;
      DROP TYPE scorecard_state;
    `);
  }
}
