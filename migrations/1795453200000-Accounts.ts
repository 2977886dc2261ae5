import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, their sessions, the slowing of wrong sign-ins, and settings that a team shares. */
export class Accounts1795453200000 implements MigrationInterface {
  name = 'Accounts1795453200000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TYPE user_role AS ENUM ('CANDIDATE', 'INTERVIEWER', 'ADMIN');
      CREATE TYPE user_state AS ENUM ('ACTIVE', 'DISABLED');

      CREATE TABLE users (
        id uuid CONSTRAINT users_pkey PRIMARY KEY,
        email varchar(320) NOT NULL,
        password_hash varchar(100) NOT NULL,
        email_verified boolean NOT NULL DEFAULT false,
        name varchar(120) NOT NULL,
        role user_role NOT NULL,
        state user_state NOT NULL DEFAULT 'ACTIVE',
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX users_email_key ON users (lower(email));

      CREATE TABLE sessions (
        id uuid CONSTRAINT sessions_pkey PRIMARY KEY,
        user_id uuid NOT NULL
          CONSTRAINT sessions_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
        token_hash char(64) NOT NULL,
        label varchar(200) NOT NULL,
        remembered boolean NOT NULL,
        last_used_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX sessions_user_id_idx ON sessions (user_id);
      CREATE UNIQUE INDEX sessions_token_hash_key ON sessions (token_hash);

      CREATE TABLE sign_in_throttles (
        email_hash char(64) CONSTRAINT sign_in_throttles_pkey PRIMARY KEY,
        failures integer NOT NULL,
        blocked_until timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE settings (
        key varchar(100) CONSTRAINT settings_pkey PRIMARY KEY,
        value jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE settings, sign_in_throttles, sessions, users;
      DROP TYPE user_state;
      DROP TYPE user_role;
    `);
  }
}
