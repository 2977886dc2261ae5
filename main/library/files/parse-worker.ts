import { parentPort, workerData } from 'node:worker_threads';
import type { LibraryFormat } from '../../../shared/contract/library.ts';
import { parseFile } from './formats.ts';
import { type ParsedFile, UnreadableFile } from './record.ts';

/** What the worker answers: a file's questions, or why there are none. */
export type Parsed = { file: ParsedFile } | { unreadable: string };

/** Reads one file and ends: ten thousand questions take seconds, in which main has other things to do. */
const { format, bytes } = workerData as { format: LibraryFormat; bytes: Uint8Array };
let parsed: Parsed;
try {
  parsed = { file: parseFile(format, bytes) };
} catch (error) {
  if (!(error instanceof UnreadableFile)) throw error;
  parsed = { unreadable: error.message };
}
parentPort?.postMessage(parsed);
