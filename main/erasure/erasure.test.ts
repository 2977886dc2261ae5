import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { addDeskInterview } from '../../tests/fixtures/desk.ts';
import {
  beginPractice,
  startInterviews,
  type TestInterviews,
  type TestPerson,
} from '../../tests/fixtures/interviews.ts';
import { insertRow } from '../../tests/fixtures/rows.ts';
import { audit, erasedName } from '../audit/audit.ts';
import { createErasure } from './erasure.ts';

describe.each(testEngines)('erasing a person on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let admin: TestPerson;
  const ended: string[] = [];
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    app = await startInterviews(database, engine, database.paths.recordings, (parts) => ({
      ...createErasure({
        ...{ database: parts.database, log: parts.log, endSessions: (id) => ended.push(id) },
        backupsHolding: async () => [],
        purge: () => app.interviews.purgeDeleted(),
      }).handlers,
    }));
    admin = await app.addPerson('ADMIN');
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  const query = <T = Record<string, unknown>>(sql: string, parameters?: unknown[]) =>
    database.dataSource.query<T[]>(sql, parameters);
  const erase = (id: string, name = 'Test') => admin.value('erasure.erase', { id, name });
  /** Every table that has the id of somebody anywhere in a row. */
  async function tablesNaming(id: string): Promise<string[]> {
    const tables = await query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables
       WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await query(`SELECT FROM "${name}" AS t WHERE t::text LIKE '%' || $1 || '%' LIMIT 1`, [
        id,
      ]);
      if (rows.length > 0) found.push(name);
    }
    return found;
  }

  test('takes everything that is theirs along: rows, recordings, what was noted of them, their name', async () => {
    const person = await app.addPerson();
    const other = await app.addPerson();
    const kept = await beginPractice(other);
    await other.value('recordings.finish', { takeId: await other.speak(kept.first) });
    const practice = await beginPractice(person);
    await person.value('recordings.finish', { takeId: await person.speak(practice.first) });
    const live = await addDeskInterview(database.dataSource, {
      candidateId: person.id,
      interviewerId: admin.id,
    });
    await insertRow(database.dataSource, 'notes', {
      ...{ interview_id: live, author_id: admin.id, body: 'Said something', noted_at: new Date() },
    });
    await audit(database.dataSource.manager, {
      ...{ personId: admin.id, action: 'people.changeRole', to: { role: 'CANDIDATE' } },
      subject: { kind: 'person', id: person.id, label: 'Test' },
    });
    expect(await app.filesOf(practice.id)).not.toEqual([]);

    expect(await admin.value('erasure.preview', { id: person.id })).toEqual({
      ...{ name: 'Test', email: `${person.id}@example.org`, hindrance: null },
      ...{ practices: 1, interviews: 1, recordings: 1, recordingsBytes: expect.any(Number) },
      ...{ notes: 1, scorecards: 0, backups: [] },
    });
    await erase(person.id);

    expect(await app.filesOf(practice.id)).toEqual([]);
    expect(ended).toContain(person.id);
    expect(await tablesNaming(person.id)).toEqual(['audit_entries']);
    expect(await tablesNaming(`${person.id}@`)).toEqual([]);
    // Only that it was purged is known of an interview of theirs, so that other machines remove their files.
    for (const id of [practice.id, live]) expect(await tablesNaming(id)).toEqual(['purged_interviews']);
    const entries = await query(
      `SELECT action, actor_id, subject_label, before, after FROM audit_entries
       WHERE subject_id = $1 ORDER BY created_at, id`,
      [person.id],
    );
    expect(entries).toEqual([
      {
        action: 'people.changeRole',
        actor_id: admin.id,
        subject_label: erasedName,
        before: null,
        after: null,
      },
      {
        ...{ action: 'erasure.erase', actor_id: admin.id, subject_label: erasedName, after: null },
        before: { practices: 1, interviews: 1, recordings: 1 },
      },
    ]);
    expect((await admin.error('erasure.preview', { id: person.id })).code).toBe('NOT_FOUND');

    // Nobody else has lost anything.
    expect((await other.value('interviews.get', { id: kept.id })).questions[0]?.answer?.takes).toHaveLength(
      1,
    );
    expect(await app.filesOf(kept.id)).not.toEqual([]);
  });

  test('needs the name, typed as it is', async () => {
    const person = await app.addPerson();
    const error = await admin.error('erasure.erase', { id: person.id, name: 'test' });
    expect(error).toMatchObject({ code: 'INVALID_INPUT', details: { fields: { name: expect.any(String) } } });
    expect(await tablesNaming(person.id)).toContain('users');
  });

  test('is refused for oneself, and for whoever has judged others', async () => {
    const interviewer = await app.addPerson('INTERVIEWER');
    const candidate = await app.addPerson();
    const wish = { candidateId: candidate.id, interviewerId: interviewer.id };
    await addDeskInterview(database.dataSource, wish);
    for (const id of [admin.id, interviewer.id]) {
      const { hindrance } = await admin.value('erasure.preview', { id });
      expect(await admin.error('erasure.erase', { id, name: 'Test' })).toMatchObject({
        ...{ code: 'CONFLICT', message: hindrance },
      });
    }
    await erase(candidate.id);
    await erase(interviewer.id);
  });

  test('waits for the end of an answer that is being recorded', async () => {
    const person = await app.addPerson();
    const { first } = await beginPractice(person);
    const takeId = await person.speak(first);
    expect((await admin.error('erasure.erase', { id: person.id, name: 'Test' })).message).toMatch(/recorded/);
    await person.value('recordings.finish', { takeId });
    await erase(person.id);
  });

  test('is completed later where a file could not be removed', async () => {
    const person = await app.addPerson();
    const { id, first } = await beginPractice(person);
    await person.value('recordings.finish', { takeId: await person.speak(first) });
    app.diskFails = true;
    await erase(person.id);
    expect(await app.filesOf(id)).not.toEqual([]);
    app.diskFails = false;
    await app.interviews.purgeDeleted();
    expect(await app.filesOf(id)).toEqual([]);
  });

  test.each(['CANDIDATE', 'INTERVIEWER'] as const)('attack: by a %s', async (role) => {
    const somebody = await app.addPerson(role);
    const victim = await app.addPerson();
    expect((await somebody.error('erasure.preview', { id: victim.id })).code).toBe('FORBIDDEN');
    expect((await somebody.error('erasure.erase', { id: victim.id, name: 'Test' })).code).toBe('FORBIDDEN');
    // Demoted on another machine, and not noticed yet.
    const former = await app.addPerson('ADMIN');
    await query(`UPDATE users SET role = $2 WHERE id = $1`, [former.id, role]);
    expect((await former.error('erasure.erase', { id: victim.id, name: 'Test' })).code).toBe('FORBIDDEN');
  });
});
