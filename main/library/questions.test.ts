import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InputOf } from '../../shared/contract/index.ts';
import type { LibraryQuestion } from '../../shared/contract/library.ts';
import { type QuestionDraft, tidyDraft } from '../../shared/model/library.ts';
import { roles } from '../../shared/model/roles.ts';
import { allAtOnce } from '../../tests/fixtures/all-at-once.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { startInterviews, type TestInterviews, type TestPerson } from '../../tests/fixtures/interviews.ts';
import { insertAnswer, insertInterview, insertQuestion, insertRow } from '../../tests/fixtures/rows.ts';
import { LibraryQuestion as Entity } from '../database/entities/index.ts';
import { installStarter } from './install-starter.ts';
import { starterLibrary } from './starter/index.ts';

const draft: QuestionDraft = {
  content: 'How does an index speed up a query?',
  ...{ difficulty: 'EASY', competency: 'databases', tags: ['sql', 'performance'] },
  covers: ['Fewer pages are read'],
  probes: ['What does it cost?'],
  levels: ['Nothing', 'Little', 'Solid', 'Strong', 'Outstanding'],
  practice: false,
};

describe.each(testEngines)('library questions on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let ada: TestPerson;
  let bob: TestPerson;
  let candidate: TestPerson;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    app = await startInterviews(database, engine);
    ada = await app.addPerson('INTERVIEWER');
    bob = await app.addPerson('ADMIN');
    candidate = await app.addPerson();
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  const create = (changes: Partial<QuestionDraft> = {}) =>
    ada.value('library.create', { ...draft, ...changes });

  test('what is written is tidied, and read as it was saved', async () => {
    const made = await create({
      content: '  Why\r\nso?\0 ',
      competency: ' our  own \n thing ',
      tags: ['SQL', ' sql ', 'a, b', ''],
      covers: ['one\ntwo', ' '],
    });
    expect(made).toMatchObject({
      ...{ content: 'Why\nso?', competency: 'our  own thing', tags: ['sql', 'a b'], covers: ['one two'] },
      ...{ version: 1, origin: 'PERSON', changedBy: { id: ada.id }, askedCount: 0, averageScore: null },
    });
    expect(await bob.value('library.get', { id: made.id })).toEqual(made);
  });

  test('what is amiss is told by its field', async () => {
    const { code, details } = await ada.error('library.create', {
      ...{ ...draft, content: ' ', competency: '' },
      covers: ['x'.repeat(2_001)],
    });
    expect(code).toBe('INVALID_INPUT');
    expect(details?.fields).toEqual({
      content: 'Please write the question.',
      competency: 'Please say which competency this examines.',
      'covers.0': 'At most 2,000 characters.',
    });
  });

  test('a change is a new version; every one is kept whole, and nothing changed is none', async () => {
    const { id } = await create();
    const second = { ...draft, content: 'How does an index help?' };
    await bob.value('library.update', { id, baseVersion: 1, draft: second });
    const same = await ada.value('library.update', {
      id,
      baseVersion: 2,
      draft: { ...second, tags: ['SQL', 'performance'] },
    });
    expect(same.version).toBe(2);
    const now = await ada.value('library.update', {
      id,
      baseVersion: 2,
      draft: { ...second, levels: ['1', '2', '3', '4', '5'] },
    });
    expect(now.versions.map(({ version, changedBy }) => [version, changedBy?.id])).toEqual([
      [3, ada.id],
      [2, bob.id],
      [1, ada.id],
    ]);
    expect(await ada.value('library.version', { id, version: 1 })).toMatchObject({ ...draft, version: 1 });
    expect(await ada.value('library.version', { id, version: 2 })).toMatchObject({ ...second, version: 2 });
    expect((await ada.error('library.version', { id, version: 4 })).code).toBe('NOT_FOUND');
  });

  test('of two who change one question the second is told, and nothing is overwritten', async () => {
    const { id } = await create();
    const mine = { ...draft, content: 'Mine' };
    const theirs = { ...draft, content: 'Theirs' };
    const results = await allAtOnce(database, engine, { statement: 'LOCK TABLE library_questions' }, [
      () => ada.result('library.update', { id, baseVersion: 1, draft: mine }),
      () => bob.result('library.update', { id, baseVersion: 1, draft: theirs }),
    ]);
    const failed = results.flatMap((result) => (result.ok ? [] : [result.error]));
    const [saved] = results.flatMap((result) => (result.ok ? [result.value as LibraryQuestion] : []));
    expect(failed).toHaveLength(1);
    expect(failed[0]).toMatchObject({ code: 'CONFLICT', details: { current: saved } });
    expect((await ada.value('library.get', { id })).content).toBe(saved?.content);
    expect((await ada.error('library.revert', { id, baseVersion: 1, version: 1 })).code).toBe('CONFLICT');
  });

  test('an old version comes back as a version of its own', async () => {
    const { id } = await create();
    await ada.value('library.update', { id, baseVersion: 1, draft: { ...draft, content: 'Worse' } });
    const reverted = await bob.value('library.revert', { id, baseVersion: 2, version: 1 });
    expect(reverted).toMatchObject({ ...draft, version: 3, changedBy: { id: bob.id } });
  });

  test('a copy is a question of its own', async () => {
    const made = await create();
    const copy = await bob.value('library.duplicate', { id: made.id });
    expect(copy).toMatchObject({ ...draft, version: 1, slug: null, changedBy: { id: bob.id } });
    expect(copy.id).not.toBe(made.id);
  });

  test('archived questions leave lists and draws, and come back', async () => {
    const { id } = await create({ competency: 'archive', practice: true });
    const listed = async (archived: boolean) =>
      (await ada.value('library.list', { competency: 'archive', archived })).rows.map((row) => row.id);
    for (const _ of [1, 2]) expect((await ada.value('library.archive', { id })).archivedAt).not.toBeNull();
    expect(await listed(false)).toEqual([]);
    expect(await listed(true)).toEqual([id]);
    expect((await candidate.value('practice.competencies', undefined)).map(({ key }) => key)).not.toContain(
      'archive',
    );
    for (const _ of [1, 2])
      expect(await ada.value('library.restore', { id })).toMatchObject({ archivedAt: null, version: 1 });
    expect(await listed(false)).toEqual([id]);
    for (const operation of [
      'library.archive',
      'library.restore',
      'library.duplicate',
      'library.get',
    ] as const) {
      expect((await ada.error(operation, { id: ada.id })).code).toBe('NOT_FOUND');
    }
  });

  test('candidates practise what is marked for it and nothing else, whatever they ask for', async () => {
    const competency = 'kept out';
    const kept = await create({ competency });
    // What a team writes is not for practice until they say so.
    expect(kept.practice).toBe(false);
    const practice: InputOf<'practice.create'> = {
      ...{ difficulty: 'JUNIOR', questionCount: 1, competencies: [competency] },
      ...{ thinkTimeMs: 0, answerTimeMs: 60_000, takesAllowed: 1 },
    };
    const offered = async () =>
      (await candidate.value('practice.competencies', undefined)).find(({ key }) => key === competency)?.EASY;
    expect(await offered()).toBeUndefined();
    expect((await candidate.error('practice.create', practice)).message).toMatch(/no questions on/);
    const open = await create({ competency, practice: true, content: 'Open' });
    expect(await offered()).toBe(1);
    const { questions } = await candidate.value('practice.create', practice);
    expect(questions.map(({ content }) => content)).toEqual(['Open']);
    expect((await candidate.error('practice.create', { ...practice, questionCount: 2 })).code).toBe(
      'INVALID_INPUT',
    );
    const listed = async (filter: { practice?: boolean }) =>
      (await ada.value('library.list', { competency, ...filter })).rows.map(({ id }) => id).toSorted();
    expect(await listed({})).toEqual([kept.id, open.id].toSorted());
    expect(await listed({ practice: true })).toEqual([open.id]);
    expect(await listed({ practice: false })).toEqual([kept.id]);
    expect(await ada.value('library.duplicate', { id: open.id })).toMatchObject({ practice: false });
    // The change is on the record, as every other is.
    const taken = { id: open.id, baseVersion: 1, draft: { ...tidyDraft(open), practice: false } };
    expect(await ada.value('library.update', taken)).toMatchObject({ version: 2, practice: false });
    expect(await ada.value('library.version', { id: open.id, version: 1 })).toMatchObject({ practice: true });
    expect(await offered()).toBeUndefined();
    expect((await candidate.error('library.list', {})).code).toBe('FORBIDDEN');
  });

  test('interviews keep their snapshot, and say of which version', async () => {
    const { id } = await create({ competency: 'snapshot', practice: true });
    await ada.value('library.update', {
      id,
      baseVersion: 1,
      draft: { ...draft, competency: 'snapshot', practice: true, content: 'Second' },
    });
    const practice: InputOf<'practice.create'> = {
      ...{ difficulty: 'JUNIOR', questionCount: 1, competencies: ['snapshot'] },
      ...{ thinkTimeMs: 0, answerTimeMs: 60_000, takesAllowed: 1 },
    };
    const interview = await candidate.value('practice.create', practice);
    await ada.value('library.update', {
      id,
      baseVersion: 2,
      draft: { ...draft, competency: 'snapshot', content: 'Third' },
    });
    expect((await candidate.value('interviews.get', { id: interview.id })).questions[0]?.content).toBe(
      'Second',
    );
    const [row] = await database.dataSource.query(
      'SELECT library_version FROM questions WHERE interview_id = $1',
      [interview.id],
    );
    expect(row).toEqual({ library_version: 2 });
  });

  /** An interview in which a library question is there to be asked. */
  async function interviewWith(
    libraryQuestionId: string,
    kind: 'LIVE' | 'ONE_WAY' | 'PRACTICE',
    panel: string[] = [],
  ) {
    const interviewId = await insertInterview(database.dataSource, { user_id: candidate.id, kind });
    for (const user_id of panel)
      await insertRow(database.dataSource, 'panel_members', { interview_id: interviewId, user_id });
    const questionId = await insertQuestion(database.dataSource, {
      ...{ interview_id: interviewId, library_question_id: libraryQuestionId },
    });
    return { interviewId, questionId };
  }
  const ask = (questionId: string, when: string | null) =>
    database.dataSource.query('UPDATE questions SET asked_at = $2 WHERE id = $1', [questionId, when]);

  test('what is asked in interviews is counted, practice is not', async () => {
    const { id } = await create();
    const usage = async () => {
      const { askedCount, lastAskedAt } = await ada.value('library.get', { id });
      return [askedCount, lastAskedAt];
    };
    const first = await interviewWith(id, 'LIVE');
    const second = await interviewWith(id, 'ONE_WAY');
    const practice = await interviewWith(id, 'PRACTICE');
    expect(await usage()).toEqual([0, null]);
    await ask(first.questionId, '2026-02-01T10:00:00Z');
    await ask(first.questionId, '2026-02-01T10:00:00Z');
    await ask(second.questionId, '2026-01-01T10:00:00Z');
    await ask(practice.questionId, '2026-03-01T10:00:00Z');
    expect(await usage()).toEqual([2, '2026-02-01T10:00:00.000Z']);
    await ask(first.questionId, null);
    expect(await usage()).toEqual([1, '2026-01-01T10:00:00.000Z']);
    await database.dataSource.query('DELETE FROM interviews WHERE id = $1', [second.interviewId]);
    expect(await usage()).toEqual([1, '2026-01-01T10:00:00.000Z']);
  });

  test('the average is of three answers at least, and gives away no score that is hidden from one', async () => {
    const { id } = await create({ content: 'Averages', competency: 'averages' });
    const averages = async (person: TestPerson) => {
      const { averageScore } = await person.value('library.get', { id });
      const [row] = (await person.value('library.list', { competency: 'averages' })).rows;
      expect(row?.averageScore).toBe(averageScore);
      return averageScore;
    };
    const rate = async (score: number, panel: string[] = [], kind: 'LIVE' | 'PRACTICE' = 'LIVE') => {
      const { questionId, interviewId } = await interviewWith(id, kind, panel);
      return {
        interviewId,
        answerId: await insertAnswer(database.dataSource, { question_id: questionId, score }),
      };
    };
    await rate(50);
    await rate(60);
    await rate(0, [], 'PRACTICE');
    expect(await averages(ada)).toBeNull();
    const owed = await rate(100, [ada.id]);
    expect(await averages(bob)).toBe(70);
    expect(await averages(ada)).toBeNull();
    const last = await rate(10);
    expect(await averages(bob)).toBe(55);
    expect(await averages(ada)).toBe(40);
    await insertRow(database.dataSource, 'scorecards', {
      ...{
        interview_id: owed.interviewId,
        interviewer_id: ada.id,
        state: 'SUBMITTED',
        recommendation: 'YES',
      },
      submitted_at: new Date(),
    });
    expect(await averages(ada)).toBe(55);
    await database.dataSource.query('UPDATE answers SET score = 50 WHERE id = $1', [last.answerId]);
    expect(await averages(bob)).toBe(65);
    await database.dataSource.query('UPDATE answers SET score = NULL WHERE id = $1', [last.answerId]);
    expect(await averages(bob)).toBe(70);
  });

  test('attack: a candidate reaches no rubric of the library', async () => {
    const { id } = await create();
    const inputs = {
      ...{ 'library.list': {}, 'library.facets': undefined, 'library.get': { id } },
      ...{ 'library.version': { id, version: 1 }, 'library.create': draft, 'library.duplicate': { id } },
      'library.update': { id, baseVersion: 1, draft },
      'library.revert': { id, baseVersion: 1, version: 1 },
      ...{ 'library.archive': { id }, 'library.restore': { id }, 'library.export': { format: 'JSON' } },
      'library.checkImport': { format: 'JSON', bytes: Buffer.from('[]') },
      'library.import': { format: 'JSON', bytes: Buffer.from('[]'), fingerprint: '', conflicts: 'KEEP' },
    } as const;
    for (const [name, input] of Object.entries(inputs)) {
      for (const role of roles) {
        const person = await app.addPerson(role);
        const result = await person.result(name as keyof typeof inputs, input);
        const forbidden = !result.ok && result.error.code === 'FORBIDDEN';
        expect([name, role, forbidden]).toEqual([name, role, role === 'CANDIDATE']);
      }
    }
  });

  test('a starter question may be practised; kept out of it, it stays the starter’s and stays out', async () => {
    const starter = starterLibrary[1];
    if (!starter) throw new Error('The starter library is too small.');
    const { id } = await database.dataSource.getRepository(Entity).findOneByOrFail({ slug: starter.slug });
    const question = await ada.value('library.get', { id });
    expect(question.practice).toBe(true);
    const draft = { ...tidyDraft(question), practice: false };
    expect(await ada.value('library.update', { id, baseVersion: 1, draft })).toMatchObject({
      ...{ origin: 'STARTER', practice: false, version: 2 },
    });
    await installStarter(database.dataSource, [{ ...starter, content: 'Worded better' }]);
    expect(await ada.value('library.get', { id })).toMatchObject({
      ...{ content: 'Worded better', practice: false, version: 3 },
    });
  });

  test('a starter question that people have worded otherwise stays theirs, until it is reverted', async () => {
    const [starter] = starterLibrary;
    if (!starter) throw new Error('The starter library is empty.');
    const { id } = await database.dataSource.getRepository(Entity).findOneByOrFail({ slug: starter.slug });
    const question = await ada.value('library.get', { id });
    expect(question).toMatchObject({ origin: 'STARTER', changedBy: null, version: 1 });
    const written = tidyDraft(question);
    await ada.value('library.update', { id, baseVersion: 1, draft: { ...written, content: 'Ours' } });
    await installStarter(database.dataSource, [{ ...starter, content: 'Newer' }]);
    expect(await ada.value('library.get', { id })).toMatchObject({ content: 'Ours', version: 2 });
    await ada.value('library.revert', { id, baseVersion: 2, version: 1 });
    await installStarter(database.dataSource, [{ ...starter, content: 'Newest' }]);
    expect(await ada.value('library.get', { id })).toMatchObject({
      content: 'Newest',
      version: 4,
      origin: 'STARTER',
      changedBy: null,
    });
  });
});
