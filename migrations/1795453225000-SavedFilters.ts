import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a person has a list narrowed to, kept under a name. */
export class SavedFilters1795453225000 implements MigrationInterface {
  name = 'SavedFilters1795453225000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE saved_filters (
        id uuid CONSTRAINT saved_filters_pkey PRIMARY KEY,
        user_id uuid NOT NULL
          CONSTRAINT saved_filters_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
        screen varchar(40) NOT NULL,
        name varchar(80) NOT NULL,
        filter jsonb NOT NULL
          CONSTRAINT saved_filters_filter_check CHECK (jsonb_typeof(filter) = 'object'),
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX saved_filters_user_id_screen_name_key ON saved_filters (user_id, screen, name);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE saved_filters');
  }
}
