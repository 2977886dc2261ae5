import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What people did to others and to the whole of Parley. Entries are added and never changed; the one exception is a person
 * who has been erased: their name goes from what they did, and what was noted of them goes from what was done to them.
 */
export class AuditLog1795453226000 implements MigrationInterface {
  name = 'AuditLog1795453226000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE audit_entries (
        id uuid CONSTRAINT audit_entries_pkey PRIMARY KEY,
        -- No foreign keys: an entry outlives whom and what it is about.
        actor_id uuid,
        actor_name varchar(120) NOT NULL,
        action varchar(100) NOT NULL,
        subject_kind varchar(50),
        subject_id varchar(100),
        subject_label varchar(320),
        before jsonb,
        after jsonb,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT audit_entries_subject_check CHECK ((subject_kind IS NULL) = (subject_label IS NULL))
      );
      CREATE INDEX audit_entries_created_at_id_idx ON audit_entries (created_at, id);
      CREATE INDEX audit_entries_actor_id_idx ON audit_entries (actor_id);
      CREATE INDEX audit_entries_subject_idx ON audit_entries (subject_kind, subject_id);

      CREATE FUNCTION guard_audit_entries() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        erasable text[] := ARRAY['actor_name', 'subject_label', 'before', 'after', 'updated_at'];
      BEGIN
        IF TG_OP = 'UPDATE' THEN
          IF to_jsonb(NEW) - erasable = to_jsonb(OLD) - erasable
            AND (
              NEW.actor_name = OLD.actor_name
              OR (NEW.actor_name = 'Erased person'
                AND NOT EXISTS (SELECT FROM users WHERE users.id = OLD.actor_id))
            )
            AND (
              (NEW.subject_label, NEW.before, NEW.after)
                IS NOT DISTINCT FROM (OLD.subject_label, OLD.before, OLD.after)
              OR (OLD.subject_kind = 'person' AND NEW.subject_label = 'Erased person'
                AND NEW.before IS NULL AND NEW.after IS NULL
                AND NOT EXISTS (SELECT FROM users WHERE users.id::text = OLD.subject_id))
            )
          THEN
            RETURN NEW;
          END IF;
        END IF;
        RAISE EXCEPTION 'The audit log cannot be changed'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_entries_append_only';
      END
      $$;
      CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries
        FOR EACH ROW EXECUTE FUNCTION guard_audit_entries();
      CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries
        FOR EACH STATEMENT EXECUTE FUNCTION guard_audit_entries();
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE audit_entries;
      DROP FUNCTION guard_audit_entries();
    `);
  }
}
