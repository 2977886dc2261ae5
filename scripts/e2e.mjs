// Runs the journeys in whatever this machine has: Electron's runtime, a Chromium, or both. Says what it found, and
// fails when it found neither, since a run that tests nothing must not look like one that passed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

const electron = findElectron();
const chromium = findChromium();
console.log(`Electron: ${electron ?? 'no runtime found'}`);
console.log(`Chromium: ${chromium ?? 'no browser found'}`);
if (!electron && !chromium) {
  console.error(
    'Nothing to test in: install Chromium, or let Electron download its runtime (npx install-electron).',
  );
  process.exit(1);
}

run(process.execPath, [join(root, 'scripts', 'build.mjs')]);

const vitest = [
  join(root, 'node_modules', 'vitest', 'vitest.mjs'),
  'run',
  '--config',
  'tests/e2e/vitest.config.ts',
  ...process.argv.slice(2),
];
const environment = {
  ...process.env,
  PARLEY_E2E_ELECTRON: electron ?? '',
  PARLEY_E2E_CHROMIUM: chromium ?? '',
};
const needsDisplay = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
if (electron && needsDisplay) {
  if (!onPath('xvfb-run')) {
    console.error('Electron needs a display: start one, or install xvfb.');
    process.exit(1);
  }
  run('xvfb-run', ['-a', '-s', '-screen 0 1600x1000x24', process.execPath, ...vitest], environment);
} else {
  run(process.execPath, vitest, environment);
}

function findElectron() {
  const name =
    { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform] ?? 'electron';
  const folders = [
    process.env.ELECTRON_OVERRIDE_DIST_PATH,
    join(require.resolve('electron/package.json'), '..', 'dist'),
  ];
  return folders
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(existsSync);
}

function findChromium() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  const places = {
    darwin: [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    win32: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
  }[process.platform];
  return (
    (places ?? []).find(existsSync) ??
    ['chromium', 'chromium-browser', 'google-chrome'].map(onPath).find(Boolean)
  );
}

function onPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(existsSync);
}

function run(command, args, env = process.env) {
  const { status, error } = spawnSync(command, args, { cwd: root, env, stdio: 'inherit' });
  if (error) console.error(error.message);
  if (status !== 0) process.exit(status ?? 1);
}
