import type { LibraryFormat } from '../../../shared/contract/library.ts';

export const formatWords: Record<LibraryFormat, string> = {
  CSV: 'CSV, for spreadsheets',
  JSON: 'JSON, for programs',
  MARKDOWN: 'Markdown, for people',
};

export const acceptedFiles = '.csv,.tsv,.txt,.json,.md,.markdown';

/** What a file most likely is, by its name. */
export function formatOf(fileName: string): LibraryFormat {
  if (/\.json$/i.test(fileName)) return 'JSON';
  return /\.(md|markdown)$/i.test(fileName) ? 'MARKDOWN' : 'CSV';
}
