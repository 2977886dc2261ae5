import { fileURLToPath } from 'node:url';

/** The built app. */
export const parleyApp = fileURLToPath(new URL('..', import.meta.url));

export const emptyApp = fileURLToPath(new URL('./empty-app', import.meta.url));

/** Root has no sandbox on Linux; a benchmark opens pages of our own only. */
export const electronSwitches =
  process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : [];
