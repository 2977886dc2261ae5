import { z } from 'zod';
import { questionDraft } from '../../../shared/contract/library.ts';
import type { QuestionDraft } from '../../../shared/model/library.ts';

/** A question as a file has it. What the file says nothing of is left out, and stays as it is in the library. */
export interface FileQuestion extends QuestionDraft {
  id: string;
  slug: string | null;
  /** The version that the file was exported with. */
  version: number;
  archived: boolean;
}

/** What one place of a file comes to. */
export interface FileRecord {
  /** Where it begins, from 1. */
  line: number;
  question: Partial<FileQuestion>;
  /** Why it cannot be imported; empty where it can. */
  problems: string[];
}

/** What a file comes to. */
export interface ParsedFile {
  records: FileRecord[];
  notes: string[];
}

/** Thrown where a file is none of its format at all. The message is for a person. */
export class UnreadableFile extends Error {}

const words: Record<keyof FileQuestion, string> = {
  ...{ id: 'id', slug: 'slug', version: 'version', archived: 'archived', content: 'question' },
  ...{ difficulty: 'difficulty', competency: 'competency', tags: 'tags', covers: 'covers', probes: 'probes' },
  ...{ levels: 'levels', practice: 'practice' },
};

const shapes = {
  id: z.uuid('This is no id. Leave it empty for a new question.').toLowerCase(),
  slug: z
    .string()
    .max(200)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'A slug has small letters, digits and single hyphens.')
    .nullable(),
  version: z.coerce.number('This is no number.').int().min(1).max(2_000_000_000),
  archived: z.boolean('Write yes or no.'),
  ...questionDraft.shape,
  practice: z.boolean('Write yes or no.'),
} as const;

const yesOrNo: Readonly<Record<string, boolean>> = {
  ...{ yes: true, true: true, '1': true },
  ...{ no: false, false: false, '0': false, '': false },
};

/**
 * Checks what a file says of one question, field by field.
 *
 * @param given by field; what is undefined is not there. Text where the format knows nothing else
 */
export function readRecord(
  line: number,
  given: Readonly<Partial<Record<keyof FileQuestion, unknown>>>,
): FileRecord {
  const question: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const name of Object.keys(shapes) as (keyof FileQuestion)[]) {
    const value = prepared(name, given[name]);
    if (value === undefined) continue;
    const parsed = shapes[name].safeParse(value);
    if (parsed.success) question[name] = parsed.data;
    else problems.push(...parsed.error.issues.map((issue) => problemWords(name, value, issue)));
  }
  return { line, question, problems };
}

export function isField(name: string): name is keyof FileQuestion {
  return Object.hasOwn(shapes, name);
}

function prepared(name: keyof FileQuestion, value: unknown): unknown {
  if (typeof value !== 'string') return value === null && name !== 'slug' ? undefined : value;
  const text = value.trim();
  if (name === 'id' || name === 'version') return text || undefined;
  if (name === 'slug') return text || null;
  if (name === 'difficulty') return text.toUpperCase();
  if (name === 'archived' || name === 'practice') return yesOrNo[text.toLowerCase()] ?? text;
  return value;
}

function problemWords(
  name: keyof FileQuestion,
  value: unknown,
  { message, path: [place] }: z.core.$ZodIssue,
): string {
  const at = typeof place === 'number' ? ` ${place + 1}` : '';
  const part = typeof place === 'number' && Array.isArray(value) ? value[place] : value;
  const length =
    typeof part === 'string' && message.startsWith('At most')
      ? ` It has ${part.length.toLocaleString('en')}.`
      : '';
  return `${words[name]}${at}: ${message}${length}`;
}
