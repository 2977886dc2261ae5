import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Archive, readArchive } from '../fixtures/archives.ts';
import { expectAccessible } from './accessible.ts';
import { chromiumPath, electronPath, launchBrowser, launchElectron } from './launch.ts';
import {
  answerAloud,
  beginPractice,
  createFirstPerson,
  setUpPractice,
  someone,
  stopAnswering,
} from './practice-journey.ts';

const speech = fileURLToPath(new URL('../fixtures/speech.wav', import.meta.url));

/** A person takes everything that is theirs with them, and looks at it without Parley. */
describe.each([
  { name: 'Electron', there: electronPath },
  { name: 'browser', there: chromiumPath },
])('your data in $name', ({ name, there }) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'parley-data-'));
  const folder = mkdtempSync(join(tmpdir(), 'parley-taken-'));
  const file = join(folder, 'mine.zip');
  let page: Page;
  let archive: Archive;
  let close: () => Promise<void>;
  let press: () => Promise<void>;

  beforeAll(async () => {
    if (!there) return;
    // As a start before this one has left it.
    const at = '2026-03-01T10:00:00.000Z';
    const job = {
      kind: 'RESTORE',
      subject: null,
      firstFailedAt: at,
      failedAt: at,
      times: 1,
      why: 'It broke.',
    };
    writeFileSync(join(dataFolder, 'failed-jobs.json'), JSON.stringify([job]));
    const button = () => page.getByRole('button', { name: 'Save my data' });
    if (name === 'Electron') {
      const running = await launchElectron({ dataFolder, speech });
      ({ page, close } = running);
      // The native dialog, which no test can click in.
      await running.app.evaluate(({ dialog }, chosen) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath: chosen });
      }, file);
      press = () => button().click();
    } else {
      const running = await launchBrowser({ dataFolder, speech });
      ({ page, close } = running);
      press = async () => {
        const downloaded = page.waitForEvent('download');
        await button().click();
        const download = await downloaded;
        expect(download.suggestedFilename()).toMatch(/^Parley, Ada Example \d{4}-\d\d-\d\d\.zip$/);
        await download.saveAs(file);
      };
    }
  });
  afterAll(async () => {
    await close?.();
    for (const each of [dataFolder, folder]) rmSync(each, { recursive: true, force: true });
  });

  test.runIf(there)('are saved from the settings as one file', async () => {
    await createFirstPerson(page);
    await setUpPractice(page, 1);
    await beginPractice(page);
    await answerAloud(page, 3);
    await stopAnswering(page);
    const recorded = () =>
      readdirSync(join(dataFolder, 'recordings'), { recursive: true, encoding: 'utf8' }).filter((each) =>
        each.endsWith('.webm'),
      );
    await expect.poll(recorded).toHaveLength(1);
    await page.goto(`${page.url().split('#')[0]}#/settings/account`);
    await page.getByRole('heading', { name: 'Your data' }).waitFor();
    await press();
    await page.getByText(/has 1 recording in it/).waitFor();
    await expectAccessible(page, 'your data, saved');

    archive = await readArchive(file);
    expect(archive.data).toMatchObject({ format: 'parley-personal-data', person: { name: someone.name } });
    const path = archive.data.recordings[0]?.file?.path ?? '';
    const [original = ''] = recorded();
    expect(Buffer.from(await archive.bytesOf(path))).toEqual(
      readFileSync(join(dataFolder, 'recordings', original)),
    );
  });

  test.runIf(there)(
    'what was done with them, and what failed on this machine, is said to an admin',
    async () => {
      const base = page.url().split('#')[0];
      await page.goto(`${base}#/settings/audit`);
      await page.getByRole('row', { name: /Ada Example saved their own data/ }).waitFor();
      await page.goto(`${base}#/settings/health`);
      await page.getByText('A backup was not restored').waitFor();
      await expectAccessible(page, 'health with something that failed');
      await page.getByRole('button', { name: 'Dismiss: A backup was not restored' }).click();
      await page.getByText('Nothing has failed.').waitFor();
    },
  );

  test.runIf(there && chromiumPath)('are read and heard without Parley', async () => {
    const opened = join(folder, 'opened');
    for (const each of archive.names) {
      const target = join(opened, each);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, await archive.bytesOf(each));
    }
    const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
    try {
      const reader = await browser.newPage();
      await reader.goto(pathToFileURL(join(opened, 'index.html')).href);
      await reader.getByRole('heading', { name: `What Parley holds of ${someone.name}` }).waitFor();
      await expectAccessible(reader, 'an archive');
      // By what a person does, since no script runs in the page.
      const played = () => reader.locator('audio').evaluate((audio: HTMLAudioElement) => audio.currentTime);
      await reader.locator('audio').evaluate(async (audio: HTMLAudioElement) => {
        audio.muted = true;
        await audio.play();
      });
      await expect.poll(played).toBeGreaterThan(0.2);
      for (const colorScheme of ['light', 'dark'] as const) {
        await reader.emulateMedia({ colorScheme });
        await reader.screenshot({ path: `test-results/archive-${name}-${colorScheme}.png`, fullPage: true });
      }
    } finally {
      await browser.close();
    }
  });
});
