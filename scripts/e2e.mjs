// Runs the journeys in whatever this machine has: Electron's runtime, a Chromium, or both. Says what it found, and
// fails when it found neither, since a run that tests nothing must not look like one that passed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { requireNode, requireTypeStripping } from './node-version.mjs';
import { onPath, runOnDisplay } from './run-on-display.mjs';

requireNode();
requireTypeStripping();

const runtime = await electronRuntime(console.log);
const chromium = findChromium();
console.log(`Electron: ${runtime.path ?? `none, since ${runtime.reason}; its journeys are left out`}`);
console.log(`Chromium: ${chromium ?? 'none found; its journeys are left out'}`);
if (!runtime.path && !chromium) {
  console.error('There is nothing to test in. Install Chromium, or let Electron download its runtime.');
  process.exit(1);
}
await build({ say: console.log });
runOnDisplay(
  [
    join('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--config',
    'tests/e2e/vitest.config.ts',
    ...process.argv.slice(2),
  ],
  {
    env: {
      ...process.env,
      PARLEY_E2E_ELECTRON: runtime.path ?? '',
      PARLEY_E2E_CHROMIUM: chromium ?? '',
    },
    needsDisplay: runtime.path !== undefined,
  },
);

/** `CHROMIUM_PATH`, or a Chromium or Chrome in its usual place. */
function findChromium() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  switch (process.platform) {
    case 'darwin':
      return ['Chromium', 'Google Chrome']
        .map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
        .find((file) => existsSync(file));
    case 'win32':
      return ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'].find((file) => existsSync(file));
    default:
      return ['chromium', 'chromium-browser', 'google-chrome'].map(onPath).find(Boolean);
  }
}
