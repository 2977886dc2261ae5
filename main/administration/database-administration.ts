import type { HoldingBackup } from '../../shared/contract/backups.ts';
import type { ServerInput } from '../../shared/contract/database.ts';
import type { HealthReport } from '../../shared/contract/health.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Seal } from '../accounts/remembered-token.ts';
import { Backups, backupWords } from '../backups/backups.ts';
import { createBackupsHandlers } from '../backups/backups-handlers.ts';
import { backupsHolding } from '../backups/holding.ts';
import { readKeeping } from '../backups/keeping.ts';
import type { DataPaths } from '../config/data-paths.ts';
import { type ConfigOrigin, configOrigin, describeDatabase } from '../config/database.config.ts';
import type { Database } from '../database/database.ts';
import { User } from '../database/entities/index.ts';
import type { EventHub } from '../events.ts';
import type { JobReports } from '../jobs/failed-jobs.ts';
import type { Log } from '../log.ts';
import type { HandlersOf, SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import type { Recordings } from '../recordings/recordings.ts';
import type { RecordingsPlace } from '../recordings/recordings-place.ts';
import type { Desktop } from '../recordings/storage.ts';
import type { Audit } from './audit.ts';
import { copyDatabase } from './copy-database.ts';
import { databaseFacts, hasEmbeddedDatabase } from './database-overview.ts';
import { checkMigrations } from './migration-check.ts';
import { listMigrations } from './migration-list.ts';
import { migrationLoss } from './migration-loss.ts';
import { rehearse } from './rehearse.ts';
import { ServerSettings } from './server-settings.ts';
import { testServer } from './server-test.ts';
import { switchDatabase } from './switch-database.ts';
import { Works } from './works.ts';

export interface DatabaseAdministration {
  handlers: HandlersOf<'database' | 'backups' | 'migrations'>;
  /** Whatever else works on the database as a whole takes its turn here. */
  works: Works;
  /** The backups on this machine that still hold somebody; null while their folder is not there. */
  backupsHolding(personId: string): Promise<HoldingBackup[] | null>;
  /** How the backups on this machine are. */
  backupHealth(): Promise<HealthReport['backups']>;
  /** Begins a backup that failed again. @throws OperationFailure CONFLICT while another work runs */
  backUpAgain(): void;
  /** Puts in order what a kill has left, and makes a backup a day from then on. */
  start(): Promise<void>;
  /** Ends what runs. */
  close(): Promise<void>;
}

/** What admins do with the database as a whole. Every one of their acts is told to the audit. */
export function createDatabaseAdministration(parts: {
  database: Database;
  accounts: Pick<Accounts, 'recheck'>;
  recordings: Pick<Recordings, 'whileStill' | 'isRecording'>;
  paths: DataPaths;
  environment: NodeJS.ProcessEnv;
  audit: Audit;
  seal: Seal | undefined;
  desktop: Desktop | undefined;
  place: Pick<RecordingsPlace, 'folder' | 'isThere'>;
  version: string;
  events: EventHub;
  log: Log;
  jobs?: JobReports;
  template?: string;
  lookFirstMs?: number;
}): DatabaseAdministration {
  const { database, accounts, recordings, paths, environment, audit, seal, desktop } = parts;
  const { place, version, events, log, template, jobs, lookFirstMs } = parts;
  const settings = new ServerSettings(paths, seal);
  const works = new Works(events, log, jobs);
  const isRecording = () => recordings.isRecording();
  const backups = new Backups({
    ...{ database, paths, place, works, version, log, isRecording, template, lookFirstMs },
  });
  const keeping = () => readKeeping(paths.settings, database.engine.kind === 'embedded');
  const origin = () => configOrigin(environment, paths);

  /** @throws OperationFailure CONFLICT while the environment says which database it is */
  function requireFree(): void {
    const at = origin();
    if (!isSetOutside(at)) return;
    const where = at.file ?? 'the environment that Parley was started in';
    throw new OperationFailure(
      'CONFLICT',
      `Which database is used is set by DATABASE_HOST in ${where}, and that wins. Change it there.`,
    );
  }

  /** @throws OperationFailure CONFLICT in a browser */
  function requireDesktop(): Desktop {
    if (desktop) return desktop;
    throw new OperationFailure('CONFLICT', 'This is done in the desktop app.');
  }

  async function test(input: ServerInput, { id }: SignedInPerson) {
    const person = await database.dataSource.manager.findOneBy(User, { id });
    return testServer(settings.complete(input), person?.email ?? null);
  }

  /** @throws OperationFailure CONFLICT when it could not be made: nothing is changed then */
  async function backUpFirst(): Promise<void> {
    works.requireNone();
    try {
      await works.do('BACKUP', async (working) => backupWords(await backups.make('MIGRATION', working)));
    } catch {
      const why = works.current?.message ?? 'It was stopped.';
      throw new OperationFailure(
        'CONFLICT',
        `The backup before it could not be made, so nothing was changed. ${why}`,
        { backupFailed: true },
      );
    }
  }

  const handlers: DatabaseAdministration['handlers'] = {
    async 'database.migrate'({ input, person }) {
      const label = lastOf(database.status);
      if (label && !input?.withoutBackup) await backUpFirst();
      await works.alone(() => recordings.whileStill(() => database.migrate()));
      if (label) {
        await audit({ ...by(person), action: 'database.migrate', subject: { kind: 'migration', label } });
      }
    },

    'migrations.list': () => listMigrations(database.connection.dataSource),

    async 'migrations.check'() {
      const { config, connection } = database;
      if (!config) throw new OperationFailure('DATABASE_UNAVAILABLE', 'No database is open.');
      return checkMigrations(connection.dataSource, config);
    },

    async 'migrations.rehearse'() {
      works.begin('REHEARSAL', async (working) => {
        const manifest = await backups.make('MIGRATION', working);
        return rehearse(backups, manifest, working);
      });
    },

    'migrations.loss': () => migrationLoss(database.connection.dataSource),

    async 'migrations.revert'({ input: { name }, person }) {
      await backUpFirst();
      await works.alone(() => recordings.whileStill(() => database.revert(name)));
      await audit({
        ...by(person),
        action: 'migrations.revert',
        subject: { kind: 'migration', label: name },
      });
    },

    async 'database.overview'() {
      const { dataSource, engine } = database;
      return {
        ...(await databaseFacts(dataSource, engine.kind === 'server')),
        origin: origin(),
        saved: settings.saved(),
        keepsPasswordIn: settings.keepsPasswordIn,
        embeddedThere: hasEmbeddedDatabase(paths.database),
        canChoose: desktop !== undefined,
      };
    },

    'database.testServer': ({ input, person }) => test(input, person),

    async 'database.chooseCertificate'() {
      return requireDesktop().chooseCertificate();
    },

    async 'database.use'({ input, person }) {
      requireFree();
      if (input.kind === 'server') {
        const result = await test(input.server, person);
        if (!result.ok) throw new OperationFailure('CONFLICT', result.message, { remedies: result.remedies });
        if (result.holds === 'UNFINISHED_COPY') throw new OperationFailure('CONFLICT', UNFINISHED);
      }
      const next = input.kind === 'server' ? settings.complete(input.server) : null;
      const { from, to } = await works.alone(() => switchDatabase({ database, recordings, settings }, next));
      await audit({ ...by(person), action: 'database.use', from, to });
      await accounts.recheck();
    },

    async 'database.copy'({ input: { to, use }, person }) {
      if (use) requireFree();
      const target = to.kind === 'server' ? settings.complete(to.server) : null;
      if (target) {
        const result = await testServer(target, null);
        if (!result.ok) throw new OperationFailure('CONFLICT', result.message, { remedies: result.remedies });
      }
      const from = database.engine.place;
      works.begin('COPY', async (working) => {
        const copying = {
          ...{ database, recordings, place, settings, template },
          ...{ embeddedFolder: paths.database, scratch: backups.scratch.folder },
        };
        const words = await copyDatabase(copying, { to: target, use }, working);
        const copiedTo = target ? describeDatabase(target) : paths.database;
        await audit({ ...by(person), action: 'database.copy', from, to: copiedTo });
        if (use) await accounts.recheck();
        return words;
      });
    },

    'database.work': async () => works.current,
    'database.stopWork': () => works.stop(),

    ...createBackupsHandlers({
      ...{ database, accounts, recordings, place, paths, audit, settings, backups, works, keeping },
      ...{
        isFree: () => !isSetOutside(origin()),
        requireDesktop,
        hasDesktop: desktop !== undefined,
        template,
        log,
      },
    }),
  };

  return {
    handlers,
    works,
    async backupsHolding(personId) {
      if (!(await backups.place.isThere())) return null;
      return backupsHolding(backups.folder, await backups.list(), keeping(), personId);
    },
    async backupHealth() {
      const [last] = await backups.list();
      return {
        daily: keeping().daily,
        there: await backups.place.isThere(),
        last: last ? { madeAt: last.madeAt, reason: last.reason, verifiedAt: last.verifiedAt } : null,
      };
    },
    backUpAgain() {
      const reason = keeping().daily ? 'DAILY' : 'ASKED';
      works.begin('BACKUP', async (working) => backupWords(await backups.make(reason, working)));
    },
    start: () => backups.start(),
    async close() {
      backups.close();
      await works.stop();
    },
  };
}

const UNFINISHED =
  'A copy into that database was begun and not finished. Go on with it first, or name another database.';

const isSetOutside = ({ from }: ConfigOrigin) => from === 'ENVIRONMENT' || from === 'ENV_FILE';

const by = ({ id }: SignedInPerson) => ({ personId: id });

function lastOf(status: Database['status']): string | null {
  return status.state === 'pending' ? (status.migrations.at(-1) ?? null) : null;
}
