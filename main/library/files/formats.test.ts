import { describe, expect, it, test } from 'vitest';
import { type LibraryFormat, libraryFormats } from '../../../shared/contract/library.ts';
import { tidyDraft } from '../../../shared/model/library.ts';
import { formats, parseFile } from './formats.ts';
import type { FileQuestion } from './record.ts';

const id = (n: number) => `0190a3c0-0000-7000-8000-${String(n).padStart(12, '0')}`;

function question(n: number, changes: Partial<FileQuestion> = {}): FileQuestion {
  const draft = tidyDraft({
    ...{ content: `Why ${n}?`, difficulty: 'EASY', competency: 'testing', tags: ['a', 'b'] },
    ...{ covers: ['one', 'two'], probes: ['And then?'], levels: ['1', '2', '3', '4', '5'], practice: false },
    ...changes,
  });
  return { id: id(n), slug: null, version: 1, archived: false, ...changes, ...draft };
}

/** As an export does it, in two batches. */
function write(format: LibraryFormat, questions: readonly FileQuestion[]): string {
  const { head, write, between, tail } = formats[format];
  const half = Math.ceil(questions.length / 2);
  const parts = [questions.slice(0, half), questions.slice(half)].filter((part) => part.length > 0);
  return head() + parts.map((part, index) => write(part, index * half + 1)).join(between) + tail();
}

const read = (format: LibraryFormat, text: string) => parseFile(format, Buffer.from(text));

const hostile = [
  'a, "quoted" text; with\ttabs',
  '"begins with a quote',
  'ends with a quote"',
  "'an apostrophe and '=more",
  "'=1+1",
  "''=1+1",
  '=HYPERLINK("http://example.org?x="&A1,"click")',
  '+1+1',
  '-1+1',
  '@SUM(A1:A9)',
  '\uff1d1+1',
  '# A heading',
  '## Another\n\n## And one more\n- id: nothing',
  'First\n=====\nSecond\n---\nThird',
  '- a list\n- of two\n\n1. and\n2) numbers\n1234567890. no number',
  '> quoted\n>> twice',
  '```\ncode\n```\n~~~~\nmore',
  'ends with a fence ```',
  '````text\n## no heading\n````',
  '    indented\n\tby a tab\n  and two',
  'two\n\n\n\nblank lines',
  'trailing space \nand more',
  '| a | table |\n|---|---|\n| 1 | 2 |',
  '<script>alert(1)</script>\n<!-- no comment\n\n-->',
  '[a]: http://example.org "x"\n![i](j) <http://example.org> *em* _em_ `code` &amp; &#35;',
  'back\\slash \\* \\\\ \\n C:\\new\\# at the end\\',
  '🎉🧑‍🚀 emoji, שלום עולם, مرحبا, 日本語, e\u0301',
  '\u202eright to left override\u202c and \u200b zero width',
  'a # b #',
  'ends with ##',
  '\\#',
  '&lt;b&gt;',
  'C#',
  '***',
  '___\n+\n*\n-',
  ':::\n[x] task\n[ ] task',
  '\u2028line\u2028separators\u2029',
  'id: 5',
  'tags: a, b',
  'null',
  '{"id": 1}',
  '%',
  '1.',
  '1)',
  '`',
  '~',
  '.',
];

describe.each(libraryFormats)('%s', (format) => {
  it('gives back what it was given, however hostile', () => {
    const questions = hostile.map((text, n) =>
      question(n, {
        content: text,
        competency: text.replaceAll('\n', ' ').slice(0, 100),
        covers: [text.replaceAll('\n', ' '), 'second'],
        probes: n % 2 ? [] : [text.replaceAll('\n', ' ')],
        levels: ['', text, 'three', '', text],
        tags: n % 3 ? ['c++', 'a "b"', '#x', '*y*', '-z', '\\'] : [],
        slug: n % 4 ? null : `slug-${n}`,
        archived: n % 5 === 0,
        practice: n % 3 === 0,
        version: n + 1,
      }),
    );
    const { records, notes } = read(format, write(format, questions));
    expect(records.flatMap(({ problems }) => problems)).toEqual([]);
    expect(notes).toEqual([]);
    expect(records).toHaveLength(questions.length);
    for (const [index, each] of questions.entries()) {
      const given = records[index]?.question;
      expect({ slug: null, ...given, archived: given?.archived ?? false }).toEqual(each);
    }
  });

  it('gives back texts made by chance of everything that means something somewhere', () => {
    const pieces = [
      ...'#-+*=_`~<>|[](){}!&\\"\',;:.0123 \n\n\n\t@%$^/?ab',
      ...[
        '1. ',
        '- ',
        '## ',
        '    ',
        '```',
        '~~~',
        '&amp;',
        '<!--',
        '-->',
        '\\n',
        '¶',
        '🎉',
        '\r\n',
        '\u00a0',
      ],
    ];
    let seed = 7;
    const random = () => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed / 2147483648;
    };
    const text = (length: number) =>
      Array.from(
        { length: 1 + Math.floor(random() * length) },
        () => pieces[Math.floor(random() * pieces.length)],
      ).join('');
    const questions = Array.from({ length: 400 }, (_, n) =>
      question(n, {
        content: `${text(40)}x`,
        covers: [text(12), text(12)],
        probes: [text(12)],
        levels: [text(20), text(20), '', text(20), text(20)],
        tags: [text(5), text(5)],
      }),
    ).map((each) => ({ ...each, content: each.content || 'x' }));
    const { records } = read(format, write(format, questions));
    expect(records.flatMap(({ problems }) => problems)).toEqual([]);
    for (const [index, each] of questions.entries()) {
      const { content, covers, probes, levels, tags } = records[index]?.question ?? {};
      const { id: _id, slug: _slug, version: _version, archived: _archived, ...draft } = each;
      expect({ content, covers, probes, levels, tags }, JSON.stringify(draft)).toEqual({
        ...{ content: each.content, covers: each.covers, probes: each.probes },
        ...{ levels: each.levels, tags: each.tags },
      });
    }
  });

  it('takes other line ends, marks of byte order and UTF-16', () => {
    const text = write(format, [question(1, { content: 'Zwölf\nBoxkämpfer' }), question(2)]).replace(
      '\ufeff',
      '',
    );
    const dos = text.replace(/\r?\n/g, '\r\n');
    const utf16 = Buffer.from(`\ufeff${dos}`, 'utf16le');
    const forms = [text, `\ufeff${dos}`, text.replace(/\r?\n/g, '\r'), utf16, Buffer.from(utf16).swap16()];
    for (const form of forms) {
      const { records } = parseFile(format, Buffer.from(form as Buffer));
      expect(records.map((each) => each.question.content)).toEqual(['Zwölf\nBoxkämpfer', 'Why 2?']);
    }
  });

  it('refuses another encoding, and says where it is met', () => {
    const bytes = Buffer.from(write(format, [question(1), question(2, { content: 'Zwölf' })]), 'latin1');
    // The mark of byte order is none in this encoding.
    expect(() => parseFile(format, bytes)).toThrow(/not in UTF-8: line \d+ .*CSV UTF-8/);
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \n \n'],
    ['prose', 'Dear all,\nplease find attached'],
    ['zeros', '\0\0\0'],
  ])('refuses %s as a whole', (_, text) => {
    expect(() => read(format, text)).toThrow();
  });

  it('refuses a text that is too long, and says how long it is', () => {
    const [first, second] = read(
      format,
      write(format, [question(1, { content: 'x'.repeat(100_000) }), question(2)]),
    ).records;
    expect(first?.problems).toEqual(['question: At most 20,000 characters. It has 100,000.']);
    expect(second?.problems).toEqual([]);
  });
});

describe('CSV', () => {
  const lines = (text: string) =>
    read('CSV', text).records.map(({ line, question, problems }) => [line, question.content, ...problems]);

  test('attack: no cell of an export is a formula to a spreadsheet', () => {
    const file = write('CSV', [
      question(1, {
        content: '=cmd|calc',
        competency: '@x',
        covers: ['+1'],
        levels: ['-1', '2', '3', '4', '5'],
      }),
    ]);
    const cells = file.split('\r\n')[1]?.split(',') ?? [];
    expect(cells.filter((cell) => /^"?[=+\-@]/.test(cell))).toEqual([]);
    expect(file).toContain("'=cmd|calc");
  });

  test('a broken line stops none of the others, and is told by its number', () => {
    const head = 'content,competency,difficulty\n';
    expect(
      lines(
        `${head}One,c,EASY\n"Two"x,c,EASY\nThree,c,EASY\n"Four\nfour",c,HARD\n\nFive,c\nSix,c,EASY,more\nSeven,c,SOME\nEight,c,hard\n`,
      ),
    ).toEqual([
      [2, 'One'],
      [3, undefined, 'A quote in this line is closed in the middle of a cell.'],
      [4, 'Three'],
      [5, 'Four\nfour'],
      [8, undefined, 'This line has 2 cells, and the first line names 3 columns.'],
      [9, undefined, 'This line has 4 cells, and the first line names 3 columns.'],
      [10, 'Seven', 'difficulty: Choose EASY, MEDIUM or HARD.'],
      [11, 'Eight'],
    ]);
    expect(
      lines(`${head}One,c,EASY\n"Two,c,EASY\nThree,c,EASY\n"Four",c,EASY\n"Five,c,EASY\nSix,c,EASY\n`),
    ).toEqual([
      [2, 'One'],
      [3, undefined, expect.stringContaining('quote')],
      [4, 'Three'],
      [5, 'Four'],
      [6, undefined, 'A quote that begins in this line is not closed.'],
      [7, 'Six'],
    ]);
  });

  test('columns: any order, other separators, unknown ones told, broken heads refused', () => {
    expect(lines('Difficulty;CONTENT;competency\r\neasy;Why?;c\r\n')).toEqual([[2, 'Why?']]);
    expect(lines('difficulty\tcontent\tcompetency\nEASY\tWhy?\tc\n')).toEqual([[2, 'Why?']]);
    expect(read('CSV', 'content,author,content 2\nWhy?,me,no\n').notes).toEqual([
      'Columns that are not used: author, content_2.',
    ]);
    expect(() => read('CSV', 'content,content\na,b\n')).toThrow('is there twice');
    expect(() => read('CSV', 'content,level_1\na,b\n')).toThrow('level_1 to level_5');
  });
});

describe('JSON', () => {
  test('a question with a slip in it stops none of the others', () => {
    const file = `[
      {"content": "One", "competency": "c", "difficulty": "EASY"},
      7,
      {"content": "Two, "competency": "c"},
      {"content": "Three", "levels": ["1", "2"], "author": "me"},
      {"content": "Four", "tags": ["A", "a"], "covers": "no list"}
    ]`;
    const { records, notes } = read('JSON', file);
    expect(records.map(({ line, problems }) => [line, problems.length > 0])).toEqual([
      [2, false],
      [3, true],
      [4, true],
      [5, true],
      [6, true],
    ]);
    expect(records[3]?.problems).toEqual(['levels: A question has five levels.']);
    expect(records[4]?.question.tags).toEqual(['a']);
    expect(notes).toEqual(['Fields that are not used: author.']);
  });
});

describe('Markdown', () => {
  test('is read as people write it', () => {
    const { records, notes } = read(
      'MARKDOWN',
      '# Ours\n\nSome words.\n\n## What does `SELECT *` do, and *why* not?\n\n* Competency: Databases\n* Difficulty: hard\n* Author: me\n\n' +
        '### What a good answer covers\n* Columns\n* Names, `*`\n\n### Levels\n1. a\n2. b\n3. c\n4. d\n5. e\n\n### Remarks\nNone.\n\n' +
        '## Question\n\nTwo\nlines.\n\n- difficulty: EASY\n- competency: c\n\n### Follow-ups\n\nNo list.\n',
    );
    expect(records[0]).toEqual({
      ...{ line: 5, problems: [] },
      question: {
        ...{
          content: 'What does `SELECT *` do, and *why* not?',
          competency: 'Databases',
          difficulty: 'HARD',
        },
        ...{ covers: ['Columns', 'Names, `*`'], levels: ['a', 'b', 'c', 'd', 'e'] },
      },
    });
    expect(records[1]?.problems).toEqual(['Below “Follow-ups” there should be a list and nothing else.']);
    expect(notes).toEqual(['Not used: Author, Remarks.']);
  });
});
