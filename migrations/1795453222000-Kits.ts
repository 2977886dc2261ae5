import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Interview kits and consent texts. Of both every version stays: interviews say which one they were held by. */
export class Kits1795453222000 implements MigrationInterface {
  name = 'Kits1795453222000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE consent_texts (
        id uuid CONSTRAINT consent_texts_pkey PRIMARY KEY,
        name varchar(120) NOT NULL,
        version integer NOT NULL CONSTRAINT consent_texts_version_check CHECK (version > 0),
        body text NOT NULL,
        changed_by uuid
          CONSTRAINT consent_texts_changed_by_fkey REFERENCES users (id) ON DELETE SET NULL,
        archived_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX consent_texts_name_version_key ON consent_texts (name, version);
      CREATE INDEX consent_texts_changed_by_idx ON consent_texts (changed_by);

      CREATE TABLE interview_kits (
        id uuid CONSTRAINT interview_kits_pkey PRIMARY KEY,
        name varchar(200) NOT NULL,
        version integer NOT NULL DEFAULT 1 CONSTRAINT interview_kits_version_check CHECK (version > 0),
        archived_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE interview_kit_versions (
        id uuid CONSTRAINT interview_kit_versions_pkey PRIMARY KEY,
        kit_id uuid NOT NULL
          CONSTRAINT interview_kit_versions_kit_id_fkey REFERENCES interview_kits (id) ON DELETE CASCADE,
        version integer NOT NULL,
        name varchar(200) NOT NULL,
        definition jsonb NOT NULL,
        changed_by uuid
          CONSTRAINT interview_kit_versions_changed_by_fkey REFERENCES users (id) ON DELETE SET NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX interview_kit_versions_kit_id_version_key ON interview_kit_versions (kit_id, version);
      CREATE INDEX interview_kit_versions_changed_by_idx ON interview_kit_versions (changed_by);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE interview_kit_versions, interview_kits, consent_texts');
  }
}
