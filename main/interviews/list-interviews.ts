import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { OutputOf, ParsedInputOf } from '../../shared/contract/index.ts';
import type { InterviewSort } from '../../shared/contract/interviews.ts';
import { isOwnPractice } from '../database/interview-access.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { readInterviewRows } from './read-interviews.ts';

/** What a list is sorted by. The table has an index on the person, this expression and the id. */
interface Order {
  readonly expression: string;
  readonly direction: 'ASC' | 'DESC';
  /** SQL that gives the expression's value as text that loses nothing, for the cursor. */
  readonly keyText: string;
  /** What such a text looks like. */
  readonly keyShape: z.ZodType<string>;
  readonly keyType: 'timestamptz' | 'numeric';
}

const occurred = 'coalesce(started_at, created_at)';

const byTime = {
  expression: occurred,
  keyText: `to_char(sort_key AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  // PostgreSQL knows no year 0.
  keyShape: z.iso.datetime({ precision: 6 }).refine((text) => !text.startsWith('0000')),
  keyType: 'timestamptz',
} as const;

/** The unrated come last: a score beyond the worst or the best stands in for theirs. */
const byScore = (standIn: -1 | 101) =>
  ({
    expression: `coalesce(score, ${standIn})`,
    keyText: 'sort_key::text',
    keyShape: z.string().regex(/^(-1|\d{1,3}(\.\d{1,2})?)$/),
    keyType: 'numeric',
  }) as const;

const orders: Readonly<Record<InterviewSort, Order>> = {
  NEWEST: { ...byTime, direction: 'DESC' },
  OLDEST: { ...byTime, direction: 'ASC' },
  HIGHEST_SCORE: { ...byScore(-1), direction: 'DESC' },
  LOWEST_SCORE: { ...byScore(101), direction: 'ASC' },
};

/**
 * A page of one's own practice interviews, read by key: however far down, the database reads the page and no row before it.
 *
 * @throws OperationFailure INVALID_INPUT for a cursor that this list did not give out
 */
export async function listInterviews(
  dataSource: DataSource,
  person: SignedInPerson,
  input: ParsedInputOf<'interviews.list'>,
): Promise<OutputOf<'interviews.list'>> {
  const order = orders[input.sort];
  const parameters: unknown[] = [];
  const parameter = (value: unknown) => `$${parameters.push(value)}`;

  const conditions = [
    isOwnPractice(parameter(person.id)),
    `deleted_at IS ${input.deleted ? 'NOT NULL' : 'NULL'}`,
  ];
  if (input.status) conditions.push(`status = ${parameter(input.status)}`);
  if (input.difficulty) conditions.push(`difficulty = ${parameter(input.difficulty)}`);
  if (input.from) conditions.push(`${occurred} >= ${parameter(new Date(input.from))}`);
  if (input.until) conditions.push(`${occurred} < ${parameter(new Date(input.until))}`);
  if (input.after !== undefined) {
    const after = readCursor(input.sort, input.after);
    conditions.push(
      `(${order.expression}, id) ${order.direction === 'DESC' ? '<' : '>'} ` +
        `(${parameter(after.key)}::${order.keyType}, ${parameter(after.id)}::uuid)`,
    );
  }

  const found = await readInterviewRows(dataSource.manager, {
    where: conditions.join(' AND '),
    parameters,
    sortBy: order.expression,
    direction: order.direction,
    // One more than the page tells whether there is a next one.
    limit: input.limit + 1,
    keyText: order.keyText,
  });
  const page = found.slice(0, input.limit);
  const last = page.at(-1);
  return {
    rows: page.map(({ row }) => row),
    next: last && found.length > page.length ? writeCursor(input.sort, last.key, last.row.id) : null,
  };
}

function writeCursor(sort: InterviewSort, key: string, id: string): string {
  return Buffer.from(JSON.stringify([sort, key, id])).toString('base64url');
}

function readCursor(sort: InterviewSort, text: string): { key: string; id: string } {
  const shape = z.tuple([z.literal(sort), orders[sort].keyShape, z.uuid()]);
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
