import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
});
