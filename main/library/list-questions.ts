import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { OutputOf, ParsedInputOf } from '../../shared/contract/index.ts';
import type { LibraryRow, LibrarySort } from '../../shared/contract/library.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { averageScore, owedScores } from './usage.ts';

type ListInput = ParsedInputOf<'library.list'>;
type Filter = Omit<ListInput, 'sort' | 'after' | 'limit'>;

/** What a list is sorted by; see InterviewList's orders. But for the rank, the table has an index on it and the id. */
interface Order {
  readonly expression: string;
  readonly direction: 'ASC' | 'DESC';
  readonly keyText: string;
  readonly keyShape: z.ZodType<string>;
  readonly keyType: 'timestamptz' | 'integer' | 'real';
}

const moment = {
  direction: 'DESC',
  keyText: `CASE WHEN isfinite(sort_key)
    THEN to_char(sort_key AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') ELSE '-infinity' END`,
  keyType: 'timestamptz',
} as const;
const momentShape = z.iso.datetime({ precision: 6 }).refine((text) => !text.startsWith('0000'));
const count = {
  expression: 'asked_count',
  keyText: 'sort_key::text',
  keyShape: z.string().regex(/^\d{1,9}$/),
  keyType: 'integer',
} as const;

function orders(search: string): Readonly<Record<LibrarySort, Order>> {
  return {
    RELEVANCE: {
      expression: `ts_rank(search, ${search})`,
      direction: 'DESC',
      keyText: 'sort_key::text',
      keyShape: z.string().regex(/^\d(\.\d+)?(e-?\d{1,2})?$/),
      keyType: 'real',
    },
    NEWEST: { ...moment, expression: 'created_at', keyShape: momentShape },
    MOST_ASKED: { ...count, direction: 'DESC' },
    LEAST_ASKED: { ...count, direction: 'ASC' },
    LAST_ASKED: {
      ...moment,
      expression: `coalesce(last_asked_at, '-infinity'::timestamptz)`,
      keyShape: momentShape.or(z.literal('-infinity')),
    },
  };
}

/**
 * A page of the library, read by key.
 *
 * @throws OperationFailure INVALID_INPUT for a cursor that this list did not give out
 */
export async function listQuestions(
  dataSource: DataSource,
  person: SignedInPerson,
  input: ListInput,
): Promise<OutputOf<'library.list'>> {
  const parameters: unknown[] = [];
  const parameter = (value: unknown) => `$${parameters.push(value)}`;
  const { where, search } = filterConditions(input, parameter);
  const sort = search
    ? (input.sort ?? 'RELEVANCE')
    : input.sort === 'RELEVANCE'
      ? 'NEWEST'
      : (input.sort ?? 'NEWEST');
  const order = orders(search ?? '')[sort];
  if (input.after !== undefined) {
    const after = readCursor(sort, order, input.after);
    where.push(
      `(${order.expression}, id) ${order.direction === 'DESC' ? '<' : '>'} ` +
        `(${parameter(after.key)}::${order.keyType}, ${parameter(after.id)}::uuid)`,
    );
  }
  const found = await dataSource.query<FoundRow[]>(
    `
    WITH page AS (
      SELECT id, ${order.expression} AS sort_key
      FROM library_questions
      WHERE ${where.join(' AND ')}
      ORDER BY sort_key ${order.direction}, id ${order.direction}
      LIMIT ${parameter(input.limit + 1)}
    ), owed AS (${owedScores(parameter(person.id))})
    SELECT ${order.keyText} AS key, library.id, library.version, left(library.content, 400) AS content,
      library.difficulty, library.competency, library.tags, library.practice, library.created_at AS "createdAt",
      library.archived_at AS "archivedAt", library.asked_count AS "askedCount",
      library.last_asked_at AS "lastAskedAt",
      ${averageScore('library')} AS "averageScore"
    FROM page JOIN library_questions AS library ON library.id = page.id
      LEFT JOIN owed ON owed.library_question_id = library.id
    ORDER BY sort_key ${order.direction}, library.id ${order.direction}
    `,
    parameters,
  );
  const rows = found.slice(0, input.limit);
  const last = rows.at(-1);
  return {
    rows: rows.map(({ key: _, ...row }) => ({
      ...row,
      createdAt: row.createdAt.toISOString(),
      archivedAt: row.archivedAt?.toISOString() ?? null,
      lastAskedAt: row.lastAskedAt?.toISOString() ?? null,
    })),
    next: last && found.length > rows.length ? writeCursor(sort, last.key, last.id) : null,
  };
}

type FoundRow = Omit<LibraryRow, 'createdAt' | 'archivedAt' | 'lastAskedAt'> & {
  key: string;
  createdAt: Date;
  archivedAt: Date | null;
  lastAskedAt: Date | null;
};

/**
 * The conditions that a filter comes to, over `library_questions`.
 *
 * @param parameter notes a value and says how the statement names it
 * @returns with them the SQL of what is searched, where anything is
 */
export function filterConditions(
  filter: Filter,
  parameter: (value: unknown) => string,
): { where: string[]; search: string | null } {
  const where = [`archived_at IS ${filter.archived ? 'NOT NULL' : 'NULL'}`];
  const search = /[\p{L}\p{N}]/u.test(filter.search ?? '')
    ? `library_search_query(${parameter(filter.search)})`
    : null;
  if (search) where.push(`search @@ ${search}`);
  if (filter.competency) where.push(`competency = ${parameter(filter.competency)}`);
  if (filter.difficulty) where.push(`difficulty = ${parameter(filter.difficulty)}`);
  if (filter.tags?.length) where.push(`tags @> ${parameter(filter.tags)}::text[]`);
  if (filter.practice !== undefined) where.push(filter.practice ? 'practice' : 'NOT practice');
  if (filter.asked) {
    const since = () => `now() - make_interval(months => ${parameter(filter.months)})`;
    const lastAsked = `coalesce(last_asked_at, '-infinity'::timestamptz)`;
    where.push(
      filter.asked === 'NEVER'
        ? `${lastAsked} = '-infinity'`
        : `${lastAsked} ${filter.asked === 'LATELY' ? '>=' : '<'} ${since()}`,
    );
  }
  return { where, search };
}

function writeCursor(sort: LibrarySort, key: string, id: string): string {
  return Buffer.from(JSON.stringify([sort, key, id])).toString('base64url');
}

function readCursor(sort: LibrarySort, order: Order, text: string): { key: string; id: string } {
  const shape = z.tuple([z.literal(sort), order.keyShape, z.uuid()]);
  const parsed = shape.safeParse(jsonOrNull(Buffer.from(text, 'base64url').toString()));
  if (!parsed.success) {
    throw new OperationFailure('INVALID_INPUT', 'This list has changed. Please go back to its beginning.', {
      fields: { after: 'Not a place in this list.' },
    });
  }
  const [, key, id] = parsed.data;
  return { key, id };
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
