import type { ServerInput } from '../../shared/contract/database.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Seal } from '../accounts/remembered-token.ts';
import type { DataPaths } from '../config/data-paths.ts';
import { configOrigin } from '../config/database.config.ts';
import type { Database } from '../database/database.ts';
import { User } from '../database/entities/index.ts';
import type { HandlersOf, SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import type { Recordings } from '../recordings/recordings.ts';
import type { Desktop } from '../recordings/storage.ts';
import type { Audit } from './audit.ts';
import { databaseFacts, hasEmbeddedDatabase } from './database-overview.ts';
import { ServerSettings } from './server-settings.ts';
import { testServer } from './server-test.ts';
import { switchDatabase } from './switch-database.ts';

/** What admins do with the database as a whole. Every one of their acts is told to the audit. */
export function createDatabaseAdministration(parts: {
  database: Database;
  accounts: Pick<Accounts, 'recheck'>;
  recordings: Pick<Recordings, 'whileStill'>;
  paths: DataPaths;
  environment: NodeJS.ProcessEnv;
  audit: Audit;
  seal: Seal | undefined;
  desktop: Desktop | undefined;
}): { handlers: HandlersOf<'database'> } {
  const { database, accounts, recordings, paths, environment, audit, seal, desktop } = parts;
  const settings = new ServerSettings(paths, seal);
  const origin = () => configOrigin(environment, paths);

  /** @throws OperationFailure CONFLICT while the environment says which database it is */
  function requireFree(): void {
    const { from, file } = origin();
    if (from !== 'ENVIRONMENT' && from !== 'ENV_FILE') return;
    const where = file ?? 'the environment that Parley was started in';
    throw new OperationFailure(
      'CONFLICT',
      `Which database is used is set by DATABASE_HOST in ${where}, and that wins. Change it there.`,
    );
  }

  async function test(input: ServerInput, { id }: SignedInPerson) {
    const person = await database.dataSource.manager.findOneBy(User, { id });
    return testServer(settings.complete(input), person?.email ?? null);
  }

  const handlers: HandlersOf<'database'> = {
    async 'database.migrate'({ person }) {
      const from = lastOf(database.status);
      await recordings.whileStill(() => database.migrate());
      audit({ personId: person.id, action: 'database.migrate', to: from });
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
      if (!desktop) throw new OperationFailure('CONFLICT', 'This is done in the desktop app.');
      return desktop.chooseCertificate();
    },

    async 'database.use'({ input, person }) {
      requireFree();
      if (input.kind === 'server') {
        const result = await test(input.server, person);
        if (!result.ok) throw new OperationFailure('CONFLICT', result.message, { remedies: result.remedies });
      }
      const next = input.kind === 'server' ? settings.complete(input.server) : null;
      const { from, to } = await switchDatabase({ database, recordings, settings }, next);
      audit({ personId: person.id, action: 'database.use', from, to });
      await accounts.recheck();
    },
  };

  return { handlers };
}

function lastOf(status: Database['status']): string | null {
  return status.state === 'pending' ? (status.migrations.at(-1) ?? null) : null;
}
