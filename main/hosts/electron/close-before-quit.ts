import type { App } from 'electron';
import type { Log } from '../../log.ts';

/** Longer than closing takes on a slow disk; after that, what is not on disk yet would never get there. */
const CLOSE_LIMIT_MS = 20_000;

/** For the last lines of the log. */
const LOG_MS = 500;

/**
 * Lets the app quit only after `close` has ended: recordings kept, database closed. It always quits: what is stuck would
 * keep the process from ending too, so it is ended by force then, as if by a crash, which costs nothing. Somebody who starts Parley in that
 * moment gets it started again.
 *
 * @returns a function that notes that Parley was started a second time; true when that is taken care of here
 */
export function closeBeforeQuit(app: App, close: () => Promise<void>, log: Log): { startedAgain(): boolean } {
  let state: 'running' | 'closing' | 'closed' = 'running';
  let again = false;
  app.on('will-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    const limit = setTimeout(() => {
      log.error('closing takes too long; the app is ended by force');
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), LOG_MS);
    }, CLOSE_LIMIT_MS);
    close()
      .catch((error: unknown) => log.error({ err: error }, 'closing failed'))
      .finally(() => {
        clearTimeout(limit);
        state = 'closed';
        if (again) app.relaunch();
        app.quit();
      });
  });
  return {
    startedAgain() {
      again = state !== 'running';
      return again;
    },
  };
}
