import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KitDefinition, KitItem } from '../../shared/contract/kits.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { addDeskInterview, addKit, startDesk, usualKit } from '../../tests/fixtures/desk.ts';
import type { TestInterviews, TestPerson } from '../../tests/fixtures/interviews.ts';
import { insertLibraryQuestion, insertRow } from '../../tests/fixtures/rows.ts';

const nobody = '00000000-0000-4000-8000-000000000001';

describe.each(testEngines)('kits on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let ada: TestPerson;
  let ben: TestPerson;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    app = await startDesk(database, engine);
    ada = await app.addPerson('INTERVIEWER');
    ben = await app.addPerson('ADMIN');
    await insertRow(database.dataSource, 'consent_texts', { name: 'Test', version: 1, body: 'We record.' });
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  const made = (name = 'Backend', definition: Partial<KitDefinition> = {}) =>
    ada.value('kits.create', { name, definition: { ...usualKit, ...definition } });
  const question = (columns = {}) => insertLibraryQuestion(database.dataSource, columns);
  const fixed = (libraryQuestionId: string) => ({ type: 'QUESTION', libraryQuestionId }) as const;
  const draw = (
    count: number,
    competencies: string[],
    also: Partial<Extract<KitItem, { type: 'DRAW' }>> = {},
  ): KitItem => ({ type: 'DRAW', count, competencies, difficulties: [], neverAsked: false, ...also });

  test('a kit is made, changed in versions, and every version stays', async () => {
    const first = await made('  Backend  ');
    expect(first).toMatchObject({ name: 'Backend', version: 1, archivedAt: null, changedBy: { id: ada.id } });
    const second = await ben.value('kits.update', {
      ...{ id: first.id, version: 1, name: 'Backend II' },
      definition: { ...usualKit, blind: true },
    });
    expect(second).toMatchObject({ name: 'Backend II', version: 2, changedBy: { id: ben.id } });
    const old = await ada.value('kits.get', { id: first.id, version: 1 });
    expect(old).toMatchObject({ name: 'Backend', version: 1, newestVersion: 2, definition: usualKit });
    const third = await ada.value('kits.revert', { id: first.id, version: 2, to: 1 });
    expect(third).toMatchObject({ name: 'Backend', version: 3, definition: usualKit });
    const { rows } = await ada.value('kits.versions', { id: first.id });
    expect(rows.map(({ version, name }) => [version, name])).toEqual([
      [3, 'Backend'],
      [2, 'Backend II'],
      [1, 'Backend'],
    ]);
    const page = await ada.value('kits.versions', { id: first.id, limit: 2 });
    const rest = await ada.value('kits.versions', { id: first.id, limit: 2, after: page.next ?? '' });
    expect(rest).toMatchObject({ rows: [{ version: 1 }], next: null });
  });

  test('saving what is there already makes no version', async () => {
    const { id } = await made();
    expect(
      await ada.value('kits.update', { id, version: 1, name: 'Backend', definition: usualKit }),
    ).toMatchObject({ version: 1 });
  });

  test('whoever comes second is told, is shown what is there, and nothing is overwritten', async () => {
    const { id } = await made();
    const change = (person: TestPerson, instructions: string) =>
      person.result('kits.update', {
        ...{ id, version: 1, name: 'Backend', definition: { ...usualKit, instructions } },
      });
    const [one, other] = await Promise.all([change(ada, 'Ada’s'), change(ben, 'Ben’s')]);
    const won = one.ok ? one : other;
    const lost = one.ok ? other : one;
    if (!won.ok || lost.ok) throw new Error('One of two changes must win, and just one.');
    expect(lost.error).toMatchObject({
      code: 'CONFLICT',
      details: { current: { version: 2, definition: { instructions: won.value.definition.instructions } } },
    });
    expect((await ada.error('kits.revert', { id, version: 1, to: 1 })).code).toBe('CONFLICT');
    expect((await ada.value('kits.get', { id })).version).toBe(2);
  });

  test('a copy is a kit of its own', async () => {
    const original = await made('x'.repeat(200));
    const copy = await ben.value('kits.duplicate', { id: original.id });
    expect(copy.id).not.toBe(original.id);
    expect(copy).toMatchObject({ version: 1, definition: usualKit, changedBy: { id: ben.id } });
    expect(copy.name).toMatch(/^x+ \(copy\)$/);
  });

  test('an archived kit leaves the list and the choice until it is restored', async () => {
    const { id } = await made('Gone for now');
    await ada.value('kits.archive', { id });
    await ada.value('kits.archive', { id });
    const names = async (input = {}) =>
      (await ada.value('kits.list', { search: 'GONE for', ...input })).rows.map(({ name }) => name);
    expect(await names()).toEqual([]);
    expect(await names({ archived: true })).toEqual(['Gone for now']);
    const late = await ada.error('kits.update', { id, version: 1, name: 'Late', definition: usualKit });
    expect(late.message).toMatch(/archived/);
    const candidate = await app.addPerson();
    const wish = { candidateId: candidate.id, interviewerId: ada.id, kitId: id };
    await expect(addDeskInterview(database.dataSource, wish)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await ada.value('kits.restore', { id });
    expect(await names()).toEqual(['Gone for now']);
    await addDeskInterview(database.dataSource, wish);
  });

  test('the list is read by key, by name whatever its case, with how much each asks', async () => {
    for (const name of ['Page b', 'page A', 'Page c', 'page a']) await made(name);
    const id = await question();
    await made('Page d', { items: [fixed(id), draw(3, ['testing'], { answerTimeMs: 600_000 })] });
    const first = await ada.value('kits.list', { search: 'page', limit: 2 });
    const second = await ada.value('kits.list', { search: 'page', limit: 2, after: first.next ?? '' });
    const third = await ada.value('kits.list', { search: 'page', limit: 2, after: second.next ?? '' });
    const rows = [...first.rows, ...second.rows, ...third.rows];
    expect(rows.map(({ name }) => name.toLowerCase())).toEqual([
      ...['page a', 'page a', 'page b', 'page c', 'page d'],
    ]);
    expect(third.next).toBeNull();
    expect(rows.at(-1)).toMatchObject({
      ...{ questionCount: 4, plannedMs: 30_000 + 180_000 + 3 * 630_000, records: true, version: 1 },
      ...{ difficulty: 'MID', changedBy: { id: ada.id } },
    });
  });

  test('bad input is refused with what to do', async () => {
    const id = await question();
    const refused = async (definition: object, name = 'Backend') =>
      (await ada.error('kits.create', { name, definition: { ...usualKit, ...definition } })).message;
    expect(await refused({}, '  ')).toBe('Please name the kit.');
    expect(await refused({ items: [fixed(id), fixed(id)] })).toMatch(
      /^Item 2 asks a question that comes before/,
    );
    expect(await refused({ items: [fixed(nobody)] })).toMatch(/^Item 1 asks a question that is not in/);
    expect(await refused({ items: [draw(1, [])] })).toMatch(/at least one competency/);
    expect(await refused({ items: [20, 20, 11].map((count) => draw(count, ['testing'])) })).toMatch(/50/);
    expect(await refused({ consentName: 'Nothing like it' })).toMatch(/no consent text “Nothing like it”/);
    const [one] = usualKit.competencies;
    expect(await refused({ competencies: [one, one] })).toMatch(/there twice/);
    expect(await refused({ competencies: [{ ...one, weight: 0 }] })).toMatch(/weight is at least/);
    for (const name of [
      'kits.get',
      'kits.duplicate',
      'kits.archive',
      'kits.restore',
      'kits.versions',
    ] as const) {
      expect((await ada.error(name, { id: nobody })).code).toBe('NOT_FOUND');
    }
    const kit = await made();
    expect((await ada.error('kits.get', { id: kit.id, version: 7 })).code).toBe('NOT_FOUND');
    expect((await ada.error('kits.revert', { id: kit.id, version: 1, to: 7 })).code).toBe('NOT_FOUND');
  });

  test('candidates reach no kit', async () => {
    const { id } = await made();
    const candidate = await app.addPerson();
    for (const [name, input] of [
      ['kits.list', {}],
      ['kits.get', { id }],
      ['kits.preview', { definition: usualKit }],
    ] as const) {
      expect((await candidate.error(name, input)).code).toBe('FORBIDDEN');
    }
  });

  test('a preview shows what a candidate would see, in the kit’s order and times, and writes nothing', async () => {
    const id = await question({ content: 'Tell us about yourself.' });
    const items = [draw(2, ['databases']), { ...fixed(id), thinkTimeMs: 0, answerTimeMs: 60_000 }];
    const before = await database.dataSource.query('SELECT count(*) FROM questions');
    const preview = await ada.value('kits.preview', { definition: { ...usualKit, items } });
    expect(preview).toMatchObject({
      welcome: 'Hello.',
      consentText: { name: 'Test', version: 1, body: 'We record.' },
      problems: [],
    });
    expect(preview.questions.map(({ item, answerTimeMs }) => [item, answerTimeMs])).toEqual([
      [0, 180_000],
      [0, 180_000],
      [1, 60_000],
    ]);
    expect(preview.questions[2]).toEqual({
      ...{ item: 1, content: 'Tell us about yourself.', takesAllowed: 2 },
      ...{ thinkTimeMs: 0, answerTimeMs: 60_000 },
    });
    expect(await database.dataSource.query('SELECT count(*) FROM questions')).toEqual(before);
  });

  describe('what a kit cannot have', () => {
    const problems = async (definition: Partial<KitDefinition>) =>
      (await ada.value('kits.preview', { definition: { ...usualKit, ...definition } })).problems;
    const compose = async (definition: Partial<KitDefinition>, wish = {}) => {
      const candidate = await app.addPerson();
      return addDeskInterview(
        database.dataSource,
        { candidateId: candidate.id, interviewerId: ada.id, ...wish },
        definition,
      );
    };

    test('is named with its item before anybody makes an interview of it, and refused then', async () => {
      for (const index of [1, 2, 3]) {
        await question({ competency: 'rare', difficulty: index < 3 ? 'HARD' : 'EASY' });
      }
      const archived = await question({ content: 'Old one?', archived_at: new Date() });
      const items = [
        draw(3, ['rare'], { difficulties: ['HARD'] }),
        fixed(archived),
        draw(1, ['nothing like it']),
      ];
      const found = await problems({ items });
      expect(found.map(({ item, message }) => [item, message.replace(/(Draw|Take).*/, '')])).toEqual([
        [0, 'Item 1 draws 3 hard questions on rare, and the library has only 2 that no other item takes. '],
        [1, 'Item 2 asks “Old one?”, which has been archived. '],
        [
          2,
          'Item 3 draws 1 question on nothing like it, and the library has none that no other item takes. ',
        ],
      ]);
      await expect(compose({ items })).rejects.toMatchObject({
        ...{ code: 'INVALID_INPUT', details: { problems: found } },
        message: expect.stringMatching(/^Kit “Backend”: Item 1 draws 3 hard/),
      });
    });

    test('too few with the tags that a rule asks for', async () => {
      for (const tags of ['{payments,api}', '{payments}']) await question({ competency: 'tagged', tags });
      const items = (count: number) => [draw(count, ['tagged'], { tags: ['payments', 'api'] })];
      expect((await problems({ items: items(2) }))[0]?.message).toMatch(
        /^Item 1 draws 2 questions on tagged tagged payments, api, and the library has only 1\./,
      );
      const preview = await ada.value('kits.preview', { definition: { ...usualKit, items: items(1) } });
      expect(preview.questions).toHaveLength(1);
    });

    test('what one item draws is not there for the next', async () => {
      for (const _ of [1, 2, 3]) await question({ competency: 'shared' });
      const items = [draw(2, ['shared']), draw(2, ['shared'])];
      expect((await problems({ items })).filter(({ hinders }) => hinders)).toMatchObject([{ item: 1 }]);
    });

    test('a mix that cannot be kept is told, and does not hinder', async () => {
      for (const _ of [1, 2, 3, 4]) await question({ competency: 'easygoing' });
      const items = [draw(4, ['easygoing'])];
      expect(await problems({ items, difficulty: 'SENIOR' })).toMatchObject([{ item: 0, hinders: false }]);
      await compose({ items, difficulty: 'SENIOR' });
    });

    test('a consent text that is gone refuses the interview: nothing is held without recording by accident', async () => {
      const consentName = 'Archived';
      await insertRow(database.dataSource, 'consent_texts', {
        ...{ name: consentName, version: 1, body: 'Old.', archived_at: new Date() },
      });
      expect(await problems({ consentName })).toMatchObject([{ item: null, hinders: true }]);
      await expect(compose({ consentName })).rejects.toThrow('“Archived” has been archived');
    });

    test('a candidate who knows too many of what is drawn', async () => {
      const candidate = await app.addPerson();
      for (const _ of [1, 2]) await question({ competency: 'known' });
      const items = [draw(2, ['known'], { neverAsked: true })];
      const kitId = await addKit(database.dataSource, { items });
      const wish = { candidateId: candidate.id, interviewerId: ada.id, kitId };
      const first = await addDeskInterview(database.dataSource, wish);
      await database.dataSource.query('UPDATE questions SET asked_at = now() WHERE interview_id = $1', [
        first,
      ]);
      await expect(addDeskInterview(database.dataSource, wish)).rejects.toThrow(/never asked/);
      await addDeskInterview(database.dataSource, { ...wish, candidateId: (await app.addPerson()).id });
    });

    test('a kit that asks nothing makes a live interview, and no one-way one', async () => {
      expect(await problems({ items: [] })).toMatchObject([{ item: null, hinders: false }]);
      await compose({ items: [] });
      await expect(compose({ items: [] }, { kind: 'ONE_WAY' })).rejects.toThrow(/asks nothing yet/);
    });
  });

  test('a definition of an older Parley reads with what has come since', async () => {
    const { welcome: _, ...older } = usualKit;
    const id = await addKit(database.dataSource);
    await database.dataSource.query('UPDATE interview_kit_versions SET definition = $2 WHERE kit_id = $1', [
      ...[id, JSON.stringify(older)],
    ]);
    expect((await ada.value('kits.get', { id })).definition.welcome).toBe('');
  });
});
