import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { EventName, PayloadOf } from '../shared/contract/index.ts';
import type { Result } from '../shared/contract/operation.ts';
import { createAccounts } from './accounts/accounts.ts';
import type { Seal } from './accounts/remembered-token.ts';
import { auditOfDatabase } from './administration/audit.ts';
import { createDatabaseAdministration } from './administration/database-administration.ts';
import { createAppOperations } from './app/app-operations.ts';
import { expectedScreen, noteLeftEmpty } from './app/expected-screen.ts';
import { createAuditLog } from './audit/audit.ts';
import { createCandidates } from './candidates/candidates.ts';
import type { DataPaths } from './config/data-paths.ts';
import { lockDataFolder } from './data-folder/lock.ts';
import { createDatabase } from './database/database.ts';
import { createDesk } from './desk/desk.ts';
import { createErasure } from './erasure/erasure.ts';
import { EventHub } from './events.ts';
import { createFind } from './find/find.ts';
import { createHealth } from './health/health.ts';
import { createInterviews } from './interviews/interviews.ts';
import { FailedJobs } from './jobs/failed-jobs.ts';
import { installStarterKits } from './kits/install-starter-kits.ts';
import { createKits } from './kits/kits.ts';
import { createLibrary } from './library/library.ts';
import { createLive, type Windows } from './live/live.ts';
import type { Log } from './log.ts';
import { createNotes } from './notes/notes.ts';
import { createOneWay } from './one-way/one-way.ts';
import { createGate } from './operations/gate.ts';
import { createPersonalData } from './personal-data/personal-data.ts';
import { createPolicies } from './policies/policies.ts';
import { createRecordings } from './recordings/recordings.ts';
import { RecordingsPlace } from './recordings/recordings-place.ts';
import { createStorage, type Desktop } from './recordings/storage.ts';
import { createRetention } from './retention/retention.ts';
import { createReview } from './review/review.ts';
import { createScorecards } from './scorecards/scorecards.ts';
import type { Fork } from './worker-process.ts';

/** A window or browser that talks to the application. */
export interface Client {
  /** Calls an operation. Never throws: see `Result`. */
  call(name: string, input: unknown): Promise<Result<unknown>>;
  /** Serves a recording: `media://takes/<id>` or `/media/takes/<id>`, with Range. */
  media(request: Request): Promise<Response>;
  /** Serves a file that was made for this client: `/downloads/<key>`. */
  download(request: Request): Promise<Response>;
  /** @returns a function that ends the subscription */
  subscribe(send: <N extends EventName>(name: N, payload: PayloadOf<N>) => void): () => void;
}

export interface Application {
  /** A new client, nobody signed in. */
  client(label: string): Client;
  /** Whether somebody's answer is being recorded. */
  isRecording(): boolean;
  /** Stops recordings with everything kept, closes the database, gives the data folder free. */
  close(): Promise<void>;
}

/**
 * Puts the application together. Returns at once: the database opens behind, and `app.status` tells how that goes.
 *
 * Knows neither Electron nor HTTP; a host makes it and passes calls in.
 *
 * @param options.fork starts a process for work that takes much memory
 * @param options.seal encrypts what is kept for staying signed in, where the host has the system's keychain
 * @param options.desktop shows folders and lets a person choose one, where the host can
 * @param options.windows opens windows beside the main one, where the host has them
 * @throws DataFolderHeldError when another Parley has the folder
 */
export function createApplication(options: {
  host: 'electron' | 'browser';
  version: string;
  paths: DataPaths;
  environment: NodeJS.ProcessEnv;
  log: Log;
  fork: Fork;
  seal?: Seal;
  desktop?: Desktop;
  windows?: Windows;
}): Application {
  const { host, version, paths, environment, log, fork, seal, desktop, windows } = options;
  const lock = lockDataFolder(paths.folder, {
    kind: host === 'electron' ? 'app' : 'browser host',
    name: `Parley ${version}`,
  });
  const events = new EventHub();
  const library = createLibrary();
  const database = createDatabase({
    ...{ paths, environment, log, seal },
    async afterMigrations(dataSource) {
      await library.installStarter(dataSource);
      await installStarterKits(dataSource);
    },
  });
  const accounts = createAccounts({
    database,
    events,
    log,
    rememberedSession: paths.rememberedSession,
    seal,
  });
  const place = new RecordingsPlace(paths);
  const jobs = new FailedJobs(join(paths.folder, 'failed-jobs.json'), log);
  const recordings = createRecordings({
    ...{ database, events, log, fork, jobs },
    // It may move while the app runs.
    get folder() {
      return place.folder;
    },
    requireFolder: () => place.require(),
  });
  const storage = createStorage({ place, recordings, events, log, paths, desktop, jobs });
  const interviews = createInterviews({ database, events, log, library, recordings, jobs });

  const personalData = createPersonalData({ database, place, events, log, paths, version, desktop });
  const audit = auditOfDatabase(database, log);
  const administration = createDatabaseAdministration({
    ...{ database, accounts, recordings, paths, environment, seal, desktop },
    ...{ place, version, events, log, jobs, audit },
  });

  const retention = createRetention({
    ...{ database, events, log, works: administration.works },
    ...{ isRecording: recordings.isRecording, removeFiles: interviews.purgeDeleted },
  });
  retention.start();

  database.onChange(() => events.publish('app.statusChanged', undefined));
  database.onReady(async () => {
    await storage.resume();
    await recordings.reconcile();
  });
  database.onReady(() => interviews.purgeDeleted());
  const expected = expectedScreen(paths, database.engine);
  void database.open();
  void administration
    .start()
    .catch((error: unknown) => log.warn({ err: error }, 'what was left of a backup could not be removed'));

  void personalData
    .start()
    .catch((error: unknown) => log.warn({ err: error }, 'an unfinished file could not be removed'));

  const gate = createGate({
    handlers: {
      ...createAppOperations({ host, version, database, accounts, expected }),
      ...administration.handlers,
      ...accounts.handlers,
      ...library.handlers(database),
      ...interviews.handlers,
      ...recordings.handlers,
      ...storage.handlers,
      ...createDesk({ database, events, library, recordings, log }).handlers,
      ...createLive({ database, events, recordings, windows }).handlers,
      ...createNotes({ database, events }).handlers,
      ...createScorecards({ database, events }).handlers,
      ...createReview({ database }).handlers,
      ...createHealth({
        ...{ version, database, storage, recordings, jobs, audit, logFolder: paths.logs },
        backups: administration.backupHealth,
        retries: {
          BACKUP: async () => administration.backUpAgain(),
          FINISH_RECORDING: recordings.reconcile,
          PURGE: interviews.purgeDeleted,
          RETENTION: retention.again,
        },
      }).handlers,
      ...createKits({ database, library }).handlers,
      ...createFind({ database }).handlers,
      ...createCandidates({ database, log }).handlers,
      ...createAuditLog({ database }).handlers,
      ...createOneWay({ database, events, recordings }).handlers,
      ...createPolicies({ database, log, recheckSessions: accounts.recheck }).handlers,
      ...retention.handlers,
      ...personalData.handlers,
      ...createErasure({
        ...{ database, log, endSessions: accounts.dropSessions },
        forget: personalData.forget,
        purge: interviews.purgeDeleted,
        backupsHolding: administration.backupsHolding,
      }).handlers,
    },
    require: database.require,
    personOf: accounts.personOf,
    explain: database.explain,
    report: ({ operation, reference, error }) =>
      log.error({ operation, reference, err: error }, 'operation failed'),
  });

  return {
    client(label) {
      const identity = { id: randomUUID(), label };
      return {
        call: (name, input) => gate(identity, name, input),
        download: async (request) => personalData.download(request, await accounts.personOf(identity)),
        media: async (request) => recordings.media(request, await accounts.personOf(identity)),
        subscribe: (send) =>
          events.subscribe((name, payload, audience) => {
            if (audience.clientId && audience.clientId !== identity.id) return;
            if (audience.personId && audience.personId !== accounts.personIdAt(identity)) return;
            send(name, payload);
          }),
      };
    },
    isRecording: recordings.isRecording,
    async close() {
      retention.close();
      await personalData.close();
      await administration.close();
      await storage.close();
      await recordings.close();
      interviews.close();
      const isEmpty =
        database.engine.kind === 'embedded' && (await accounts.firstPersonNeeded().catch(() => false));
      if (isEmpty) noteLeftEmpty(paths);
      await database.close();
      await jobs.written();
      lock.release();
    },
  };
}
