import type { AppStatus } from '../../shared/contract/app.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Database } from '../database/database.ts';
import type { Handlers } from '../operations/handlers.ts';

/** What the app says of itself and its database, before anybody has signed in as well. */
export function createAppOperations({
  host,
  version,
  database,
  accounts,
  expected,
}: {
  host: 'electron' | 'browser';
  version: string;
  database: Pick<Database, 'status' | 'engine' | 'explain' | 'retry'>;
  accounts: Pick<Accounts, 'firstPersonNeeded' | 'selfRegistration'>;
  expected: AppStatus['expected'];
}): Handlers<'app.status' | 'app.retryDatabase'> {
  /** Null where the database cannot say: the status tells why. */
  async function asked(question: () => Promise<boolean>): Promise<boolean | null> {
    const { state } = database.status;
    if (state !== 'ready' && state !== 'pending') return null;
    try {
      return await question();
    } catch (error) {
      if (database.explain(error) || database.status.state !== state) return null;
      throw error;
    }
  }

  return {
    'app.status': async () => {
      const firstPersonNeeded = await asked(accounts.firstPersonNeeded);
      const selfRegistration = await asked(accounts.selfRegistration);
      return {
        version,
        host,
        platform: process.platform,
        database: database.status,
        engine: database.engine,
        firstPersonNeeded,
        expected,
        selfRegistration,
      };
    },
    'app.retryDatabase': async () => {
      // Not waited for: the outcome comes through `app.status`.
      void database.retry();
    },
  };
}
