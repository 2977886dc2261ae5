import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { afterEach, describe, expect, test } from 'vitest';
import {
  applyPending,
  ForeignTablesError,
  MigrationError,
  NewerSchemaError,
  revertLast,
  schemaState,
} from '../../main/database/migrator.ts';
import { migrations } from '../../migrations/index.ts';
import { onServer, openTestDatabase, type TestDatabase, testEngines } from '../fixtures/databases.ts';

const id = (n: number) => `'00000000-0000-7000-8000-${String(n).padStart(12, '0')}'`;

/**
 * For each migration, rows as they are written right after it: those that come later run over them. A new migration
 * needs an entry here; one that makes no table can have an empty one.
 */
const rowsAfter: Record<string, string[]> = {
  Accounts1795453200000: [
    `INSERT INTO users (id, email, password_hash, name, role) VALUES (${id(1)}, 'a@example.org', 'x', 'Ä', 'ADMIN')`,
    `INSERT INTO sessions (id, user_id, token_hash, label, remembered, last_used_at, expires_at)
       VALUES (${id(2)}, ${id(1)}, repeat('a', 64), 'here', true, now(), now())`,
    `INSERT INTO sign_in_throttles (email_hash, failures) VALUES (repeat('b', 64), 3)`,
    `INSERT INTO settings (key, value) VALUES ('k', '{"a": [1]}')`,
  ],
  Library1795453201000: [
    `INSERT INTO library_questions (id, slug, content, difficulty, competency, covers, probes, levels)
       VALUES (${id(3)}, 's', 'Why?', 'HARD', 'c', '[]', '[]', '[1,2,3,4,5]')`,
  ],
  Interviews1795453202000: [
    `INSERT INTO interviews (id, user_id, kind, title, status, difficulty, started_at)
       VALUES (${id(4)}, ${id(1)}, 'PRACTICE', 'T', 'IN_PROGRESS', 'SENIOR', now())`,
    `INSERT INTO questions (id, interview_id, position, content, difficulty, competency, covers, probes, levels,
                            library_question_id, think_time_ms, answer_time_ms, takes_allowed)
       VALUES (${id(5)}, ${id(4)}, 0, 'Why?', 'HARD', 'c', '[]', '[]', '[1,2,3,4,5]', ${id(3)}, 0, 1, 1)`,
    `INSERT INTO answers (id, question_id, transcript, score, level)
       VALUES (${id(6)}, ${id(5)}, 'Because.', 75, 4)`,
  ],
  Takes1795453203000: [
    `INSERT INTO takes (id, answer_id, number, chosen, mime_type, started_at)
       VALUES (${id(7)}, ${id(6)}, 1, true, 'audio/webm', now())`,
  ],
  PurgedInterviews1795453204000: [`INSERT INTO purged_interviews (id) VALUES (${id(8)})`],
  RecoveredTakes1795453210000: [
    `UPDATE takes SET recovered = true, chosen = false, discarded_at = now() WHERE id = ${id(7)}`,
  ],
  QuestionLibrary1795453220000: [
    `UPDATE library_questions SET content = 'Why not?', tags = '{a,b}', changed_by = ${id(1)}`,
    `UPDATE questions SET library_version = 2, asked_at = now()`,
  ],
  Candidates1795453221000: [
    `UPDATE users SET password_hash = NULL, invitation_hash = repeat('c', 64), invitation_expires_at = now()`,
    `INSERT INTO candidate_profiles (user_id, tags, time_multiplier) VALUES (${id(1)}, '{a,b}', 1.5)`,
  ],
  Kits1795453222000: [
    `INSERT INTO consent_texts (id, name, version, body) VALUES (${id(10)}, 'Recording', 1, 'We record.')`,
    `INSERT INTO interview_kits (id, name) VALUES (${id(11)}, 'Backend')`,
    `INSERT INTO interview_kit_versions (id, kit_id, version, name, definition)
       VALUES (${id(12)}, ${id(11)}, 1, 'Backend', '{}')`,
  ],
  ConductedInterviews1795453223000: [
    `UPDATE interviews SET interviewer_id = ${id(1)}, kit_version_id = ${id(12)}, consent_text_id = ${id(10)},
       current_question_id = ${id(5)}`,
    `INSERT INTO panel_members (id, interview_id, user_id) VALUES (${id(13)}, ${id(4)}, ${id(1)})`,
    `INSERT INTO consents (id, interview_id, consent_text_id, decision, decided_at, recorded_by)
       VALUES (${id(14)}, ${id(4)}, ${id(10)}, 'AGREED', now(), ${id(1)})`,
    `UPDATE takes SET consent_id = ${id(14)}`,
    `INSERT INTO notes (id, interview_id, author_id, question_id, take_id, at_ms, body, noted_at)
       VALUES (${id(15)}, ${id(4)}, ${id(1)}, ${id(5)}, ${id(7)}, 1000, 'Good point', now())`,
  ],
  Scorecards1795453224000: [
    `INSERT INTO scorecards (id, interview_id, interviewer_id, state, recommendation, submitted_at)
       VALUES (${id(16)}, ${id(4)}, ${id(1)}, 'SUBMITTED', 'YES', now())`,
    `INSERT INTO ratings (id, scorecard_id, question_id, level) VALUES (${id(17)}, ${id(16)}, ${id(5)}, 4)`,
    `INSERT INTO scorecard_events (id, scorecard_id, act) VALUES (${id(18)}, ${id(16)}, 'SUBMITTED')`,
  ],
  SavedFilters1795453225000: [
    `INSERT INTO saved_filters (id, user_id, screen, name, filter)
       VALUES (${id(19)}, ${id(1)}, 'history', 'Seniors', '{"level": "SENIOR"}')`,
  ],
  AuditLog1795453226000: [
    `INSERT INTO audit_entries (id, actor_id, actor_name, action, subject_kind, subject_id, subject_label, after)
       VALUES (${id(20)}, ${id(1)}, 'Ä', 'people.setState', 'person', ${id(1)}, 'Ä', '{"state": "DISABLED"}')`,
  ],
  Policies1795453227000: [
    `INSERT INTO retention_rules (id, what, kinds, statuses, days, grace_days)
       VALUES (${id(21)}, 'RECORDINGS', '{LIVE,ONE_WAY}', '{COMPLETED}', 90, 14)`,
    `INSERT INTO retention_notices (interview_id, what, announced_at, due_at)
       VALUES (${id(4)}, 'RECORDINGS', now(), now() + interval '14 days')`,
    `INSERT INTO retention_holds (interview_id, held_by) VALUES (${id(4)}, ${id(1)})`,
    `INSERT INTO retention_runs (id, actor_id, recordings, bytes) VALUES (${id(22)}, ${id(1)}, 3, 5000000000)`,
    `UPDATE takes SET removed_at = now()`,
    `UPDATE answers SET transcript = '', transcript_removed_at = now()`,
  ],
};

const names = migrations.map((migration) => new migration().name);

let databases: TestDatabase[] = [];
afterEach(async () => {
  await Promise.all(databases.map((database) => database.close()));
  databases = [];
});

async function emptyDatabase(engine: 'embedded' | 'server'): Promise<DataSource> {
  const database = await openTestDatabase(engine, { migrated: false });
  databases.push(database);
  return database.dataSource;
}

/** Makes a data source know other migrations than the app's. */
function knowing(dataSource: DataSource, known: MigrationInterface[]): DataSource {
  return Object.assign(dataSource, { migrations: known });
}

const all = () => migrations.map((migration) => new migration());

/** All that a migration could have left behind, by the catalogues. */
async function schemaOf(dataSource: DataSource): Promise<string[]> {
  const rows: { line: string }[] = await dataSource.query(`
    SELECT format('column %s.%s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                  a.attnotnull, pg_get_expr(d.adbin, d.adrelid)) AS line
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE c.relnamespace = current_schema()::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = current_schema()
    UNION ALL SELECT format('constraint %s %s', conname, pg_get_constraintdef(oid)) FROM pg_constraint
               WHERE connamespace = current_schema()::regnamespace
    UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc
               WHERE pronamespace = current_schema()::regnamespace
    UNION ALL SELECT format('type %s %s', t.typname, e.enumlabel) FROM pg_type t LEFT JOIN pg_enum e ON e.enumtypid = t.oid
               WHERE t.typnamespace = current_schema()::regnamespace AND t.typtype = 'e'
    UNION ALL SELECT 'sequence ' || relname FROM pg_class
               WHERE relnamespace = current_schema()::regnamespace AND relkind = 'S'`);
  return rows
    .map((row) => row.line)
    .filter((line) => !/\bmigrations|PK_/.test(line))
    .sort();
}

async function countsOf(dataSource: DataSource): Promise<Record<string, number>> {
  const tables: { name: string }[] = await dataSource.query(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'migrations'`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [row]: { n: number }[] = await dataSource.query(`SELECT count(*)::int AS n FROM ${name}`);
    counts[name] = row?.n ?? 0;
  }
  return counts;
}

const nobodyWaits = () => {
  throw new Error('nobody else is there to wait for');
};

describe('the list of migrations', () => {
  test('is in order, and each has the name of its class', () => {
    const times = names.map((name) => Number(name.slice(-13)));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(names).toEqual(migrations.map((migration) => migration.name));
  });

  test('has rows here for each to run over', () => {
    expect(Object.keys(rowsAfter)).toEqual(names);
  });
});

describe.each(testEngines)('every migration: %s', (engine) => {
  test('runs over data, keeps it, and can be reverted to what was there before', async () => {
    const dataSource = await emptyDatabase(engine);
    const schemas = [await schemaOf(dataSource)];
    const counts = [await countsOf(dataSource)];
    for (const [index, name] of names.entries()) {
      knowing(dataSource, all().slice(0, index + 1));
      expect(await applyPending(dataSource, nobodyWaits)).toEqual([name]);
      schemas.push(await schemaOf(dataSource));
      expect(await countsOf(dataSource)).toMatchObject(counts[index] ?? {});
      for (const row of rowsAfter[name] ?? []) await dataSource.query(row);
      counts.push(await countsOf(dataSource));
    }
    expect(schemas[0]).toEqual([]);
    expect(new Set(schemas.map(String)).size).toBe(names.length + 1);
    for (const [index, name] of [...names.entries()].reverse()) {
      expect(await revertLast(dataSource, nobodyWaits)).toBe(name);
      expect(await schemaOf(dataSource)).toEqual(schemas[index]);
      expect(await countsOf(dataSource)).toEqual(counts[index]);
    }
    expect(await revertLast(dataSource, nobodyWaits)).toBe(null);
    expect(await applyPending(dataSource, nobodyWaits)).toEqual(names);
    expect(await applyPending(dataSource, nobodyWaits)).toEqual([]);
  });
});

class First1900000000000 implements MigrationInterface {
  name = 'First1900000000000';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE TABLE first (id integer)');
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE first');
  }
}

class Second1900000001000 implements MigrationInterface {
  name = 'Second1900000001000';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE TABLE second (id integer)');
    await queryRunner.query(`
      INSERT INTO first VALUES (1);
      ALTER TABLE second ADD COLUMN "naïve 🎙" nosuchtype;
      INSERT INTO first VALUES (2);
    `);
  }
  async down(): Promise<void> {}
}

describe.each(testEngines)('the migrator: %s', (engine) => {
  test('a migration that fails is undone, those before it stay, and the error says where', async () => {
    const dataSource = knowing(await emptyDatabase(engine), [
      new First1900000000000(),
      new Second1900000001000(),
    ]);
    const error = await applyPending(dataSource, nobodyWaits).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MigrationError);
    expect(error).toMatchObject({
      migration: 'Second1900000001000',
      statement: 'ALTER TABLE second ADD COLUMN "naïve 🎙" nosuchtype;',
    });
    expect(await schemaState(dataSource)).toEqual({
      applied: ['First1900000000000'],
      pending: ['Second1900000001000'],
      newer: [],
      foreignTables: [],
    });
    expect(await countsOf(dataSource)).toEqual({ first: 0 });
    // The lock is free again, and so is the connection.
    await expect(applyPending(dataSource, nobodyWaits)).rejects.toThrow('Second1900000001000');
    expect(await revertLast(dataSource, nobodyWaits)).toBe('First1900000000000');
    expect(await countsOf(dataSource)).toEqual({});
  });

  test('what a newer Parley has applied is neither built upon nor reverted', async () => {
    const dataSource = await emptyDatabase(engine);
    await applyPending(knowing(dataSource, [...all(), new First1900000000000()]), nobodyWaits);
    knowing(dataSource, all());
    expect((await schemaState(dataSource)).newer).toEqual(['First1900000000000']);
    await expect(applyPending(dataSource, nobodyWaits)).rejects.toBeInstanceOf(NewerSchemaError);
    await expect(revertLast(dataSource, nobodyWaits)).rejects.toThrow('newer Parley');
    expect((await countsOf(dataSource)).first).toBe(0);
  });

  test('tables of our names that no migration made are somebody else’s', async () => {
    const dataSource = await emptyDatabase(engine);
    await dataSource.query('CREATE TABLE users (id integer); CREATE TABLE theirs (id integer)');
    await expect(applyPending(dataSource, nobodyWaits)).rejects.toBeInstanceOf(ForeignTablesError);
    expect(await countsOf(dataSource)).toEqual({ theirs: 0, users: 0 });
  });

  test('tables of other names do not hinder', async () => {
    const dataSource = await emptyDatabase(engine);
    await dataSource.query('CREATE TABLE theirs (id integer)');
    expect(await applyPending(dataSource, nobodyWaits)).toEqual(names);
  });
});

describe.runIf(testEngines.includes('server'))('two migrators on a server', () => {
  test('one waits for the other, and is told for whom', async () => {
    const dataSource = await emptyDatabase('server');
    const holder = dataSource.createQueryRunner();
    await holder.query('SELECT pg_advisory_lock(1348563564, 1)');
    let applied: Promise<string[]> = Promise.resolve([]);
    const told = await new Promise<string>((resolve) => {
      applied = applyPending(dataSource, resolve);
    });
    expect(told).toMatch(/^parley_test at 127\.0\.0\.1 \(Parley, session \d+, since 20.*Z\)$/);
    expect((await schemaState(dataSource)).applied).toEqual([]);
    await holder.query('SELECT pg_advisory_unlock(1348563564, 1)');
    await holder.release();
    expect(await applied).toEqual(names);
  });

  test('two at once apply each migration once', async () => {
    const one = await emptyDatabase('server');
    const two = new DataSource({ ...one.options });
    await two.initialize();
    const applied = await Promise.all(
      [one, two].map((dataSource) => applyPending(dataSource, () => undefined)),
    );
    expect(applied.flat()).toEqual(names);
    await two.destroy();
  });

  test('a database of another name and another locale is no different', async () => {
    const dataSource = await emptyDatabase('server');
    const name = `${dataSource.driver.database} "Zürich"`;
    await onServer(
      `CREATE DATABASE "${name.replaceAll('"', '""')}" TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR' LOCALE 'C'`,
    );
    const other = new DataSource({
      ...dataSource.options,
      ...{ extra: { ...(dataSource.options as { extra: object }).extra, database: name } },
    } as typeof dataSource.options);
    await other.initialize();
    expect(await applyPending(other, nobodyWaits)).toEqual(names);
    const { upQueries } = await other.driver.createSchemaBuilder().log();
    expect(upQueries).toEqual([]);
    await other.destroy();
    await onServer(`DROP DATABASE "${name.replaceAll('"', '""')}"`);
  });
});
