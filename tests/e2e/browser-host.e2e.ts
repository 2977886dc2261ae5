import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chromiumPath, launchBrowser, launchHost } from './launch.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-e2e-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a script of ours to its end, or until it has said `enough` on stdout; then it gets the signal. */
async function run(
  args: string[],
  environment: Record<string, string> = {},
  enough?: RegExp,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<Outcome> {
  const script = spawn(process.execPath, [join(root, 'scripts', args[0] ?? ''), ...args.slice(1)], {
    cwd: folder,
    env: {
      ...process.env,
      DISPLAY: '',
      WAYLAND_DISPLAY: '',
      ELECTRON_OVERRIDE_DIST_PATH: '',
      PARLEY_DATA_DIR: folder,
      DATABASE_HOST: '',
      ...environment,
    },
  });
  const outcome: Outcome = { code: null, stdout: '', stderr: '' };
  script.stdout.on('data', (piece) => {
    outcome.stdout += piece;
    if (enough?.test(outcome.stdout)) script.kill(signal);
  });
  script.stderr.on('data', (piece) => {
    outcome.stderr += piece;
  });
  [outcome.code] = (await once(script, 'close')) as [number | null];
  return outcome;
}

describe('npm run serve', () => {
  test('prints one line of JSON, ends cleanly when told to, and starts again in the same folder', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const { code, stdout } = await run(['serve.mjs', '--port', '0'], {}, /\n/, signal);
      expect([signal, code]).toEqual([signal, 0]);
      expect(stdout).toMatch(/^\{"url":"http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}"\}\n$/);
      expect(existsSync(join(folder, 'parley.lock.holder.json'))).toBe(false);
    }
  });

  test('says who has the data folder, and leaves them alone', async () => {
    const first = await launchHost({ dataFolder: folder });
    const second = await run(['serve.mjs', '--port', '0']);
    expect(second).toMatchObject({ code: 1, stdout: '' });
    expect(second.stderr).toMatch(new RegExp(`in use by Parley in the browser .*process ${first.pid}`));
    expect((await fetch(first.url)).status).toBe(200);
    expect(await first.stop()).toBe(0);
  });

  test('says that a port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const outcome = await run(['serve.mjs', '--port', String(port)]);
    other.close();
    expect(outcome).toMatchObject({ code: 1, stdout: '' });
    expect(outcome.stderr).toContain(`Port ${port} is taken.`);
  });

  test.each(['x', '-1', '65536', '80.5'])('refuses %s for a port', async (port) => {
    const outcome = await run(['serve.mjs', `--port=${port}`]);
    expect(outcome).toMatchObject({ code: 1, stdout: '' });
    expect(outcome.stderr).toContain('--port takes a number');
  });

  test('listens on loopback only', async () => {
    const host = await launchHost();
    const { port } = new URL(host.url);
    // A name of this machine that is not 127.0.0.1 reaches nobody.
    await expect(fetch(`http://127.0.0.2:${port}/`)).rejects.toThrow();
    await host.stop();
  });
});

describe('npm start', () => {
  test.runIf(process.platform === 'linux')(
    'without a display says so in one line, and serves the browser',
    async () => {
      const outcome = await run(['start.mjs'], {}, /token=[\w-]{43}/);
      expect(outcome.code).toBe(0);
      expect(outcome.stderr).toMatch(
        /^(Build.*\n)*Parley opens in the browser: there is no display here\.\n$/,
      );
      expect(outcome.stdout).toMatch(/Open this link: http:\/\/127\.0\.0\.1:\d+\/\?token=/);
    },
  );

  test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
    'as root serves the browser and says why',
    async () => {
      const outcome = await run(['start.mjs'], { DISPLAY: ':nowhere', PATH: '' }, /token=[\w-]{43}/);
      expect(outcome.code).toBe(0);
      expect(outcome.stderr).toMatch(
        /^(Build.*\n)*Parley opens in the browser: .*sandbox .*--no-sandbox.*\n$/,
      );
    },
  );

  test('with a runtime that is not there says so, and serves the browser', async () => {
    const runtime = { DISPLAY: ':nowhere', PATH: '', ELECTRON_OVERRIDE_DIST_PATH: folder };
    const outcome = await run(['start.mjs', '--no-sandbox'], runtime, /token=[\w-]{43}/);
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toMatch(
      /^(Build.*\n)*Parley opens in the browser: ELECTRON_OVERRIDE_DIST_PATH names .*\n$/,
    );
  });
});

describe.runIf(chromiumPath)('in Chromium', () => {
  test('the link opens Parley once; the page can be loaded again, and asks nobody beyond this machine', async () => {
    const parley = await launchBrowser();
    try {
      const requests: string[] = [];
      const complaints: string[] = [];
      parley.page.on('request', (request) => requests.push(request.url()));
      parley.page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await parley.page.reload();
      await parley.page.getByRole('button').first().waitFor();
      expect(requests.length).toBeGreaterThan(3);
      expect(requests.filter((url) => new URL(url).host !== new URL(parley.host.url).host)).toEqual([]);
      expect(complaints).toEqual([]);

      const stranger = await (await parley.browser.newContext()).newPage();
      await stranger.goto(parley.host.url);
      expect(await stranger.getByRole('heading').textContent()).toContain('does not open Parley');
    } finally {
      await parley.close();
    }
  });
});
