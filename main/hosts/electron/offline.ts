import type { Session } from 'electron';

/**
 * Keeps Chromium from asking anybody for anything by itself. `spellcheck: false` of a window is not enough: the session
 * downloads a dictionary for the system's language all the same.
 */
export function keepOffline(session: Session): void {
  session.setSpellCheckerEnabled(false);
  session.setSpellCheckerLanguages([]);
}
