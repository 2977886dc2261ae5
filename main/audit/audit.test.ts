import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf } from '../../shared/contract/index.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { startInterviews, type TestInterviews, type TestPerson } from '../../tests/fixtures/interviews.ts';
import { audit, createAuditLog, erasedName, pseudonymise } from './audit.ts';

describe.each(testEngines)('the audit log on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let admin: TestPerson;
  let actor: TestPerson;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    app = await startInterviews(database, engine, database.paths.recordings, (parts) => ({
      ...createAuditLog(parts).handlers,
    }));
    admin = await app.addPerson('ADMIN');
  });
  beforeEach(async () => {
    actor = await app.addPerson('ADMIN');
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);
  const enter = (act: Partial<Parameters<typeof audit>[1]> = {}) =>
    audit(database.dataSource.manager, { personId: actor.id, action: 'test.act', ...act });
  const list = async (input: InputOf<'audit.list'> = { actorId: actor.id }) =>
    (await admin.value('audit.list', input)).rows;
  const person = (id: string) => ({ kind: 'person', id, label: 'Ada' });
  const nextMillisecond = async () => {
    for (const now = Date.now(); Date.now() === now; ) await new Promise(setImmediate);
  };
  const appendOnly = { driverError: { constraint: 'audit_entries_append_only' } };

  test('says who did what to whom, from what to what, by the names of that time', async () => {
    await enter({ subject: person(admin.id), from: { role: 'CANDIDATE' }, to: { role: 'ADMIN' } });
    await query(`UPDATE users SET name = 'Renamed' WHERE id = $1`, [actor.id]);
    await enter({ action: 'test.other' });
    const entries = await list();
    expect(entries).toEqual([
      {
        ...{ id: expect.any(String), at: expect.any(String), actor: { id: actor.id, name: 'Renamed' } },
        ...{ action: 'test.other', subject: null, from: null, to: null },
      },
      expect.objectContaining({
        ...{ actor: { id: actor.id, name: 'Test' }, action: 'test.act', subject: person(admin.id) },
        ...{ from: { role: 'CANDIDATE' }, to: { role: 'ADMIN' } },
      }),
    ]);
    await enter({ personId: null, action: 'test.byItself' });
    expect(await list({ action: 'test.byItself' })).toMatchObject([{ actor: { id: null, name: 'Parley' } }]);
  });

  test('has no entry of what did not happen', async () => {
    await expect(
      database.dataSource.transaction(async (manager) => {
        await audit(manager, { personId: actor.id, action: 'test.act' });
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(await list()).toEqual([]);
  });

  test.each([
    `UPDATE audit_entries SET action = 'nothing'`,
    `UPDATE audit_entries SET actor_name = 'Somebody else'`,
    `UPDATE audit_entries SET actor_name = 'Erased person'`,
    `UPDATE audit_entries SET subject_label = 'Erased person', before = NULL, after = NULL`,
    `UPDATE audit_entries SET after = NULL`,
    `UPDATE audit_entries SET created_at = now()`,
    'DELETE FROM audit_entries',
    'TRUNCATE audit_entries',
  ])('attack: %s', async (sql) => {
    await enter({ subject: person(admin.id), to: { state: 'DISABLED' } });
    const before = await query('SELECT * FROM audit_entries ORDER BY id');
    await expect(query(sql)).rejects.toMatchObject(appendOnly);
    expect(await query('SELECT * FROM audit_entries ORDER BY id')).toEqual(before);
  });

  test('forgets the name of somebody who was erased, and what was noted of them, and nothing else', async () => {
    const other = await app.addPerson();
    await enter({ subject: person(other.id), to: { role: 'ADMIN' } });
    await audit(database.dataSource.manager, {
      ...{ personId: other.id, action: 'test.act', subject: person(actor.id), to: { kept: true } },
    });
    const { manager } = database.dataSource;
    await expect(pseudonymise(manager, other.id)).rejects.toMatchObject(appendOnly);
    await query('DELETE FROM users WHERE id = $1', [other.id]);
    await pseudonymise(manager, other.id);
    expect(await list()).toMatchObject([
      { actor: { name: 'Test' }, subject: { id: other.id, label: erasedName }, from: null, to: null },
    ]);
    expect(await list({ actorId: other.id })).toMatchObject([
      { actor: { id: other.id, name: erasedName }, subject: person(actor.id), to: { kept: true } },
    ]);
    // Even then nothing else can be written there.
    await expect(
      query(`UPDATE audit_entries SET subject_label = 'X' WHERE subject_id = $1`, [other.id]),
    ).rejects.toMatchObject(appendOnly);
  });

  test('is read page by page, narrowed by who, what, whom and when', async () => {
    for (const label of ['Ada', 'Bob', 'ada B', 'Cyd', 'Dan']) {
      await enter({ subject: { kind: 'x', label } });
      // Moments are told in milliseconds: no two entries may be of the same one here.
      await nextMillisecond();
    }
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await admin.value('audit.list', { actorId: actor.id, limit: 2, after });
      found.push(...page.rows.map(({ subject }) => subject?.label ?? ''));
      after = page.next ?? undefined;
    } while (after);
    expect(found).toEqual(['Dan', 'Cyd', 'ada B', 'Bob', 'Ada']);
    const labels = async (input: InputOf<'audit.list'>) =>
      (await list({ actorId: actor.id, ...input })).map(({ subject }) => subject?.label);
    expect(await labels({ subject: 'ADA' })).toEqual(['ada B', 'Ada']);
    expect(await labels({ action: 'test.other' })).toEqual([]);
    const [, bob] = (await list()).toReversed();
    expect(await labels({ until: bob?.at })).toEqual(['Ada']);
    expect(await labels({ from: bob?.at })).toEqual(['Dan', 'Cyd', 'ada B', 'Bob']);
    expect((await admin.error('audit.list', { after: 'x' })).code).toBe('INVALID_INPUT');
    const choices = await admin.value('audit.choices', undefined);
    expect(choices.actors).toContainEqual({ id: actor.id, name: 'Test' });
    expect(choices.actions).toContain('test.act');
  });

  test.each(['CANDIDATE', 'INTERVIEWER'] as const)('a %s does not see it', async (role) => {
    const nosy = await app.addPerson(role);
    expect((await nosy.error('audit.list', {})).code).toBe('FORBIDDEN');
    expect((await nosy.error('audit.choices', undefined)).code).toBe('FORBIDDEN');
  });
});
