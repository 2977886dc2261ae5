import { Worker } from 'node:worker_threads';
import type { LibraryFormat } from '../../../shared/contract/library.ts';
import { OperationFailure } from '../../operations/operation-failure.ts';
import { workerEntry } from '../../worker-entry.ts';
import type { Parsed } from './parse-worker.ts';
import type { ParsedFile } from './record.ts';

/** So long a file may take to be read, ms: what takes longer is no list of questions. */
const limitMs = 120_000;

/**
 * Reads a file in a worker of its own.
 *
 * @throws OperationFailure INVALID_INPUT where it is no such file
 */
export async function readFile(format: LibraryFormat, bytes: Uint8Array): Promise<ParsedFile> {
  const worker = new Worker(workerEntry('library-file'), {
    workerData: { format, bytes },
    name: 'library-file',
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  });
  const timer = setTimeout(() => void worker.terminate(), limitMs);
  try {
    const parsed = await new Promise<Parsed | null>((resolve, reject) => {
      worker.on('message', resolve);
      worker.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve(null) : reject(error),
      );
      worker.on('exit', () => resolve(null));
    });
    if (!parsed) {
      throw new OperationFailure('INVALID_INPUT', 'This file is too much to read at once. Please split it.');
    }
    if ('unreadable' in parsed) throw new OperationFailure('INVALID_INPUT', parsed.unreadable);
    return parsed.file;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
