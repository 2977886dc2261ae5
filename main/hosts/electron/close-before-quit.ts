import type { App } from 'electron';
import type { Log } from '../../log.ts';

/** Longer than closing takes on a slow disk; after that, what is not on disk yet would never get there. */
const CLOSE_LIMIT_MS = 20_000;

/**
 * Lets the app quit only after `close` has ended: recordings kept, database closed. Somebody who starts Parley in that
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
    const limit = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_LIMIT_MS).unref());
    Promise.race([close(), limit])
      .catch((error: unknown) => log.error({ err: error }, 'closing failed'))
      .finally(() => {
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
