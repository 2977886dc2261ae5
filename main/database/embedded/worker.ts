import { parentPort, workerData } from 'node:worker_threads';
import { openCluster } from './cluster.ts';
import {
  Activity,
  EngineVitals,
  type FromWorker,
  type ToWorker,
  type WorkerInput,
} from './engine-messages.ts';
import { openSession } from './engine-session.ts';
import { EmbeddedEngineError, type OpenFailure, speaksOfFullDisk } from './errors.ts';
import { type PreparedFolder, prepareFolder } from './folder.ts';
import { type EngineSession, SessionQueue } from './session-queue.ts';
import { CheckpointFailed, Upkeep } from './upkeep.ts';

// The worker thread that PostgreSQL lives in. It is erasable TypeScript with `.ts` imports throughout, so
// that Node runs it from the sources as it is.

const input = workerData as WorkerInput;
const vitals = new EngineVitals(input.vitals);
/** The last lines of PostgreSQL's log, for the message of a failed opening or a crash. */
const serverLog: string[] = [];

/** So many times in a row upkeep waits for a quiet moment; then it takes the next one between transactions. */
const MOST_PUT_OFF = 4;

function post(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

function noteServerLog(line: string): void {
  serverLog.push(line);
  if (serverLog.length > 20) serverLog.shift();
  post({ kind: 'server log', line });
}

/** Says what has happened and ends the thread: the engine's memory is not to be trusted any more. */
function breakDown(reason: 'crash' | 'failed checkpoint', detail: string): never {
  const severe = serverLog.filter((line) => /PANIC|FATAL/.test(line)).at(-1);
  post({ kind: 'broken', reason, detail: severe ?? detail });
  process.exit(1);
}

async function open(): Promise<void> {
  let prepared: PreparedFolder;
  let database: Awaited<ReturnType<typeof openCluster>>;
  try {
    prepared = await prepareFolder(input.folder, input.template);
    database = await openCluster({
      folder: input.folder,
      synced: () => vitals.countFsync(),
      serverLog: noteServerLog,
    });
  } catch (error) {
    post({ kind: 'failed', failure: openFailure(error) });
    return;
  }
  const session = await openSession(database, (detail) => breakDown('crash', detail));
  const queue = new SessionQueue({
    session: watched(session),
    limits: input.limits,
    send: (connection, bytes) => post({ kind: 'bytes', connection, bytes }, [bytes.buffer]),
    drop: (connection) => post({ kind: 'disconnected', connection }),
  });
  const upkeep = new Upkeep(database, input.upkeep);

  const runUpkeep = (force: boolean): ReturnType<Upkeep['run']> =>
    queue.exclusively(async () => {
      vitals.begin(Activity.upkeep);
      try {
        return await upkeep.run(force);
      } catch (error) {
        if (error instanceof CheckpointFailed) breakDown('failed checkpoint', error.message);
        throw error;
      } finally {
        vitals.end();
      }
    });

  const upkeepTimer = scheduleUpkeep(queue, runUpkeep);

  const close = async (): Promise<void> => {
    clearInterval(upkeepTimer);
    await queue.close();
    await database.close();
    post({ kind: 'closed' });
    parentPort?.close();
  };

  parentPort?.on('message', (message: ToWorker) => {
    switch (message.kind) {
      case 'connect':
        queue.connect(message.connection);
        break;
      case 'bytes':
        queue.receive(message.connection, message.bytes);
        break;
      case 'disconnect':
        queue.disconnect(message.connection);
        break;
      case 'upkeep':
        runUpkeep(message.force).then(
          (report) => post({ kind: 'upkeep done', request: message.request, report }),
          () => post({ kind: 'upkeep done', request: message.request, report: null }),
        );
        break;
      case 'close':
        void close();
    }
  });

  const { rows } = await database.query<{ version: string }>(
    "SELECT current_setting('server_version') AS version",
  );
  post({ kind: 'open', serverVersion: rows[0]?.version ?? '', ...prepared });
}

/** The session with its work marked, for the supervisor on the other side. */
function watched(session: EngineSession): EngineSession {
  return {
    ...session,
    async run(messages, answer) {
      vitals.begin(Activity.query);
      try {
        await session.run(messages, answer);
      } finally {
        vitals.end();
      }
    },
  };
}

function scheduleUpkeep(
  queue: SessionQueue,
  runUpkeep: (force: boolean) => ReturnType<Upkeep['run']>,
): NodeJS.Timeout | undefined {
  if (input.upkeep.everyMs === 0) return undefined;
  let lookedAt = vitals.read().sequence;
  let putOff = 0;
  return setInterval(() => {
    const { sequence } = vitals.read();
    if (sequence === lookedAt) return;
    if (queue.quietMs < input.upkeep.quietMs && putOff < MOST_PUT_OFF) {
      putOff += 1;
      return;
    }
    putOff = 0;
    runUpkeep(false).then(
      (report) => {
        lookedAt = vitals.read().sequence;
        post({ kind: 'upkeep done', request: 0, report });
      },
      (error) => noteServerLog(`upkeep failed: ${error instanceof Error ? error.message : String(error)}`),
    );
  }, input.upkeep.everyMs);
}

function openFailure(error: unknown): OpenFailure {
  if (error instanceof EmbeddedEngineError) return { code: error.code, message: error.message };
  const text = error instanceof Error ? error.message : String(error);
  const log = serverLog.join('\n');
  if (speaksOfFullDisk(`${text}\n${log}`)) {
    return {
      code: 'ENGINE_DISK_FULL',
      message: `The disk is full: the database in ${input.folder} cannot be opened. Make room, then try again.`,
    };
  }
  const said = serverLog.filter((line) => /PANIC|FATAL|ERROR/.test(line)).at(-1) ?? text;
  return {
    code: 'ENGINE_FOLDER_DAMAGED',
    message:
      `The database in ${input.folder} cannot be opened; PostgreSQL says: ${said}. Nothing was deleted. ` +
      'Restore the folder from a backup, or move it away to start with an empty database.',
  };
}

await open();
