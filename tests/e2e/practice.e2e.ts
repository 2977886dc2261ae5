import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { decodeRecording, envelopeCorrelation, readWav } from '../fixtures/audio.ts';
import { expectAccessible } from './accessible.ts';
import { hosts, type RunningApp } from './hosts.ts';
import {
  answerAloud,
  beginPractice,
  createFirstPerson,
  recorder,
  safeOnDisk,
  setUpPractice,
  someone,
  stopAnswering,
} from './practice-journey.ts';

const speech = fileURLToPath(new URL('../fixtures/speech.wav', import.meta.url));

/** One person's first days with Parley; each test goes on where the one before it ended. */
describe.each(hosts)('practising in $name', (host) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'parley-journey-'));
  const foreign: string[] = [];
  let app: RunningApp;
  let page: Page;

  const open = async () => {
    app = await host.launch({ dataFolder, speech });
    page = app.page;
    page.context().on('request', (request) => {
      if (!isOurs(request.url())) foreign.push(request.url());
    });
  };

  let broken = '';

  beforeAll(open);
  beforeEach(() => {
    if (broken) throw new Error(`Not reached: “${broken}” failed.`);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail' || broken) return;
    broken = task.name;
    await page.screenshot({ path: `test-results/${host.name}.png` }).catch(() => undefined);
  });
  afterAll(async () => {
    await app.kill();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  test('the first person is welcomed, and stays signed in', async () => {
    await page.getByRole('heading', { name: 'Welcome to Parley' }).waitFor();
    await expectAccessible(page, 'first start');
    await createFirstPerson(page);
    await expectAccessible(page, 'home of a first-timer');
    await app.close();
    await open();
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
  });

  test('an answer is spoken, paused, kept, heard, written down and rated', async () => {
    await setUpPractice(page, 2);
    await expectAccessible(page, 'new practice');
    await page.getByRole('heading', { name: 'New practice interview' }).click();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'First, your microphone' }).waitFor();
    await page.getByRole('button', { name: /^Record a 5-second test/ }).click();
    await page.getByRole('button', { name: 'Play Test recording' }).waitFor();
    await expectAccessible(page, 'device check');
    await page.getByRole('button', { name: /^Begin/ }).click();
    await recorder(page).waitFor();
    await expectAccessible(page, 'thinking');

    await answerAloud(page, 3);
    await page.keyboard.press('p');
    await recorder(page)
      .getByText(/^Paused/)
      .waitFor();
    await page.keyboard.press('p');
    await safeOnDisk(page, 6);
    await expectAccessible(page, 'recording');
    await stopAnswering(page);
    await expectAccessible(page, 'listening and rating');

    expect(await playFrom(page, 3)).toBeGreaterThanOrEqual(3);
    await page.getByLabel('In your words (optional)').fill('An index goes straight to the rows.');
    await page.getByText('Saved').waitFor();
    await page.getByRole('radio', { name: /^Level 4/ }).click();
    await page.getByText('Score 75 of 100').waitFor();
  });

  test('another take does not overwrite the first', async () => {
    await page.getByRole('button', { name: /^Record again/ }).click();
    await answerAloud(page, 2);
    await stopAnswering(page);
    await expect.poll(() => page.getByRole('radio', { name: /^Take/ }).count()).toBe(2);
    await expect.poll(() => page.getByRole('radio', { name: /^Take 2/ }).isChecked()).toBe(true);
    await page.getByRole('radio', { name: /^Take 1/ }).click();
    await page.getByRole('button', { name: 'Play Take 1' }).waitFor();
  });

  test('a question is skipped, the interview is finished and summed up', async () => {
    await page.getByRole('button', { name: /^Keep and/ }).click();
    await recorder(page).getByRole('button', { name: /^Skip/ }).click();
    await page.getByRole('heading', { name: 'That was the last question' }).waitFor();
    await expectAccessible(page, 'the end');
    await page.getByRole('button', { name: /^Finish the interview/ }).click();
    await page.getByRole('heading', { name: 'Well done, that is finished' }).waitFor();
    await expectAccessible(page, 'summary');
  });

  test('what is on disk is the speech that was played, in full', async () => {
    await expect.poll(() => recordings(dataFolder).length).toBe(2);
    const played = await readWav(speech);
    const [first = ''] = recordings(dataFolder);
    const recorded = await decodeRecording(readFileSync(first));
    const seconds = recorded.samples.length / recorded.rate;
    expect(seconds).toBeGreaterThanOrEqual(6);
    // The pause took a piece out of what was played, so the part before it is compared.
    const before = { ...recorded, samples: recorded.samples.slice(0, 3 * recorded.rate) };
    expect(envelopeCorrelation(before, played)).toBeGreaterThanOrEqual(0.95);
  });

  test('after closing and opening again, the answers are in the history and play', async () => {
    await app.close();
    await open();
    await page.getByRole('link', { name: /^History/ }).click();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await page.getByRole('list', { name: 'Interviews' }).getByText('Completed').waitFor();
    await expectAccessible(page, 'history');
    await page.getByRole('list', { name: 'Interviews' }).getByRole('link').first().click();
    await page.getByText('What a good answer covers').first().waitFor();
    await expectAccessible(page, 'an interview');
    await expect
      .poll(() => page.getByLabel('Transcript').first().inputValue())
      .toBe('An index goes straight to the rows.');
    expect(await playFrom(page, 4)).toBeGreaterThanOrEqual(4);
  });

  test('a deleted interview can be brought back', async () => {
    await page.getByRole('button', { name: 'Delete this interview' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('is back.').waitFor();
    await page.getByRole('list', { name: 'Interviews' }).getByText('Completed').waitFor();
  });

  test('killed while recording, it goes on at the same question with what was said', async () => {
    await setUpPractice(page, 1);
    await beginPractice(page);
    await answerAloud(page, 4);
    await app.kill();
    await open();
    await page
      .getByRole('region', { name: 'Unfinished interview' })
      .getByRole('link', { name: 'Resume' })
      .click();
    await page.getByRole('heading', { name: /^Welcome back/ }).waitFor();
    await page.getByRole('button', { name: /^Go on/ }).click();
    const offer = page.getByText(/^Take 1 was broken off and has been recovered/);
    await offer.waitFor();
    const [, seconds = '0'] = /\(0:(\d+)\)/.exec((await offer.textContent()) ?? '') ?? [];
    expect(Number(seconds)).toBeGreaterThanOrEqual(4);
    expect(await playFrom(page, 2)).toBeGreaterThanOrEqual(2);
    await expectAccessible(page, 'a recovered take');
  });

  test('a recovered take is discarded, brought back and kept', async () => {
    await page.getByRole('button', { name: 'Discard it' }).click();
    await page
      .getByRole('dialog', { name: 'Discard this recording?' })
      .getByRole('button', { name: 'Discard', exact: true })
      .click();
    await page.getByText(/^Take 1 is discarded/).waitFor();
    await page.getByText('3 takes left.').waitFor();
    await expectAccessible(page, 'a discarded take');
    await page.getByRole('button', { name: 'Bring it back' }).click();
    await page.getByText('2 takes left.').waitFor();
    await page.getByRole('button', { name: 'Play Your answer' }).waitFor();
    expect(await page.getByRole('button', { name: 'Keep it' }).count()).toBe(0);
  });

  test('an interview is ended early after a confirmation, and its answers are kept', async () => {
    await page.getByRole('button', { name: 'End early' }).click();
    const dialog = page.getByRole('dialog', { name: 'End this interview early?' });
    await expectAccessible(page, 'confirmation');
    await dialog.getByRole('button', { name: 'End early' }).click();
    await page.getByRole('heading', { name: 'Ended early' }).waitFor();
    await page.getByText('1 of 1 question answered').waitFor();
  });

  test('every other screen is accessible', async () => {
    const screens = [
      ['Home', /^Good /],
      ['People', 'People'],
      ['Settings', 'Settings'],
    ] as const;
    for (const [name, heading] of screens) {
      await page
        .getByRole('navigation', { name: 'Main' })
        .getByRole('link', { name: new RegExp(`^${name}`) })
        .click();
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await expectAccessible(page, name);
    }
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await expectAccessible(page, 'shortcuts');
    await page.keyboard.press('Escape');
  });

  test('a wrong password is refused in words, the right one lets in', async () => {
    await page.getByRole('button', { name: new RegExp(someone.name) }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to Parley' }).waitFor();
    await expectAccessible(page, 'sign in');
    await page.getByLabel('Email').fill(someone.email);
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await expectAccessible(page, 'refused');
    await page.getByLabel('Password', { exact: true }).fill(someone.password);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
  });

  test('nothing was asked of any other machine', () => {
    expect(foreign).toEqual([]);
  });
});

function isOurs(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return ['app:', 'media:', 'blob:', 'data:', 'devtools:'].includes(protocol) || hostname === '127.0.0.1';
}

function recordings(dataFolder: string): string[] {
  // Names are keys in order of time, so the first take comes first.
  return globSync('recordings/*/*.webm', { cwd: dataFolder })
    .toSorted()
    .map((name) => join(dataFolder, name));
}

/** Seeks the first player to a second and plays. @returns the position once it has moved on, in s */
function playFrom(page: Page, second: number): Promise<number> {
  return page.evaluate(async (from) => {
    const audio = document.querySelector('audio');
    if (!audio) throw new Error('There is no player.');
    audio.muted = true;
    audio.currentTime = from;
    await audio.play();
    await new Promise((resolve) => audio.addEventListener('timeupdate', resolve, { once: true }));
    audio.pause();
    return audio.currentTime;
  }, second);
}
