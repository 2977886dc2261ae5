import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ImportReport, type LibraryFormat, libraryFormats } from '../../shared/contract/library.ts';
import { tidyDraft } from '../../shared/model/library.ts';
import { openTestDatabase, type TestDatabase, testEngines } from '../../tests/fixtures/databases.ts';
import { startInterviews, type TestInterviews, type TestPerson } from '../../tests/fixtures/interviews.ts';

describe.each(testEngines)('import and export on %s', (engine) => {
  let database: TestDatabase;
  let app: TestInterviews;
  let ada: TestPerson;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    app = await startInterviews(database, engine);
    ada = await app.addPerson('INTERVIEWER');
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));
  const check = (format: LibraryFormat, text: string) =>
    ada.value('library.checkImport', { format, bytes: bytesOf(text) });
  const run = async (format: LibraryFormat, text: string, conflicts: 'KEEP' | 'TAKE' = 'KEEP') => {
    const { fingerprint } = await check(format, text);
    return ada.value('library.import', { format, bytes: bytesOf(text), fingerprint, conflicts });
  };
  const exported = async (format: LibraryFormat, filter?: { competency: string }) =>
    Buffer.from((await ada.value('library.export', { format, filter })).bytes).toString();
  const outcomes = ({ lines }: ImportReport) =>
    lines.map(({ line, outcome, reasons }) => [line, outcome, ...reasons]);
  const questions = () =>
    database.dataSource.query('SELECT id, version, content, updated_at FROM library_questions ORDER BY id');

  describe.each(libraryFormats)('%s', (format) => {
    test('what was exported leaves nothing to change, also what is hostile', async () => {
      const hostile = '## Not a heading, "quoted"\n- =1+1\n\n\n  | a | 🎉 שלום `x` \\* <b> &amp; ~~~';
      const { id } = await ada.value('library.create', {
        ...{ content: hostile, difficulty: 'HARD', competency: '=our own; "thing"', tags: ['c++', '-x'] },
        ...{ covers: ['=1', '- x', '# y', '"z'], probes: [], levels: ['', hostile, '3', "'=4", '@5'] },
        practice: true,
      });
      await ada.value('library.archive', { id });
      const before = await questions();
      const file = await exported(format);
      const { counts, notes } = await check(format, file);
      expect(counts).toEqual({ CREATE: 0, CHANGE: 0, SAME: before.length, CONFLICT: 0, REFUSED: 0 });
      expect(notes).toEqual([]);
      expect(await run(format, file)).toEqual({ created: 0, changed: 0 });
      expect(await questions()).toEqual(before);
    });

    test('whether it may be practised travels with it; a file that says nothing of it changes nothing', async () => {
      const competency = `Practised ${format}`;
      const { id } = await ada.value('library.create', {
        ...{ content: competency, difficulty: 'EASY', competency, tags: [], practice: true },
        ...{ covers: [], probes: [], levels: ['', '', '', '', ''] },
      });
      const file = await exported(format, { competency });
      const practice = async () => (await ada.value('library.get', { id })).practice;
      const kept = file
        .replace('"practice": true', '"practice": false')
        .replace('practice: yes', 'practice: no')
        .replace(',yes,', ',no,');
      expect((await check(format, kept)).lines).toMatchObject([{ outcome: 'CHANGE', changes: ['practice'] }]);
      await run(format, kept);
      expect(await practice()).toBe(false);
      const opened = (await exported(format, { competency }))
        .replace('"practice": false', '"practice": true')
        .replace('practice: no', 'practice: yes')
        .replace(',no,', ',yes,');
      await run(format, opened);
      expect(await practice()).toBe(true);
      const silent =
        format === 'CSV'
          ? `id,content\r\n${id},Said anew ${format}`
          : format === 'JSON'
            ? JSON.stringify([{ id, content: `Said anew ${format}` }])
            : `## Said anew ${format}\n\n- id: ${id}\n`;
      await run(format, silent);
      expect(await practice()).toBe(true);
    });

    test('what is edited in the file changes that and nothing else', async () => {
      const word = `Edited${format}`;
      const { id } = await ada.value('library.create', {
        ...{ content: `Not ${word}`, difficulty: 'EASY', competency: 'edits', tags: [] },
        ...{ covers: [], probes: [], levels: ['', '', '', '', ''] },
      });
      const file = (await exported(format)).replace(`Not ${word}`, word);
      const report = await check(format, file);
      expect(report.counts).toMatchObject({ CREATE: 0, CHANGE: 1, CONFLICT: 0, REFUSED: 0 });
      expect(report.lines.find((line) => line.outcome === 'CHANGE')).toMatchObject({
        ...{ id, content: word, changes: ['content'], reasons: [] },
      });
      // Looking changes nothing.
      expect((await ada.value('library.get', { id })).version).toBe(1);
      expect(await run(format, file)).toEqual({ created: 0, changed: 1 });
      expect(await ada.value('library.get', { id })).toMatchObject({
        ...{ content: word, version: 2, origin: 'IMPORT', changedBy: { id: ada.id } },
      });
      expect((await check(format, file)).counts).toMatchObject({ CHANGE: 0, CREATE: 0, CONFLICT: 0 });
      // It is found by its new words, exactly as if it had been typed.
      expect((await ada.value('library.list', { search: word })).rows.map((row) => row.id)).toEqual([id]);
      const stale = await database.dataSource.query(
        `SELECT id FROM library_questions
         WHERE search <> library_question_search(content, competency, tags, covers || probes || levels)`,
      );
      expect(stale).toEqual([]);
    });

    test('a library can be carried to an empty one, and back', async () => {
      const other = await openTestDatabase(engine);
      const elsewhere = await startInterviews(other, engine);
      await other.dataSource.query('DELETE FROM library_questions');
      const bob = await elsewhere.addPerson('ADMIN');
      const file = { format, bytes: (await ada.value('library.export', { format })).bytes };
      const { fingerprint, counts } = await bob.value('library.checkImport', file);
      const here = (await questions()) as unknown[];
      expect(counts).toMatchObject({ CREATE: here.length, REFUSED: 0 });
      await bob.value('library.import', { ...file, fingerprint, conflicts: 'KEEP' });
      expect((await bob.value('library.checkImport', file)).counts.SAME).toBe(here.length);
      const back = await bob.value('library.export', { format });
      const report = await ada.value('library.checkImport', { format, bytes: back.bytes });
      expect(report.counts).toMatchObject({ SAME: here.length, CREATE: 0, CHANGE: 0, CONFLICT: 0 });
      await elsewhere.close();
      await other.close();
    });
  });

  test('line by line: what is made, changed, left and refused; bad lines stop no good ones', async () => {
    const { id } = await ada.value('library.create', {
      ...{ content: 'Known', difficulty: 'EASY', competency: 'lines', tags: [] },
      ...{ covers: ['kept'], probes: [], levels: ['1', '2', '3', '4', '5'] },
    });
    const file = [
      'id,slug,content,competency,difficulty,tags',
      `${id},,Known,lines,EASY,`,
      ',,Brand new,lines,HARD,"x, y"',
      ',,No competency,,HARD,',
      ',,Brand new,lines,HARD,',
      `${id},,Known again,lines,EASY,`,
      '123,,Wrong id,lines,EASY,',
      ',,"Broken" quote,lines,EASY,',
      ',our-slug,With a slug,lines,easy,',
      ',our-slug,With the same slug,lines,easy,',
      ',databases-nothing here,With a bad slug,lines,easy,',
      'ffffffff-ffff-4fff-8fff-ffffffffffff,,With an id of its own,lines,MEDIUM,',
      ',,Known,lines,MEDIUM,',
    ].join('\r\n');
    expect(outcomes(await check('CSV', file))).toEqual([
      [2, 'SAME'],
      [3, 'CREATE'],
      [4, 'REFUSED', 'competency: Please say which competency this examines.'],
      [5, 'REFUSED', 'Line 3 is the same question already.'],
      [6, 'REFUSED', 'Line 2 is the same question already.'],
      [7, 'REFUSED', 'id: This is no id. Leave it empty for a new question.'],
      [8, 'REFUSED', 'A quote in this line is closed in the middle of a cell.'],
      [9, 'CREATE'],
      [10, 'REFUSED', 'Line 9 is the same question already.'],
      [11, 'REFUSED', 'slug: A slug has small letters, digits and single hyphens.'],
      [12, 'CREATE'],
      [13, 'REFUSED', 'Line 2 is the same question already.'],
    ]);
    expect(await run('CSV', file)).toEqual({ created: 3, changed: 0 });
    const { rows } = await ada.value('library.list', { competency: 'lines' });
    expect(rows.map(({ content }) => content).toSorted()).toEqual([
      'Brand new',
      'Known',
      'With a slug',
      'With an id of its own',
    ]);
    // What the file says nothing of stays; a question without id or slug is known by its text.
    expect(outcomes(await check('CSV', 'content,difficulty\nKnown,HARD\n'))).toEqual([[2, 'CHANGE']]);
    await run('CSV', 'content,difficulty\nKnown,HARD\n');
    expect(await ada.value('library.get', { id })).toMatchObject({
      difficulty: 'HARD',
      covers: ['kept'],
      competency: 'lines',
    });
    expect((await check('CSV', file)).counts).toMatchObject({ CREATE: 0 });
  });

  test('a change here and in the file is a conflict: told, left out, or taken by choice', async () => {
    const made = await ada.value('library.create', {
      ...{ content: 'Conflict', difficulty: 'EASY', competency: 'conflicts', tags: [] },
      ...{ covers: [], probes: [], levels: ['', '', '', '', ''] },
    });
    const file = await exported('JSON', { competency: 'conflicts' });
    await ada.value('library.update', {
      id: made.id,
      baseVersion: 1,
      draft: { ...tidyDraft(made), content: 'Here' },
    });
    // Only here: the file says what it was exported with.
    expect((await check('JSON', file)).counts).toMatchObject({ SAME: 1 });
    const edited = file.replace('"Conflict"', '"There"');
    const report = await check('JSON', edited);
    expect(report.lines).toMatchObject([
      {
        ...{ outcome: 'CONFLICT', changes: ['content'] },
        reasons: ['The file was exported with version 1; the library has version 2 since.'],
      },
    ]);
    expect(await run('JSON', edited)).toEqual({ created: 0, changed: 0 });
    expect(await run('JSON', edited, 'TAKE')).toEqual({ created: 0, changed: 1 });
    expect(await ada.value('library.get', { id: made.id })).toMatchObject({ content: 'There', version: 3 });
  });

  test('what changed between check and import is told, and nothing is imported', async () => {
    const file =
      '[{"content": "Late", "competency": "late", "difficulty": "EASY"}, {"content": "Later", "competency": "late", "difficulty": "EASY"}]';
    const { fingerprint } = await check('JSON', file);
    await ada.value('library.create', {
      ...{ content: 'Late', difficulty: 'EASY', competency: 'late', tags: [] },
      ...{ covers: [], probes: [], levels: ['', '', '', '', ''] },
    });
    const { code } = await ada.error('library.import', {
      format: 'JSON',
      bytes: bytesOf(file),
      fingerprint,
      conflicts: 'KEEP',
    });
    expect(code).toBe('CONFLICT');
    expect((await ada.value('library.list', { competency: 'late' })).rows).toHaveLength(1);
  });

  test('nothing is half imported', async () => {
    const many = Array.from({ length: 700 }, (_, n) => ({
      content: `Half ${n}`,
      competency: 'half',
      difficulty: 'EASY',
    }));
    const file = JSON.stringify(many);
    await database.dataSource.query(
      `ALTER TABLE library_questions ADD CONSTRAINT broken CHECK (content <> 'Half 650')`,
    );
    const { fingerprint } = await check('JSON', file);
    const result = await ada.result('library.import', {
      format: 'JSON',
      bytes: bytesOf(file),
      fingerprint,
      conflicts: 'KEEP',
    });
    expect(result.ok).toBe(false);
    expect((await ada.value('library.list', { competency: 'half' })).rows).toEqual([]);
    await database.dataSource.query('ALTER TABLE library_questions DROP CONSTRAINT broken');
    expect(await run('JSON', file)).toEqual({ created: 700, changed: 0 });
  });

  test('a file that is none is refused with what to do', async () => {
    for (const [format, text, says] of [
      ['CSV', 'a,b\n1,2', /first line must name the columns/],
      ['JSON', '{"a": 1}', /no list of questions/],
      ['MARKDOWN', 'Hello', /heading of the second level/],
    ] as const) {
      const { code, message } = await ada.error('library.checkImport', { format, bytes: bytesOf(text) });
      expect([code, message]).toEqual(['INVALID_INPUT', expect.stringMatching(says)]);
    }
    const large = await ada.error('library.checkImport', {
      format: 'CSV',
      bytes: new Uint8Array(32 * 1024 * 1024 + 1),
    });
    expect(large.message).toContain('larger than 32 MB');
  });

  test('an export is of what the filter leaves', async () => {
    const file = await ada.value('library.export', { format: 'CSV', filter: { competency: 'conflicts' } });
    expect(file.count).toBe(1);
    expect(file.fileName).toMatch(/^Parley questions \d{4}-\d\d-\d\d\.csv$/);
  });
});
