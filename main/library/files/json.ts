import { type FileQuestion, isField, type ParsedFile, readRecord, UnreadableFile } from './record.ts';

export const jsonHead = (): string => '{\n"format": "parley-library",\n"questions": [\n';
export const jsonTail = (): string => '\n]\n}\n';

export function writeJson(questions: readonly FileQuestion[]): string {
  return questions.map((question) => JSON.stringify(question, null, 2)).join(',\n');
}

/**
 * A list of questions, or an object that has one under `questions`. Each question is read by itself, so that one with a
 * slip in it stops no other.
 *
 * @throws UnreadableFile
 */
export function parseJson(text: string): ParsedFile {
  const start = listStart(text);
  if (start === -1) {
    throw new UnreadableFile(
      'This file has no list of questions. It should be a list, or an object with one under “questions”.',
    );
  }
  const unused = new Set<string>();
  const records = elements(text, start).map(({ line, value }) => {
    if (value === undefined) {
      return { line, question: {}, problems: ['This is no JSON: a comma, a quote or a bracket is amiss.'] };
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return { line, question: {}, problems: ['A question must be an object, in curly brackets.'] };
    }
    const given: Partial<Record<keyof FileQuestion, unknown>> = {};
    for (const [name, part] of Object.entries(value)) {
      if (isField(name)) given[name] = part;
      else unused.add(name);
    }
    return readRecord(line, given);
  });
  return {
    records,
    notes: unused.size > 0 ? [`Fields that are not used: ${[...unused].join(', ').slice(0, 500)}.`] : [],
  };
}

/** The place behind the bracket that opens the list; -1 where there is none. */
function listStart(text: string): number {
  if (/^\s*\[/.test(text)) return text.indexOf('[') + 1;
  const named =
    /^\s*\{(?:\s*"[^"\\]*"\s*:\s*(?:"[^"\\]*"|-?[\d.]+|true|false|null)\s*,)*\s*"questions"\s*:\s*\[/.exec(
      text,
    );
  return named ? named[0].length : -1;
}

interface Element {
  /** Where it begins, from 1. */
  line: number;
  /** Undefined where it is no JSON. */
  value: unknown;
}

/**
 * The elements of a list, by its brackets and commas. Where one is no JSON, its brackets say nothing of where it ends:
 * then the next one begins on the next line that looks as the first one's did.
 */
function elements(text: string, start: number): Element[] {
  const found: Element[] = [];
  const indent = /^\s*?(\n[ \t]*)(?=\S)/.exec(text.slice(start, start + 1_000))?.[1];
  let line = 1 + newlines(text, 0, start);
  let begun = start;
  let depth = 0;
  /** Takes what stands before this place. @returns where to go on */
  const take = (at: number): number => {
    const source = text.slice(begun, at);
    const space = source.length - source.trimStart().length;
    let end = at;
    if (source.trim()) {
      const value = jsonOf(source);
      const next = value === undefined && indent ? text.indexOf(`${indent}{`, begun + space) : -1;
      if (next !== -1 && next < at) end = next;
      found.push({ line: line + newlines(text, begun, begun + space), value });
    }
    line += newlines(text, begun, end);
    begun = end === at ? at + 1 : end;
    depth = 0;
    return begun;
  };
  for (let at = start; at < text.length; ) {
    const character = text[at];
    if (character === '"') {
      at = stringEnd(text, at) + 1;
      continue;
    }
    if (character === '{' || character === '[') depth += 1;
    if (character === '}' || character === ']') depth -= 1;
    const isOver = depth < 0;
    if (isOver || (character === ',' && depth === 0)) {
      const next = take(at);
      // Behind the list, unless its end was that of something broken.
      if (isOver && next === at + 1) return found;
      at = next;
    } else {
      at += 1;
    }
    while (at >= text.length && begun < text.length) at = take(text.length);
  }
  return found;
}

function jsonOf(source: string): unknown {
  try {
    return JSON.parse(source) as unknown;
  } catch {
    return undefined;
  }
}

/** Where a string ends: at its quote, or, since none goes on beyond its line, at the end of that. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"' || text[at] === '\n') return at;
  }
  return text.length;
}

function newlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
