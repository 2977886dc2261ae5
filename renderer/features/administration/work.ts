import { useEffect, useRef } from 'react';
import type { OperationName } from '../../../shared/contract/index.ts';
import { refresh, useOperation } from '../../lib/queries.ts';

/** What may have changed when a long work on the database has ended. */
const changes: readonly OperationName[] = [
  ...([
    'backups.list',
    'database.overview',
    'migrations.list',
    'app.status',
    'storage.status',
    'health.report',
  ] as const),
];

/** The long work on the database that runs, or else the last one. Main tells how it goes. */
export function useWork() {
  const { data: work = null } = useOperation('database.work', undefined, {
    refetchInterval: ({ state }) => (state.data?.state === 'RUNNING' ? 1_000 : false),
  });
  const running = work?.state === 'RUNNING';
  const ran = useRef(false);
  useEffect(() => {
    if (ran.current && !running) void refresh(...changes);
    ran.current = running;
  }, [running]);
  return { work, running };
}
