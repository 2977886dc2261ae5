import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import {
  _electron,
  type Browser,
  type BrowserContext,
  chromium,
  type ElectronApplication,
  type Page,
} from 'playwright';

// Starts the built app, as a person would, in a data folder of its own, which is also where it runs: a developer's own
// .env must not lead a test to their server. scripts/e2e.mjs builds it and says where the
// runtimes are; a test file that is run by itself finds the usual ones.

const root = fileURLToPath(new URL('../..', import.meta.url));
const asRoot = process.getuid?.() === 0;

/** Electron's executable; undefined where this machine has none. */
export const electronPath = firstExisting(
  process.env.PARLEY_E2E_ELECTRON,
  process.env.ELECTRON_OVERRIDE_DIST_PATH && join(process.env.ELECTRON_OVERRIDE_DIST_PATH, 'electron'),
);

/** A Chromium; undefined where this machine has none. */
export const chromiumPath = firstExisting(
  process.env.PARLEY_E2E_CHROMIUM,
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
);

export interface LaunchOptions {
  /** Left out: a new empty one, removed by `close`. */
  dataFolder?: string;
  /** A WAV file that the fake microphone plays, over and over. Left out: its usual beeps. */
  speech?: string;
  /** `undefined` takes a variable out that would be set otherwise. */
  environment?: Record<string, string | undefined>;
  /** Further switches for Electron or Chromium. */
  args?: string[];
}

interface Running {
  page: Page;
  dataFolder: string;
  /** Ends the app as a person would, and waits for it. */
  close(): Promise<void>;
}

export interface RunningElectron extends Running {
  app: ElectronApplication;
}

export interface RunningBrowser extends Running {
  browser: Browser;
  context: BrowserContext;
  host: RunningHost;
}

/** The desktop app, with its window before you. */
export async function launchElectron(options: LaunchOptions = {}): Promise<RunningElectron> {
  const folder = await ownFolder(options);
  // By its package, which ELECTRON_OVERRIDE_DIST_PATH leads to the runtime, and not by `executablePath`: only so does
  // Playwright hold the start back until it is attached. On a busy machine it otherwise misses it, and waits for ever.
  const app = await _electron.launch({
    args: [root, ...switches(options)],
    cwd: folder.path,
    env: environment(folder.path, options),
    chromiumSandbox: !asRoot,
    timeout: 30_000,
  });
  return {
    app,
    page: await app.firstWindow(),
    dataFolder: folder.path,
    async close() {
      await app.close();
      await folder.remove();
    },
  };
}

export interface RunningHost {
  /** With a token that works once. */
  url: string;
  dataFolder: string;
  pid: number;
  /** Sends SIGTERM. @returns its exit code, null when it had to be killed */
  stop(): Promise<number | null>;
}

/** The browser host alone. */
export async function launchHost(options: LaunchOptions = {}): Promise<RunningHost> {
  const folder = await ownFolder(options);
  const host = spawn(process.execPath, [join(root, 'scripts/serve.mjs'), '--port', '0'], {
    cwd: folder.path,
    env: environment(folder.path, options),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  createInterface(host.stderr).on('line', (line) => said.push(line));
  const ended = once(host, 'exit').then(([code]) => code as number | null);
  const line = await Promise.race([
    once(createInterface(host.stdout), 'line').then(([first]) => String(first)),
    ended.then((code) => {
      throw new Error(`The browser host ended with ${code}: ${said.join('\n')}`);
    }),
  ]);
  return {
    url: (JSON.parse(line) as { url: string }).url,
    dataFolder: folder.path,
    pid: host.pid ?? 0,
    async stop() {
      host.kill('SIGTERM');
      const code = await ended;
      await folder.remove();
      return code;
    },
  };
}

/** The browser host, open in a Chromium. */
export async function launchBrowser(options: LaunchOptions = {}): Promise<RunningBrowser> {
  const host = await launchHost(options);
  const browser = await chromium.launch({ executablePath: chromiumPath, args: switches(options) });
  const context = await browser.newContext({
    permissions: ['microphone'],
    viewport: { width: 1280, height: 840 },
  });
  const page = await context.newPage();
  await page.goto(host.url);
  await page.waitForURL(new URL('/', host.url).href);
  return {
    browser,
    context,
    page,
    host,
    dataFolder: host.dataFolder,
    async close() {
      await browser.close();
      await host.stop();
    },
  };
}

function switches({ speech, args = [] }: LaunchOptions): string[] {
  return [
    // Chromium's sandbox does not work for root, which tests may be.
    ...(asRoot ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--use-fake-device-for-media-stream',
    ...(speech ? [`--use-file-for-fake-audio-capture=${speech}`] : []),
    ...args,
  ];
}

function environment(dataFolder: string, { environment = {} }: LaunchOptions): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('DATABASE_'),
  );
  // The embedded engine, whatever a developer's .env says.
  const all = {
    ...Object.fromEntries(inherited),
    PARLEY_DATA_DIR: dataFolder,
    DATABASE_HOST: '',
    ...environment,
  };
  const isSet = (entry: [string, string | undefined]): entry is [string, string] => entry[1] !== undefined;
  return Object.fromEntries(Object.entries(all).filter(isSet));
}

async function ownFolder({ dataFolder }: LaunchOptions) {
  const path = dataFolder ?? (await mkdtemp(join(tmpdir(), 'parley-e2e-')));
  return {
    path,
    async remove() {
      if (!dataFolder) await rm(path, { recursive: true, force: true });
    },
  };
}

function firstExisting(...paths: (string | undefined)[]): string | undefined {
  return paths.find((path) => path && existsSync(path));
}
