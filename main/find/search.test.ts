import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addBulkDesk } from '../../tests/fixtures/bulk-desk.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { addDeskInterview, addKit, startDesk } from '../../tests/fixtures/desk.ts';
import { beginPractice, type TestInterviews, type TestPerson } from '../../tests/fixtures/interviews.ts';
import { insertLibraryQuestion, insertRow } from '../../tests/fixtures/rows.ts';

describe.each(testEngines)('finding things on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let ada: TestPerson;
  let grace: TestPerson;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    app = await startDesk(database, engine);
    ada = await app.addPerson('INTERVIEWER');
    grace = await named('Grace Hopper');
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  async function named(name: string, columns: Record<string, string> = {}): Promise<TestPerson> {
    const person = await app.addPerson();
    for (const [column, value] of Object.entries({ name, ...columns })) {
      await database.dataSource.query(`UPDATE users SET ${column} = $2 WHERE id = $1`, [person.id, value]);
    }
    return person;
  }
  const find = (text: string, person = ada) => person.value('find.search', { text });
  const interview = async (definition = {}, wish = {}) => {
    const kitId = await addKit(database.dataSource, definition, 'Compilers');
    const people = { candidateId: grace.id, interviewerId: ada.id };
    return addDeskInterview(database.dataSource, { ...people, kitId, ...wish });
  };

  test('each kind, by words in any order and any case', async () => {
    const id = await interview();
    const questionId = await insertLibraryQuestion(database.dataSource, {
      content: 'What does a compiler’s optimiser leave alone?',
    });
    const found = await find('hopper GRACE');
    expect(found.people).toMatchObject([{ id: grace.id, name: 'Grace Hopper' }]);
    expect(found.interviews).toMatchObject([{ id, kind: 'LIVE', candidateName: 'Grace Hopper' }]);
    expect((await find('compil hopper')).interviews).toMatchObject([{ id }]);
    expect((await find('OPTIMISER compiler')).questions).toMatchObject([{ id: questionId }]);
    expect((await find('compilers')).kits).toMatchObject([{ name: 'Compilers' }]);
    expect(await find('zzz')).toEqual({ people: [], interviews: [], questions: [], kits: [] });
  });

  test('signs are signs: nobody searches by a pattern', async () => {
    const odd = await named('Per%cent _under\\slash');
    for (const text of ['per%', '_under', '\\slash']) {
      expect((await find(text)).people.map(({ id }) => id)).toEqual([odd.id]);
    }
    expect((await find('r%h')).people).toEqual([]);
  });

  test('whose name begins so comes first; whoever may not sign in is not offered', async () => {
    await named('Zoe Marie');
    await named('Marie Ann');
    await named('Marie Gone', { state: 'DISABLED' });
    expect((await find('marie')).people.map(({ name }) => name)).toEqual(['Marie Ann', 'Zoe Marie']);
  });

  test('what was archived or deleted is not offered', async () => {
    const kitId = await addKit(database.dataSource, {}, 'Shelved kit');
    await ada.value('kits.archive', { id: kitId });
    await insertLibraryQuestion(database.dataSource, {
      content: 'Shelved question?',
      archived_at: new Date(),
    });
    const id = await interview();
    await database.dataSource.query('UPDATE interviews SET deleted_at = now(), title = $2 WHERE id = $1', [
      ...[id, 'Shelved interview'],
    ]);
    expect(await find('shelved')).toEqual({ people: [], interviews: [], questions: [], kits: [] });
  });

  test('attack: finding who a blind interview’s candidate is', async () => {
    const id = await interview({ blind: true });
    const own = (found: Awaited<ReturnType<typeof find>>) =>
      found.interviews.filter((each) => each.id === id);
    expect(own(await find('grace'))).toEqual([]);
    expect(own(await find('compilers grace'))).toEqual([]);
    const alias = `Candidate ${id.slice(-4).toUpperCase()}`;
    expect(own(await find('compilers'))).toMatchObject([{ candidateName: alias }]);
    expect(own(await find(alias))).toMatchObject([{ candidateName: alias }]);
    await insertRow(database.dataSource, 'scorecards', {
      ...{ interview_id: id, interviewer_id: ada.id, state: 'SUBMITTED', recommendation: 'YES' },
      submitted_at: new Date(),
    });
    expect(own(await find('grace'))).toMatchObject([{ candidateName: 'Grace Hopper' }]);
  });

  test('attack: finding what one has no right to', async () => {
    await interview();
    for (const role of ['INTERVIEWER', 'ADMIN'] as const) {
      const other = await app.addPerson(role);
      expect((await find('compilers', other)).interviews).toEqual([]);
    }
    // Somebody on a panel who is a candidate now, and another candidate, and the candidate of the live interview.
    const former = await app.addPerson('INTERVIEWER');
    await interview({}, { panel: [former.id] });
    expect((await find('compilers', former)).interviews).toHaveLength(1);
    for (const person of [await named('Other'), grace]) {
      for (const text of ['compilers', 'grace', 'a']) {
        expect(await find(text, person)).toEqual({ people: [], interviews: [], questions: [], kits: [] });
      }
    }
  });

  test('one’s own practice and one-way interviews, and nobody else’s practice', async () => {
    const alan = await named('Alan');
    const practice = await beginPractice(alan);
    const id = await interview({}, { kind: 'ONE_WAY', candidateId: alan.id });
    expect((await find('practice', alan)).interviews).toMatchObject([
      { id: practice.id, kind: 'PRACTICE', candidateName: null },
    ]);
    expect((await find('compilers', alan)).interviews).toMatchObject([{ id, candidateName: null }]);
    expect((await find('practice')).interviews).toEqual([]);
  });

  test('among years of interviews, what only the oldest one has', async () => {
    const veteran = await app.addPerson('INTERVIEWER');
    await addBulkDesk(database.dataSource, veteran.id, { interviews: 1_200, candidates: 30, questions: 5 });
    const [oldest] = await database.dataSource
      .query<{ id: string }[]>(
        `UPDATE interviews SET title = 'Needle' WHERE deleted_at IS NULL AND id = (
         SELECT interview_id FROM panel_members JOIN interviews AS held ON held.id = interview_id
         WHERE panel_members.user_id = $1 AND held.deleted_at IS NULL ORDER BY panel_members.id LIMIT 1
       ) RETURNING id`,
        [veteran.id],
      )
      .then(([rows]) => rows as unknown as { id: string }[]);
    expect((await find('needle', veteran)).interviews).toMatchObject([{ id: oldest?.id }]);
    expect((await find('needle')).interviews).toEqual([]);
    expect((await find('practice', veteran)).interviews).toHaveLength(5);
  });

  test('newest first, and no more than a few', async () => {
    for (let count = 0; count < 7; count += 1) await interview();
    const { interviews } = await ada.value('find.search', { text: 'compilers', limit: 4 });
    expect(interviews).toHaveLength(4);
    const times = interviews.map(({ at }) => at);
    expect(times).toEqual(times.toSorted().reverse());
    expect((await ada.error('find.search', { text: '  ' })).code).toBe('INVALID_INPUT');
  });
});
