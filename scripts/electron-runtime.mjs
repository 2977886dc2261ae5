import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const DOWNLOAD_LIMIT_MS = 30_000;

/**
 * @typedef {{ path: string } | { path: undefined, reason: string }} Runtime the executable, or why there is none, for a
 * person
 */

/**
 * Finds Electron's executable: the one named by ELECTRON_OVERRIDE_DIST_PATH, the one that was downloaded, or, failing
 * these, downloads the official one with Electron's own installer, which checks its checksum.
 *
 * @param {(line: string) => void} say
 * @returns {Promise<Runtime>}
 */
export async function electronRuntime(say) {
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (named) {
    const path = join(named, executableName());
    if (existsSync(path)) return { path };
    return {
      path: undefined,
      reason: `ELECTRON_OVERRIDE_DIST_PATH names ${named}, which has no ${executableName()}`,
    };
  }
  const folder = electronPackage();
  if (!folder) return { path: undefined, reason: 'the electron package is not installed' };
  const installed = installedRuntime(folder);
  if (installed) return { path: installed };
  say(`Downloading Electron’s runtime (about 120 MB, for ${DOWNLOAD_LIMIT_MS / 1000} s at most) …`);
  if (!(await install(folder)))
    return { path: undefined, reason: 'Electron’s runtime could not be downloaded' };
  const path = installedRuntime(folder);
  return path ? { path } : { path: undefined, reason: 'Electron’s runtime is incomplete' };
}

function electronPackage() {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return undefined;
  }
}

/** @param {string} folder */
function installedRuntime(folder) {
  try {
    // Written last by the installer: without it a download was broken off.
    const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Runs Electron's installer, and ends it and all it started when the time is up.
 *
 * @param {string} folder
 * @returns {Promise<boolean>}
 */
function install(folder) {
  return new Promise((resolve) => {
    const installer = spawn(process.execPath, [join(folder, 'install.js')], {
      stdio: 'ignore',
      // A process group of its own, to be ended as a whole.
      detached: process.platform !== 'win32',
    });
    const timer = setTimeout(() => endTree(installer.pid), DOWNLOAD_LIMIT_MS);
    const interrupted = () => {
      endTree(installer.pid);
      process.exit(130);
    };
    process.once('SIGINT', interrupted);
    installer.once('error', () => done(false));
    installer.once('exit', (code) => done(code === 0));

    /** @param {boolean} succeeded */
    function done(succeeded) {
      clearTimeout(timer);
      process.removeListener('SIGINT', interrupted);
      resolve(succeeded);
    }
  });
}

/** @param {number | undefined} pid */
function endTree(pid) {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself in this moment.
  }
}

function executableName() {
  switch (process.platform) {
    case 'win32':
      return 'electron.exe';
    case 'darwin':
      return 'Electron.app/Contents/MacOS/Electron';
    default:
      return 'electron';
  }
}
