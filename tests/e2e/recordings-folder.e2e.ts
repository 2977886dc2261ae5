import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { chromiumPath, electronPath, launchBrowser, launchElectron, type RunningElectron } from './launch.ts';
import {
  answerAloud,
  beginPractice,
  createFirstPerson,
  setUpPractice,
  stopAnswering,
} from './practice-journey.ts';

const speech = fileURLToPath(new URL('../fixtures/speech.wav', import.meta.url));

/** What the native dialog, which no test can click in, answers from now on. */
function choose({ app }: RunningElectron, folder: string): Promise<void> {
  return app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, folder);
}

describe.runIf(electronPath)('where recordings are, in Electron', () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'parley-folder-'));
  const disk = realpathSync(mkdtempSync(join(tmpdir(), 'parley-disk-')));
  const away = `${disk}-away`;
  let app: RunningElectron;
  afterAll(async () => {
    await app.close();
    for (const folder of [dataFolder, disk, away]) rmSync(folder, { recursive: true, force: true });
  });

  const openRecordings = async () => {
    const { page } = app;
    const main = page.getByRole('navigation', { name: 'Main' });
    await main.getByRole('link', { name: /^Settings/ }).click();
    await page
      .getByRole('navigation', { name: 'Settings' })
      .getByRole('link', { name: 'Recordings' })
      .click();
    await page.getByRole('heading', { name: 'Recordings', exact: true }).waitFor();
    await page.getByText(/^\d.* in \d+ files?$/).waitFor();
  };
  const finished = () =>
    readdirSync(disk, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.webm'));

  test('they are shown, and move to another disk', async () => {
    app = await launchElectron({ dataFolder, speech });
    const { page } = app;
    await createFirstPerson(page);
    await setUpPractice(page, 1);
    await beginPractice(page);
    await answerAloud(page, 2);
    await stopAnswering(page);
    await openRecordings();
    await page.getByText('Every file belongs to an answer').waitFor();
    await expectAccessible(page, 'where recordings are');

    writeFileSync(join(disk, 'thesis.txt'), '');
    await choose(app, disk);
    await page.getByRole('button', { name: 'Move to another folder…' }).click();
    await page.getByText(/This folder is not empty/).waitFor();
    await page.getByRole('alert').getByRole('button').click();
    rmSync(join(disk, 'thesis.txt'));
    await page.getByRole('button', { name: 'Move to another folder…' }).click();
    await page.getByRole('definition').getByText(disk, { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Move back to the usual folder' }).waitFor();
    expect(finished()).toHaveLength(1);
    expect(readdirSync(join(dataFolder, 'recordings'))).toEqual([]);
  });

  test('a file that belongs to no answer is listed, and stays', async () => {
    const { page } = app;
    const stray = join(disk, '0190a3c0-0000-7000-8000-000000000001');
    mkdirSync(stray);
    writeFileSync(join(stray, '0190a3c0-0000-7000-8000-000000000002.webm'), 'stray');
    await page.getByRole('button', { name: 'Compare again' }).click();
    await page.getByText(/^1 file without an answer \(5 bytes\), 0 takes without a file/).waitFor();
    await page.getByRole('cell', { name: /000000000002\.webm$/ }).waitFor();
    await expectAccessible(page, 'strays');
    expect(readdirSync(stray)).toHaveLength(1);
  });

  test('without the disk the app starts, says so, and records in the usual folder when told to', async () => {
    await app.close();
    renameSync(disk, away);
    app = await launchElectron({ dataFolder, speech });
    const { page } = app;
    await page.getByRole('link', { name: /^History/ }).click();
    await page.getByRole('list', { name: 'Interviews' }).getByRole('link').first().click();
    await page.getByText('The folder with the recordings is not there').waitFor();
    await expectAccessible(page, 'an interview whose disk is away');
    await page.getByRole('link', { name: 'See where it should be' }).click();
    await expectAccessible(page, 'a disk that is away');
    await page.getByRole('button', { name: 'Record in the usual folder' }).click();
    await page.getByText('Some recordings are in another folder').waitFor();
    renameSync(away, disk);
    await openRecordings();
    await page.reload();
    await page.getByRole('button', { name: 'Bring them here' }).click();
    await page.getByText('Some recordings are in another folder').waitFor({ state: 'hidden' });
    expect(finished()).toEqual([]);
    await page.getByText(/ in [23] files$/).waitFor();
  });
});

describe.runIf(chromiumPath)('where recordings are, in a browser', () => {
  test('they are shown, and the rest is the desktop app’s', async () => {
    const app = await launchBrowser();
    try {
      const { page } = app;
      await createFirstPerson(page);
      await page.goto(new URL('/#/settings/recordings', page.url()).href);
      await page.getByText(join(app.dataFolder, 'recordings'), { exact: true }).waitFor();
      await page.getByText(/The desktop app opens it/).waitFor();
      await expectAccessible(page, 'where recordings are, in a browser');
    } finally {
      await app.close();
    }
  });
});
