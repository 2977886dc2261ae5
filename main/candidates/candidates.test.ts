import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Candidate } from '../../shared/contract/candidates.ts';
import type { InputOf } from '../../shared/contract/index.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { addDeskInterview } from '../../tests/fixtures/desk.ts';
import { startInterviews, type TestInterviews, type TestPerson } from '../../tests/fixtures/interviews.ts';
import { insertInterview, insertRow } from '../../tests/fixtures/rows.ts';
import { createCandidates } from './candidates.ts';

describe.each(testEngines)('candidates on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let ada: TestPerson;
  let other: TestPerson;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    app = await startInterviews(database, engine, database.paths.recordings, (parts) => ({
      ...createCandidates(parts).handlers,
    }));
    ada = await app.addPerson('INTERVIEWER');
    other = await app.addPerson('INTERVIEWER');
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  let made = 0;
  const create = (name: string, more: { tags?: string[]; headline?: string } = {}) => {
    made += 1;
    return ada.value('candidates.create', { name, email: `made${made}@example.com`, ...more });
  };
  const names = async (input: Parameters<typeof ada.value<'candidates.list'>>[1]) =>
    (await ada.value('candidates.list', input)).rows.map(({ name }) => name);
  const submit = (interview_id: string, interviewer_id: string) =>
    insertRow(database.dataSource, 'scorecards', {
      ...{ interview_id, interviewer_id, state: 'SUBMITTED', recommendation: 'YES' },
      submitted_at: new Date(),
    });

  describe('the list', () => {
    test('has a new candidate, who cannot sign in yet', async () => {
      const candidate = await create('Grace', { tags: ['Backend', 'backend '], headline: 'Engineer' });
      expect(candidate).toEqual({
        ...{ id: expect.any(String), name: 'Grace', email: 'made1@example.com', headline: 'Engineer' },
        ...{ tags: ['backend'], signIn: 'NONE', archivedAt: null, lastInterview: null },
      });
      const { rows } = await ada.value('candidates.list', { search: 'made1@' });
      expect(rows).toEqual([candidate]);
    });

    test('is searched by name, address and tag, as it is written, and has no interviewer in it', async () => {
      await create('100% Bob_', { tags: ['rust'] });
      expect(await names({ search: '%' })).toEqual(['100% Bob_']);
      expect(await names({ search: 'RUS' })).toEqual(['100% Bob_']);
      expect(await names({ tag: 'Rust' })).toEqual(['100% Bob_']);
      expect(await names({ tag: 'rus' })).toEqual([]);
      expect(await names({ search: ada.id })).toEqual([]);
    });

    test('has everybody once, page by page', async () => {
      for (const name of ['same', 'Same', 'same', 'ätna', 'zed']) await create(name, { tags: ['paged'] });
      const found: string[] = [];
      let after: string | undefined;
      do {
        const page = await ada.value('candidates.list', { tag: 'paged', limit: 2, after });
        found.push(...page.rows.map(({ name }) => name));
        after = page.next ?? undefined;
      } while (after);
      expect(found).toEqual(['same', 'Same', 'same', 'zed', 'ätna']);
      expect((await ada.error('candidates.list', { after: 'x' })).code).toBe('INVALID_INPUT');
    });

    test('attack: reading from the last interview of whom a blind interview is, or what they practise', async () => {
      const { id: candidateId } = await create('Hidden');
      const last = async (person: TestPerson) =>
        (await person.value('candidates.list', { search: 'Hidden' })).rows[0]?.lastInterview ?? null;
      await insertInterview(database.dataSource, { user_id: candidateId });
      expect(await last(ada)).toBeNull();
      const seen = await addDeskInterview(database.dataSource, { candidateId, interviewerId: ada.id });
      expect(await last(ada)).toMatchObject({ id: seen, kind: 'LIVE', status: 'PENDING' });
      expect(await last(other)).toBeNull();
      const wish = { candidateId, interviewerId: other.id, panel: [ada.id] };
      const blind = await addDeskInterview(database.dataSource, wish, { blind: true });
      expect(await last(other)).toBeNull();
      expect(await last(ada)).toMatchObject({ id: seen });
      await submit(blind, other.id);
      expect(await last(other)).toMatchObject({ id: blind });
      expect(await last(ada)).toMatchObject({ id: seen });
    });
  });

  test('an address that somebody has leads to them, if they are a candidate', async () => {
    const { id, email } = await create('Twice');
    const error = await ada.error('candidates.create', { name: 'X', email: email.toUpperCase() });
    expect(error).toMatchObject({ code: 'EMAIL_TAKEN', details: { candidateId: id } });
    const taken = await ada.error('candidates.create', { name: 'X', email: `${other.id}@example.org` });
    expect(taken).not.toHaveProperty('details');
    expect(taken.message).not.toContain('Test');
  });

  describe('a profile', () => {
    const inputOf = (candidate: Candidate, change: Partial<InputOf<'candidates.update'>> = {}) => {
      const { id, version, name, email, headline, phone, notes, tags, accommodation } = candidate;
      return { ...{ id, version, name, email, headline, phone, notes, tags, accommodation }, ...change };
    };
    const get = (id: string) => ada.value('candidates.get', { id });
    const setPassword = (id: string) =>
      database.dataSource.query(`UPDATE users SET password_hash = 'x' WHERE id = $1`, [id]);

    test('is changed, accommodations included, which the next interview has', async () => {
      const { id } = await create('Before');
      const accommodation = { timeMultiplier: 1.25, extraTakes: 2, note: 'Dyslexia' };
      const change = {
        name: 'After',
        email: 'After@Example.com',
        phone: '123',
        notes: 'Keen',
        accommodation,
      };
      const after = await ada.value('candidates.update', inputOf(await get(id), change));
      expect(after).toMatchObject({ ...change, email: 'after@example.com', version: 2 });
      expect(await get(id)).toEqual(after);
      const interview = await addDeskInterview(database.dataSource, {
        candidateId: id,
        interviewerId: ada.id,
      });
      const [row] = await database.dataSource.query(
        'SELECT time_multiplier::float8, extra_takes, accommodation_note FROM interviews WHERE id = $1',
        [interview],
      );
      expect(row).toEqual({ time_multiplier: 1.25, extra_takes: 2, accommodation_note: 'Dyslexia' });
    });

    test('that two change at once: the second is told what is there now, and nothing is overwritten', async () => {
      const seen = await get((await create('Contended')).id);
      const results = await Promise.all(
        [ada, other].map((person) =>
          person.result('candidates.update', inputOf(seen, { notes: `by ${person.id}` })),
        ),
      );
      const [won] = results.flatMap((result) => (result.ok ? [result.value] : []));
      const [lost] = results.flatMap((result) => (result.ok ? [] : [result.error]));
      expect(lost).toMatchObject({
        code: 'CONFLICT',
        details: { current: { notes: won?.notes, version: 2 } },
      });
      expect((await get(seen.id)).notes).toBe(won?.notes);
    });

    test('of somebody who registered themselves begins empty, and can be filled in but for name and address', async () => {
      const registered = await app.addPerson();
      const seen = await get(registered.id);
      expect(seen).toMatchObject({ version: 0, signIn: 'READY', identityEditable: false, tags: [] });
      const filled = await ada.value('candidates.update', inputOf(seen, { tags: ['go'] }));
      expect(filled).toMatchObject({ version: 1, tags: ['go'] });
      const renamed = await ada.error('candidates.update', inputOf(filled, { name: 'Other' }));
      expect(renamed).toMatchObject({ code: 'CONFLICT' });
      const moved = await ada.error('candidates.update', inputOf(filled, { email: 'mine@example.com' }));
      expect(moved).toMatchObject({ code: 'CONFLICT' });
    });

    test('cannot take the address of somebody else', async () => {
      const { email } = await create('First');
      const seen = await get((await create('Second')).id);
      expect((await ada.error('candidates.update', inputOf(seen, { email }))).code).toBe('EMAIL_TAKEN');
      expect(await get(seen.id)).toEqual(seen);
    });

    test.each([
      [{ timeMultiplier: 0.5, extraTakes: 0, note: '' }],
      [{ timeMultiplier: 5.01, extraTakes: 0, note: '' }],
      [{ timeMultiplier: 1, extraTakes: 11, note: '' }],
      [{ timeMultiplier: 1, extraTakes: 0.5, note: '' }],
    ])('refuses the accommodation %j', async (accommodation) => {
      const seen = await get((await create('Bounds')).id);
      expect((await ada.error('candidates.update', inputOf(seen, { accommodation }))).code).toBe(
        'INVALID_INPUT',
      );
    });

    test('is archived out of the list, and restored', async () => {
      const { id } = await create('Archie', { tags: ['only-archie'] });
      for (const archived of [true, true]) await ada.value('candidates.setArchived', { id, archived });
      expect(await names({ search: 'Archie' })).toEqual([]);
      expect(await names({ search: 'Archie', archived: true })).toEqual(['Archie']);
      const tags = () => ada.value('candidates.tags', undefined);
      expect(await tags()).not.toContainEqual({ tag: 'only-archie', count: 1 });
      await ada.value('candidates.setArchived', { id, archived: false });
      expect(await names({ search: 'Archie' })).toEqual(['Archie']);
      expect(await tags()).toContainEqual({ tag: 'only-archie', count: 1 });
    });

    test('of somebody who is no candidate is not there', async () => {
      const admin = await app.addPerson('ADMIN');
      const input = inputOf(await get((await create('Shape')).id), { id: admin.id });
      expect((await ada.error('candidates.get', { id: admin.id })).code).toBe('NOT_FOUND');
      expect((await ada.error('candidates.update', input)).code).toBe('NOT_FOUND');
      expect((await ada.error('candidates.invite', { id: admin.id })).code).toBe('NOT_FOUND');
      expect((await ada.error('candidates.setArchived', { id: admin.id, archived: true })).code).toBe(
        'NOT_FOUND',
      );
    });

    test('gets a one-time code, of which only a hash is kept, and a new one replaces it', async () => {
      const { id } = await create('Invited');
      const first = await ada.value('candidates.invite', { id });
      expect(first.code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
      expect(await get(id)).toMatchObject({ signIn: 'INVITED', invitedUntil: first.expiresAt });
      const hash = async () =>
        (await database.dataSource.query('SELECT invitation_hash FROM users WHERE id = $1', [id]))[0];
      const before = await hash();
      expect((await ada.value('candidates.invite', { id })).code).not.toBe(first.code);
      expect(await hash()).not.toEqual(before);
      const everything = JSON.stringify([
        await database.dataSource.query('SELECT * FROM users'),
        await database.dataSource.query('SELECT * FROM audit_entries'),
        app.logged,
      ]);
      expect(everything).not.toContain(first.code);
      expect(everything).not.toContain(first.code.replaceAll('-', ''));
      expect(everything).toContain('candidates.invite');
    });

    test('attack: getting into an account that is somebody’s own with a code', async () => {
      const { id } = await create('Private');
      await insertInterview(database.dataSource, { user_id: id });
      expect((await ada.error('candidates.invite', { id })).message).toMatch(/practised/);
      const admin = await app.addPerson('ADMIN');
      await admin.value('candidates.invite', { id });
      await setPassword(id);
      for (const person of [ada, admin]) {
        expect((await person.error('candidates.invite', { id })).message).toMatch(/has a password/);
      }
      await database.dataSource.query(`UPDATE users SET state = 'DISABLED' WHERE id = $1`, [id]);
      expect((await admin.error('candidates.invite', { id })).message).toMatch(/may not sign in/);
    });
  });

  describe('their interviews', () => {
    test('are those whose panel one is on; blind ones and scores once one’s own scorecard is submitted', async () => {
      const { id: candidateId } = await create('Interviewed');
      const history = async (person: TestPerson) =>
        (await person.value('candidates.interviews', { id: candidateId })).rows;
      await insertInterview(database.dataSource, { user_id: candidateId });
      const open = await addDeskInterview(database.dataSource, { candidateId, interviewerId: ada.id });
      const blind = await addDeskInterview(
        database.dataSource,
        { candidateId, interviewerId: ada.id, panel: [other.id], kind: 'ONE_WAY' },
        { blind: true },
      );
      await database.dataSource.query('UPDATE interviews SET score = 80 WHERE user_id = $1', [candidateId]);
      expect(await history(ada)).toMatchObject([{ id: open, score: null, interviewer: { id: ada.id } }]);
      expect(await history(other)).toEqual([]);
      const admin = await app.addPerson('ADMIN');
      expect(await history(admin)).toEqual([]);
      await submit(blind, other.id);
      await submit(open, ada.id);
      expect(await history(other)).toMatchObject([{ id: blind, kind: 'ONE_WAY', score: 80 }]);
      expect(await history(ada)).toMatchObject([{ id: open, score: 80 }]);
      await database.dataSource.query('UPDATE interviews SET deleted_at = now() WHERE id = $1', [open]);
      expect(await history(ada)).toEqual([]);
    });

    test('come page by page, newest first', async () => {
      const { id: candidateId } = await create('Often');
      const made: string[] = [];
      for (let index = 0; index < 5; index += 1) {
        made.push(await addDeskInterview(database.dataSource, { candidateId, interviewerId: ada.id }));
      }
      const found: string[] = [];
      let after: string | undefined;
      do {
        const page = await ada.value('candidates.interviews', { id: candidateId, limit: 2, after });
        found.push(...page.rows.map(({ id }) => id));
        after = page.next ?? undefined;
      } while (after);
      expect(found).toEqual(made.toReversed());
    });
  });

  test('a candidate reaches none of it', async () => {
    const candidate = await app.addPerson();
    for (const name of [
      'list',
      'create',
      'get',
      'update',
      'setArchived',
      'tags',
      'interviews',
      'invite',
    ] as const) {
      expect((await candidate.error(`candidates.${name}`, {})).code).toBe('FORBIDDEN');
    }
  });
});
