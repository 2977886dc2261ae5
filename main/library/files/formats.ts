import type { LibraryFormat } from '../../../shared/contract/library.ts';
import { csvHead, parseCsv, writeCsv } from './csv.ts';
import { jsonHead, jsonTail, parseJson, writeJson } from './json.ts';
import { markdownHead, parseMarkdown, writeMarkdown } from './markdown.ts';
import { type FileQuestion, type ParsedFile, UnreadableFile } from './record.ts';

interface Format {
  readonly extension: string;
  head(): string;
  /** @param first the number of the first of these questions in the file, from 1 */
  write(questions: readonly FileQuestion[], first: number): string;
  /** What stands between two calls of `write`. */
  readonly between: string;
  tail(): string;
  parse(text: string): ParsedFile;
}

export const formats: Readonly<Record<LibraryFormat, Format>> = {
  CSV: { extension: 'csv', head: csvHead, write: writeCsv, between: '', tail: () => '', parse: parseCsv },
  JSON: {
    extension: 'json',
    head: jsonHead,
    write: writeJson,
    between: ',\n',
    tail: jsonTail,
    parse: parseJson,
  },
  MARKDOWN: {
    ...{ extension: 'md', head: markdownHead, write: writeMarkdown, between: '', tail: () => '' },
    parse: parseMarkdown,
  },
};

/** @throws UnreadableFile */
export function parseFile(format: LibraryFormat, bytes: Uint8Array): ParsedFile {
  const text = textOf(bytes).replace(/\r\n?/g, '\n').replaceAll('\0', '');
  if (!text.trim()) throw new UnreadableFile('This file is empty.');
  return formats[format].parse(text);
}

/** @throws UnreadableFile where it is neither UTF-8 nor marked as UTF-16 */
function textOf(bytes: Uint8Array): string {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  try {
    return new TextDecoder(mark, { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableFile(
      `This file is not in UTF-8${firstBad(bytes)}. Save it as UTF-8 (in a spreadsheet: “CSV UTF-8”) and try again.`,
    );
  }
}

/** The line with the first bytes that are no UTF-8. */
function firstBad(bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end === -1 ? bytes.length : end + 1;
    try {
      decoder.decode(bytes.subarray(start, stop));
    } catch {
      return `: line ${line.toLocaleString('en')} has something else`;
    }
    line += 1;
    start = stop;
  }
  return '';
}
