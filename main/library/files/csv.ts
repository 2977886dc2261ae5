import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import {
  type FileQuestion,
  type FileRecord,
  isField,
  type ParsedFile,
  readRecord,
  UnreadableFile,
} from './record.ts';

const levelColumns = ['level_1', 'level_2', 'level_3', 'level_4', 'level_5'];
const columns = [
  ...[
    'id',
    'version',
    'slug',
    'archived',
    'practice',
    'competency',
    'difficulty',
    'tags',
    'content',
    'covers',
    'probes',
  ],
  ...levelColumns,
];

/** How often parsing begins anew behind a quote that is not closed, before the rest is given up. */
const mostRecoveries = 200;

/**
 * What a spreadsheet takes for a formula when a cell begins with it, and the apostrophe that keeps it from doing so. A
 * text that begins with both gets one more, so that taking one off gives the text back.
 */
const formula = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

function shielded(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

function unshielded(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}

export const csvHead = (): string => `\ufeff${stringify([columns], { record_delimiter: '\r\n' })}`;

/** Lists are a line an entry in their cell, tags stand between commas. */
export function writeCsv(questions: readonly FileQuestion[]): string {
  return stringify(
    questions.map((question) =>
      [
        ...[question.id, String(question.version), question.slug ?? '', question.archived ? 'yes' : ''],
        ...[
          question.practice ? 'yes' : 'no',
          question.competency,
          question.difficulty,
          question.tags.join(', '),
          question.content,
        ],
        ...[question.covers.join('\n'), question.probes.join('\n'), ...question.levels],
      ].map(shielded),
    ),
    // Line ends inside of a cell are not those between the lines.
    { record_delimiter: '\r\n', quoted_match: /[\r\n\t;]/ },
  );
}

/** @throws UnreadableFile where the first line does not name the columns */
export function parseCsv(text: string): ParsedFile {
  const lines = readCells(text);
  const head = lines.shift();
  const names = (head?.cells ?? []).map((cell) => cell.trim().toLowerCase().replaceAll(' ', '_'));
  const known = names.filter((name) => columns.includes(name));
  const twice = known.find((name, index) => known.indexOf(name) !== index);
  if (twice) throw new UnreadableFile(`The column “${twice}” is there twice. Please remove one.`);
  const hasLevels = levelColumns.filter((name) => names.includes(name));
  if (hasLevels.length > 0 && hasLevels.length < 5) {
    throw new UnreadableFile('Levels need all of the columns level_1 to level_5, or none of them.');
  }
  if (!names.includes('content') && !names.includes('id') && !names.includes('slug')) {
    throw new UnreadableFile(
      `The first line must name the columns, “content” among them. All that are known: ${columns.join(', ')}.`,
    );
  }
  const unused = names.filter((name) => !columns.includes(name) && name !== '');
  return {
    records: lines.map((line) => recordOf(line, names)),
    notes: unused.length > 0 ? [`Columns that are not used: ${unused.join(', ').slice(0, 500)}.`] : [],
  };
}

interface Line {
  line: number;
  cells: string[];
  problem?: string;
}

function recordOf({ line, cells, problem }: Line, names: readonly string[]): FileRecord {
  if (problem) return { line, question: {}, problems: [problem] };
  if (cells.length !== names.length) {
    return {
      ...{ line, question: {} },
      problems: [`This line has ${cells.length} cells, and the first line names ${names.length} columns.`],
    };
  }
  const cell = (name: string) => {
    const index = names.indexOf(name);
    return index === -1 ? undefined : unshielded(cells[index] ?? '');
  };
  const given: Partial<Record<keyof FileQuestion, unknown>> = {};
  for (const name of names) if (isField(name)) given[name] = cell(name);
  given.tags = cell('tags')?.split(/[,;\n]/);
  given.covers = cell('covers')?.split('\n');
  given.probes = cell('probes')?.split('\n');
  if (names.includes('level_1')) given.levels = levelColumns.map((name) => cell(name) ?? '');
  return readRecord(line, given);
}

/**
 * The cells, line by line. A quote that is not closed, or is closed in the middle of a cell, spoils its own line and no
 * other: parsing begins anew on the one after it.
 */
function readCells(text: string): Line[] {
  const bytes = Buffer.from(text);
  const lines: Line[] = [];
  const delimiter = delimiterOf(text);
  const options = { delimiter, record_delimiter: '\n', relax_column_count: true, skip_empty_lines: true };
  let offset = 0;
  let line = 1;
  let recoveries = 0;
  const lineStart = (at: number) => {
    // Empty lines are skipped, and count.
    while (bytes[at] === 0x0a) at += 1;
    return at;
  };
  const advance = (to: number) => {
    for (let at = offset; at < to; at += 1) if (bytes[at] === 0x0a) line += 1;
    offset = to;
  };
  const refuse = (problem: string) => {
    advance(lineStart(offset));
    lines.push({ line, cells: [], problem });
    const end = bytes.indexOf(0x0a, offset);
    advance(end === -1 ? bytes.length : end + 1);
    recoveries += 1;
  };
  while (offset < bytes.length) {
    if (recoveries > mostRecoveries) {
      lines.push({
        line,
        cells: [],
        problem: 'Too many quotes are not closed: nothing from here on was read.',
      });
      break;
    }
    const begun = offset;
    let broken: string | undefined;
    try {
      parse(bytes.subarray(begun), {
        ...options,
        relax_quotes: true,
        on_record: (record: string[], info) => {
          if (broken) return null;
          const end = begun + info.bytes;
          const raw = bytes.subarray(lineStart(offset), end);
          if (record.some((cell) => cell.startsWith('"')) && !isWellQuoted(raw, options)) {
            broken = 'A quote in this line is closed in the middle of a cell.';
            return null;
          }
          advance(lineStart(offset));
          lines.push({ line, cells: record });
          advance(end);
          return null;
        },
      });
      if (!broken) break;
    } catch {
      broken ??= 'A quote that begins in this line is not closed.';
    }
    refuse(broken);
  }
  return lines;
}

function isWellQuoted(raw: Buffer, options: { delimiter: string; record_delimiter: string }): boolean {
  try {
    parse(raw, { ...options, relax_column_count: true });
    return true;
  } catch {
    return false;
  }
}

/** Spreadsheets of some countries write semicolons. The first line tells: it names columns. */
function delimiterOf(text: string): string {
  const first = text.slice(0, text.indexOf('\n') + 1 || undefined);
  const matches = (delimiter: string) =>
    first.split(delimiter).filter((name) => columns.includes(name.trim().replaceAll('"', '').toLowerCase()))
      .length;
  return [',', ';', '\t'].reduce((best, each) => (matches(each) > matches(best) ? each : best));
}
