import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useAct } from '../../lib/queries.ts';
import { useAppStatus } from './app-status.ts';
import classes from './DatabaseNotice.module.css';

/** Tells somebody who is at work that the database went away; their screen stays as it is. */
export function DatabaseNotice() {
  const { data: status } = useAppStatus();
  const retry = useAct('app.retryDatabase', { changes: ['app.status'] });
  const database = status?.database;
  const away =
    database?.state === 'failed' || database?.state === 'opening' || database?.state === 'migrating';
  return (
    <div role="status">
      {away && (
        <div className={classes.notice}>
          <IconPlugConnectedX size={18} aria-hidden className={classes.icon} />
          <span className={classes.message}>
            {database.state === 'failed' && `${database.message} Nothing new can be saved until it is back.`}
            {database.state === 'opening' && (database.why ?? 'Connecting to the database again…')}
            {database.state === 'migrating' &&
              'The database is being upgraded. What you record is safe; saving goes on when that is done.'}
          </span>
          {(database.state === 'failed' || (database.state === 'opening' && !database.why)) && (
            <Button
              size="compact-sm"
              variant="default"
              loading={retry.isPending || database.state === 'opening'}
              onClick={() => retry.mutate()}
            >
              Try again
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
