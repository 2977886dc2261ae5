import type { PGlite } from '@electric-sql/pglite';
import { copyFailMessage, joinBytes, SYNC, startupMessage } from './backend-messages.ts';
import type { EngineSession } from './session-queue.ts';

/** PGlite turns a PostgreSQL error inside of the engine into an exception with this status, and handles it. */
const ERROR_STATUS = 100;

type EngineCall = () => unknown;

/** What of PGlite's module this file leans on. */
interface EngineModule {
  _PostgresMainLoopOnce: EngineCall;
  _PostgresMainLongJmp: EngineCall;
}

/**
 * The session of an open PGlite, for the wire protocol.
 *
 * @param died called when the engine has died: a PANIC of PostgreSQL, a trap of WebAssembly. PGlite swallows
 *   these and would go on with a dead engine, for ever.
 */
export async function openSession(database: PGlite, died: (detail: string) => never): Promise<EngineSession> {
  watchForDeath(database.Module as unknown as EngineModule, died);
  const greeting: Uint8Array[] = [];
  await database.execProtocolRawStream(startupMessage(), {
    syncToFs: false,
    onRawData: (bytes) => greeting.push(bytes.slice()),
  });
  return {
    run: (messages, answer) =>
      database.execProtocolRawStream(withoutCopyFromClient(messages), {
        syncToFs: false,
        onRawData: answer,
      }),
    inTransaction: () => database.isInTransaction(),
    greeting: joinBytes(greeting),
  };
}

/** A statement is near the beginning of its messages; values follow. In bytes. */
const LOOK_FOR_COPY_IN = 16 * 1024;

/**
 * COPY FROM STDIN waits for data from the client within the statement, which the engine cannot: it would take
 * the silence for a lost client and end. So a refusal of the data is sent along with such a statement; where
 * the statement turns out to be something else, PostgreSQL ignores it.
 */
function withoutCopyFromClient(messages: Uint8Array): Uint8Array {
  const start = Buffer.from(
    messages.buffer,
    messages.byteOffset,
    Math.min(messages.length, LOOK_FOR_COPY_IN),
  );
  if (!/\bstdin\b/i.test(start.toString('latin1'))) return messages;
  const refusal = copyFailMessage('the embedded database has no COPY FROM STDIN');
  const sync = messages.length - SYNC.length;
  const endsWithSync = SYNC.every((byte, index) => messages[sync + index] === byte);
  return endsWithSync
    ? joinBytes([messages.subarray(0, sync), refusal, SYNC])
    : joinBytes([messages, refusal]);
}

function watchForDeath(module: EngineModule, died: (detail: string) => never): void {
  for (const name of ['_PostgresMainLoopOnce', '_PostgresMainLongJmp'] as const) {
    const call = module[name];
    module[name] = () => {
      try {
        return call();
      } catch (error) {
        if (name === '_PostgresMainLoopOnce' && isStatus(error, ERROR_STATUS)) throw error;
        return died(error instanceof Error ? error.message : String(error));
      }
    };
  }
}

function isStatus(error: unknown, status: number): boolean {
  return typeof error === 'object' && error !== null && 'status' in error && error.status === status;
}
