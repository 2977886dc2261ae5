import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Interview } from '../../shared/contract/interviews.ts';
import { electronPath, launchElectron, type RunningElectron } from './launch.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe.runIf(electronPath)('the desktop app', () => {
  let folder: string;
  let parley: RunningElectron;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-e2e-'));
    parley = await launchElectron({ dataFolder: folder });
  });

  afterEach(async () => {
    await parley.close();
    await rm(folder, { recursive: true, force: true });
  });

  const bounds = () =>
    parley.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());

  test('opens where its window was, closes its database, and keeps everything in its folder', async () => {
    await openDatabase(parley.page);
    const placed = { x: 120, y: 80, width: 1000, height: 700 };
    await parley.app.evaluate(
      ({ BrowserWindow }, there) => BrowserWindow.getAllWindows()[0]?.setBounds(there),
      placed,
    );
    await parley.close();
    expect(existsSync(join(folder, 'parley.lock.holder.json'))).toBe(false);
    const log = await readFile(join(folder, 'logs', 'parley.log'), 'utf8');
    expect(log).toContain('"event":"closed"');
    for (const kept of ['database', 'chromium', 'window.json'])
      expect(existsSync(join(folder, kept))).toBe(true);

    parley = await launchElectron({ dataFolder: folder });
    expect(await bounds()).toEqual(placed);
  });

  test('does what its menu says, and opens on the colour that was chosen', async () => {
    await openDatabase(parley.page);
    const choose = (label: string) =>
      parley.app.evaluate(({ Menu }, wanted) => {
        const find = (items: Electron.MenuItem[]): Electron.MenuItem | undefined =>
          items
            .flatMap((item) => [item, ...(item.submenu?.items ?? [])])
            .find((item) => item.label === wanted) ??
          items.map((item) => find(item.submenu?.items ?? [])).find(Boolean);
        find(Menu.getApplicationMenu()?.items ?? [])?.click();
      }, label);
    const color = () => parley.page.evaluate('getComputedStyle(document.body).backgroundColor');
    const colors: unknown[] = [];
    for (const scheme of ['Dark', 'Light', 'Dark']) {
      const changed = parley.app.evaluate(
        ({ webContents }) =>
          new Promise<string | null>((resolve) =>
            webContents.getAllWebContents()[0]?.once('did-change-theme-color', (_, given) => resolve(given)),
          ),
      );
      await choose(scheme);
      await changed;
      colors.push(await color());
    }
    expect(colors[0]).toBe(colors[2]);
    expect(colors[0]).not.toBe(colors[1]);
    await parley.close();
    const { background } = JSON.parse(await readFile(join(folder, 'window.json'), 'utf8'));
    const channels = [1, 3, 5].map((at) => Number.parseInt(background.slice(at, at + 2), 16));
    expect(`rgb(${channels.join(', ')})`).toBe(colors[2]);
    parley = await launchElectron({ dataFolder: folder });
  });

  test('asks nobody beyond this machine for anything', async () => {
    await parley.close();
    // Chromium's own account of every request, those that no page made included.
    const account = join(folder, 'net-log.json');
    parley = await launchElectron({ dataFolder: folder, args: [`--log-net-log=${account}`] });
    await openDatabase(parley.page);
    // One request of our own making, to see that the account holds what is asked.
    const probe = 'http://127.0.0.1:1/probe';
    await parley.app.evaluate(({ net }, url) => net.fetch(url).catch(() => undefined), probe);
    await parley.close();
    const text = await readFile(account, 'utf8');
    const addresses = [...text.matchAll(/"url":"([a-z]+:[^"]*)"/g)].map(([, url]) => url ?? '');
    expect(addresses).toContain(probe);
    expect(addresses.filter((url) => /^(https?|wss?|ftp):/.test(url) && url !== probe)).toEqual([]);
    const looked = [...text.matchAll(/"host":"([^"]*)"/g)].map(([, host]) => host ?? '');
    expect(looked.filter((host) => !host.includes('127.0.0.1'))).toEqual([]);
    parley = await launchElectron({ dataFolder: folder });
  });

  test('a second start in the same folder shows the first window and ends', async () => {
    await parley.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
    const told = parley.app.evaluate(
      ({ app }) => new Promise<void>((resolve) => app.once('second-instance', () => resolve())),
    );
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const second = spawn(electronPath ?? '', [root, ...sandbox, '--disable-gpu'], {
      cwd: folder,
      env: { ...process.env, PARLEY_DATA_DIR: folder },
      stdio: 'ignore',
    });
    const [code] = await once(second, 'exit');
    await told;
    expect(code).toBe(0);
    expect(
      await parley.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((w) => w.isMinimized()),
      ),
    ).toEqual([false]);
  });

  test('asks before it closes while an answer is being recorded', async () => {
    await beginRecording(parley.page);
    // Stands for the person at the native dialog: first they go on, then they close.
    await parley.app.evaluate(({ dialog }) => {
      const answers = [0, 1];
      const asked: string[] = [];
      Object.assign(globalThis, { asked });
      dialog.showMessageBoxSync = ((_: unknown, options: Electron.MessageBoxSyncOptions) => {
        asked.push(options.message);
        return answers.shift() ?? 0;
      }) as typeof dialog.showMessageBoxSync;
    });
    const close = () => parley.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await close();
    expect(await parley.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    expect(await parley.app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)).toEqual([
      'An answer is being recorded.',
    ]);
    const ended = once(parley.app.process(), 'exit');
    await close().catch(() => undefined);
    expect((await ended)[0]).toBe(0);
  });
});

/** Signs up, starts a practice and opens a take, by the operations the screens use. */
async function beginRecording(page: Page): Promise<void> {
  const call = async <T>(name: string, input?: unknown): Promise<T> => {
    const result = (await page.evaluate(
      `window.parley.operations[${JSON.stringify(name)}](${JSON.stringify(input)})`,
    )) as { ok: true; value: T } | { ok: false; error: unknown };
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return result.value;
  };
  await openDatabase(page);
  const account = {
    name: 'Ada',
    email: 'ada@example.com',
    password: 'correct horse battery',
    remember: true,
  };
  await call('accounts.createFirst', account);
  const interview = await call<Interview>('practice.create', {
    difficulty: 'MID',
    questionCount: 1,
    competencies: ['testing'],
    thinkTimeMs: 0,
    answerTimeMs: 60_000,
    takesAllowed: 1,
  });
  await call('interviews.begin', { id: interview.id });
  const questionId = interview.questions[0]?.id;
  await call('questions.ask', { questionId });
  await call('recordings.begin', { questionId, mimeType: 'audio/webm;codecs=opus' });
}

/** The form to make the first account is there once the database is open. */
async function openDatabase(page: Page): Promise<void> {
  await page.getByRole('textbox').first().waitFor();
}
