import { mkdirSync } from 'node:fs';
import { type Logger, pino } from 'pino';
import { createStream } from 'rotating-file-stream';
import { scrub, scrubError, scrubLine } from './log-scrubbing.ts';

/** Structured log. Never hand it a secret, a token, a password or a transcript: ids and counts are enough. */
export type Log = Logger;

/** Five files of 2 MB: weeks of ordinary use. */
const FILE_SIZE = '2M';
const OLDER_FILES = 4;

/**
 * Opens the log in a folder: `parley.log`, and `parley.log.1` … with what was before. Only their owner can read them.
 * A log that cannot be written is said once on stderr; nothing else stops for it.
 */
export function createLog(folder: string): { log: Log; close: () => Promise<void> } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = createStream('parley.log', {
    path: folder,
    size: FILE_SIZE,
    rotate: OLDER_FILES,
    mode: 0o600,
  });
  file.once('error', (error) => {
    process.stderr.write(`Parley cannot write its log in ${folder}: ${error.message}\n`);
    // From now on in silence: every further line would say the same.
    file.on('error', () => undefined);
  });
  const log = pino(
    {
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }), log: scrub },
      serializers: { err: scrubError },
      hooks: { streamWrite: scrubLine },
    },
    file,
  );
  return { log, close: () => new Promise((resolve) => file.end(() => resolve())) };
}

/**
 * Notes what nobody caught. After an exception the process is in an unknown state, and `end` has to end it; a promise
 * that nobody waits for has failed by itself, and ending a recording for it would be worse.
 */
export function logCrashes(log: Log, end: (error: unknown) => void): void {
  process.on('uncaughtException', (error, origin) => {
    log.fatal({ err: error, origin }, 'nobody caught this');
    end(error);
  });
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'nobody waited for this'));
}
