import type { Session } from 'electron';

/** How old what a page has stored may get before it is on disk, ms. */
const flushEveryMs = 1_000;

/**
 * Writes what pages have stored (drafts of notes, of kits, of scorecards) to disk every second. Chromium by itself writes
 * a page's storage at most about once a minute in the long run, and a kill would take what somebody has typed since. Costs
 * nothing while nothing is stored.
 */
export function keepDrafts(session: Session): void {
  setInterval(() => session.flushStorageData(), flushEveryMs).unref();
}
