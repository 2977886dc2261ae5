import { spawn } from 'node:child_process';
import { build } from './build.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { requireNode } from './node-version.mjs';
import { serveBuilt } from './serve-built.mjs';

requireNode();

/** What comes after `npm start --`, for Electron. */
const args = process.argv.slice(2);

/** An Electron that ends by a signal this soon has not come up at all. */
const CAME_UP_MS = 10_000;

/** @param {string} line */
const say = (line) => console.error(line);

try {
  await build({ say });
  const reason = (await reasonAgainstWindow()) ?? (await openWindow());
  if (reason) await openInBrowser(reason);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

/** Why a window cannot be opened here, where that is known beforehand. */
function reasonAgainstWindow() {
  if (process.platform !== 'linux') return undefined;
  if (!hasDisplay()) return 'there is no display here';
  if (process.getuid?.() === 0 && !args.includes('--no-sandbox')) {
    return 'Chromium’s sandbox does not work for root (`npm start -- --no-sandbox` does without it)';
  }
  return undefined;
}

/**
 * Runs the desktop app until it is closed, and ends this process then.
 *
 * @returns {Promise<string>} why it did not come up, where it did not
 */
async function openWindow() {
  const runtime = await electronRuntime(say);
  if (runtime.path === undefined) return runtime.reason;
  const began = Date.now();
  const electron = spawn(runtime.path, ['.', ...args], {
    stdio: 'inherit',
    cwd: new URL('..', import.meta.url),
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(signal, () => electron.kill(signal));
  }
  return new Promise((resolve, reject) => {
    electron.once('error', reject);
    electron.once('exit', (code, signal) => {
      if (code === 0) process.exit(0);
      const early = Date.now() - began < CAME_UP_MS;
      // 127: a library that it needs is missing. A signal: its sandbox cannot be set up here.
      if (early && (code === 127 || ['SIGTRAP', 'SIGABRT', 'SIGSEGV', 'SIGILL'].includes(String(signal)))) {
        resolve('Electron could not start on this system (see above)');
        return;
      }
      process.exit(code ?? 1);
    });
  });
}

/** @param {string} reason */
async function openInBrowser(reason) {
  say(`Parley opens in the browser: ${reason}.`);
  await serveBuilt(undefined, (newLink) => {
    console.log(`\n  Open this link: ${newLink()}\n\n  It works once. Ctrl+C ends Parley.\n`);
    // A link of its own, so that the one above works in any case.
    if (process.platform !== 'linux' || hasDisplay()) openLink(newLink());
  });
}

function hasDisplay() {
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Opens a link in the browser of the person. Where that does not work, they have the link before them.
 *
 * @param {string} url of our own making: nothing in it means anything to a shell
 */
function openLink(url) {
  const commands = {
    darwin: ['open', url],
    win32: ['cmd', '/c', 'start', '', url],
    linux: ['xdg-open', url],
  };
  const [command, ...rest] = commands[/** @type {keyof typeof commands} */ (process.platform)] ?? [
    'xdg-open',
    url,
  ];
  const opener = spawn(String(command), rest, { stdio: 'ignore', detached: true });
  opener.on('error', () => undefined);
  opener.unref();
}
