import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What interviewers keep about a candidate, and people who were invited: they have no password yet, but a one-time code
 * to set it with.
 */
export class Candidates1795453221000 implements MigrationInterface {
  name = 'Candidates1795453221000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE users
        ALTER COLUMN password_hash DROP NOT NULL,
        ADD COLUMN invitation_hash char(64),
        ADD COLUMN invitation_expires_at timestamptz,
        ADD CONSTRAINT users_invitation_check
          CHECK ((invitation_hash IS NULL) = (invitation_expires_at IS NULL));
      CREATE UNIQUE INDEX users_invitation_hash_key ON users (invitation_hash);

      CREATE TABLE candidate_profiles (
        user_id uuid CONSTRAINT candidate_profiles_pkey PRIMARY KEY
          CONSTRAINT candidate_profiles_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
        headline varchar(200) NOT NULL DEFAULT '',
        phone varchar(50) NOT NULL DEFAULT '',
        notes text NOT NULL DEFAULT '',
        tags text[] NOT NULL DEFAULT '{}',
        time_multiplier numeric(3, 2) NOT NULL DEFAULT 1,
        extra_takes integer NOT NULL DEFAULT 0,
        accommodation_note text NOT NULL DEFAULT '',
        version integer NOT NULL DEFAULT 1,
        archived_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT candidate_profiles_accommodation_check
          CHECK (time_multiplier BETWEEN 1 AND 5 AND extra_takes BETWEEN 0 AND 10)
      );
      CREATE INDEX candidate_profiles_tags_idx ON candidate_profiles USING gin (tags);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE candidate_profiles;
      DROP INDEX users_invitation_hash_key;
      ALTER TABLE users
        DROP CONSTRAINT users_invitation_check,
        DROP COLUMN invitation_expires_at,
        DROP COLUMN invitation_hash;
      -- No password has an empty hash, so these still cannot sign in.
      UPDATE users SET password_hash = '' WHERE password_hash IS NULL;
      ALTER TABLE users ALTER COLUMN password_hash SET NOT NULL;
    `);
  }
}
