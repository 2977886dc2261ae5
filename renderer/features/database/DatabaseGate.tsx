import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { DatabaseStatus } from '../../../shared/contract/app.ts';
import { FullScreenFailure } from '../../components/FullScreenFailure.tsx';
import { Opening } from '../../components/Opening.tsx';
import { queryClient } from '../../lib/queries.ts';
import { useAppStatus } from './app-status.ts';
import { DatabaseFailed } from './DatabaseFailed.tsx';
import { NewerDatabase } from './NewerDatabase.tsx';
import { PendingMigrations } from './PendingMigrations.tsx';

/**
 * Lets the app in once the database is ready.
 *
 * Somebody who is in stays in when the database goes away for a while: their screen may hold a recording or a text that
 * is not saved yet. The shell tells them (see DatabaseNotice) instead.
 */
export function DatabaseGate({ children }: { children: ReactNode }) {
  const { data: status, error, refetch } = useAppStatus();
  const [entered, setEntered] = useState(false);
  const state = status?.database.state;
  const lastFailure = useLastFailure(status?.database);

  useEffect(() => {
    if (state !== 'ready') return;
    setEntered(true);
    // Whatever was asked while the database was away failed: ask again.
    void queryClient.invalidateQueries({ predicate: (query) => query.state.status === 'error' });
  }, [state]);

  if (!status)
    return error ? <FullScreenFailure error={error} onRetry={() => void refetch()} /> : <Opening />;
  // An upgrade that another machine does ends by itself, and the screen goes on then.
  const elsewhere = status.database.state === 'migrating' && status.database.holder !== undefined;
  const passing = state === 'opening' || state === 'failed' || elsewhere;
  if (state === 'ready' || (entered && passing)) return children;
  if (lastFailure)
    return <DatabaseFailed failure={lastFailure} engine={status.engine} retrying={state === 'opening'} />;
  // What comes next is known already, so it can be shown and filled in while the database opens. A first start makes
  // its tables then too, which is no upgrade.
  const firstStart = status.expected === 'FIRST_PERSON' && state === 'migrating';
  if (firstStart || (state === 'opening' && status.expected)) return children;
  if (state === 'opening') return <Opening />;
  if (status.database.state === 'migrating') return <Opening>{upgradeWords(status.database)}</Opening>;
  if (status.database.state === 'pending')
    return <PendingMigrations migrations={status.database.migrations} />;
  return <NewerDatabase version={status.version} engine={status.engine} />;
}

function upgradeWords({ progress, holder }: Extract<DatabaseStatus, { state: 'migrating' }>): string {
  if (holder) return `The database is being upgraded by ${holder}. This screen goes on by itself…`;
  const which = progress && progress.total > 1 ? ` (${progress.done + 1} of ${progress.total})` : '';
  return `Upgrading the database${which}. This can take a minute…`;
}

type Failure = Extract<DatabaseStatus, { state: 'failed' }>;

/** The failure on screen: it stays there while Parley tries again, so that the screen does not flicker. */
function useLastFailure(database: DatabaseStatus | undefined): Failure | undefined {
  const failure = useRef<Failure>(undefined);
  if (database?.state === 'failed') failure.current = database;
  else if (database && database.state !== 'opening') failure.current = undefined;
  return failure.current;
}
