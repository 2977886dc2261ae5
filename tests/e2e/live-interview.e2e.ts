import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { decodeRecording, placeInLoop, readWav, type Sound } from '../fixtures/audio.ts';
import { expectAccessible } from './accessible.ts';
import { hosts, type RunningApp } from './hosts.ts';
import { createFirstPerson } from './practice-journey.ts';

const speech = fileURLToPath(new URL('../fixtures/speech.wav', import.meta.url));

/** An interviewer's first live interview; each test goes on where the one before it ended. */
describe.each(hosts)('interviewing live in $name', (host) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'parley-live-'));
  let app: RunningApp;
  let page: Page;
  let view: Page | undefined;
  let broken = '';

  const open = async () => {
    app = await host.launch({ dataFolder, speech });
    page = app.page;
  };
  beforeAll(open);
  beforeEach(() => {
    if (broken) throw new Error(`Not reached: “${broken}” failed.`);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail' || broken) return;
    broken = task.name;
    await page.screenshot({ path: `test-results/live-${host.name}.png` }).catch(() => undefined);
  });
  afterAll(async () => {
    await app.kill();
    rmSync(dataFolder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  const question = () => page.getByRole('region', { name: 'Question', exact: true });
  const questionText = () => question().getByRole('heading', { level: 2 }).textContent();
  const notes = () => page.getByRole('region', { name: 'Notes', exact: true });
  const level = (number: number) => page.getByRole('radio', { name: new RegExp(`^Level ${number}`) });
  const safeOnDisk = (seconds: number) =>
    expect
      .poll(async () => safeSecondsOf(await page.getByRole('region', { name: 'Recording' }).textContent()), {
        timeout: 60_000,
      })
      .toBeGreaterThanOrEqual(seconds);

  async function writeNote(words: string): Promise<void> {
    await page.keyboard.press('/');
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
    await notes().getByRole('listitem').filter({ hasText: words }).waitFor();
    await page.keyboard.press('Escape');
  }

  test('it is planned with a new candidate and a kit', async () => {
    await createFirstPerson(page);
    await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: /^Interviews/ })
      .click();
    await page.getByRole('heading', { name: 'No interviews yet' }).waitFor();
    await expectAccessible(page, 'an empty desk');
    await page
      .getByRole('link', { name: /^New interview/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'New interview' }).waitFor();
    await page.getByRole('button', { name: 'New candidate' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Lin Example');
    await dialog.getByLabel('Email').fill('lin@example.org');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('combobox', { name: 'Interview kit' }).click();
    await page.getByRole('option', { name: /^Backend engineer/ }).click();
    await expectAccessible(page, 'a new interview');
    await page.getByRole('button', { name: 'Make the interview' }).click();
    await page.getByRole('heading', { name: 'Lin Example' }).waitFor();
    await expectAccessible(page, 'an interview that is planned');
  });

  test('nothing is recorded before the candidate agrees', async () => {
    await page.getByRole('button', { name: 'Start now' }).click();
    await page.getByRole('heading', { name: 'First, ask for consent' }).waitFor();
    await expectAccessible(page, 'consent');
    expect(globSync('recordings/*/*', { cwd: dataFolder })).toEqual([]);
    await page.keyboard.press('y');
    await page.getByRole('heading', { name: 'Ready when you are' }).waitFor();
    await expectAccessible(page, 'before the first question');
  });

  test('a question is asked, recorded, noted and rated, by keyboard', async () => {
    await page.keyboard.press('n');
    await safeOnDisk(2);
    await writeNote('Begins with the slow query log.');
    await page.keyboard.press('4');
    await expect.poll(() => level(4).isChecked()).toBe(true);
    await safeOnDisk(5);
    await expectAccessible(page, 'the console');
  });

  test('the candidate sees the question and its time in a window of their own, and nothing else', async () => {
    const opened = page.context().waitForEvent('page');
    await page.getByText('Candidate’s view').click();
    view = await opened;
    const asked = await questionText();
    await view.getByRole('heading', { name: asked ?? '' }).waitFor();
    const seen = (await view.locator('main').textContent()) ?? '';
    expect(seen.replace(asked ?? '', '')).toMatch(/^\d+:\d\d of about \d+:\d\d$/);
    expect(await view.locator('a, button, input, textarea').count()).toBe(0);
    await expectAccessible(view, 'the candidate’s window');
  });

  test.runIf(host.name === 'Electron')('its window can ask main for nothing else', async () => {
    const id = page.url().split('/').at(-2);
    const ask = (name: string, input: object) =>
      view?.evaluate(`window.parley.operations[${JSON.stringify(name)}](${JSON.stringify(input)})`);
    expect(await ask('live.candidateView', { id })).toMatchObject({ ok: true });
    const names = (await view?.evaluate('Object.keys(window.parley.operations)')) as string[];
    for (const name of names) {
      if (name === 'live.candidateView') continue;
      expect(await ask(name, { id }), name).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
    }
  });

  test('the next question follows, and the candidate’s window with it', async () => {
    const before = await questionText();
    await page.bringToFront();
    await page.keyboard.press('n');
    await expect.poll(questionText).not.toBe(before);
    const asked = (await questionText()) ?? '';
    await view?.getByRole('heading', { name: asked }).waitFor();
    await safeOnDisk(3);
    await writeNote('Names two trade-offs.');
    await page.keyboard.press('2');
    await expect.poll(() => level(2).isChecked()).toBe(true);
    await page.keyboard.press('b');
    await view?.getByRole('heading', { name: 'Break' }).waitFor();
    await page.getByText('Clocks stand still').waitFor();
    await expectAccessible(page, 'a break');
    await page.keyboard.press('b');
    await view?.getByRole('heading', { name: asked }).waitFor();
    await safeOnDisk(5);
  });

  test('killed in the middle, no note, rating or word that was typed or spoken is lost', async () => {
    const asked = await questionText();
    await page.keyboard.press('/');
    await page.keyboard.type('Half a thou');
    if (host.name === 'Electron') {
      await expect.poll(() => storedByPage(dataFolder), { timeout: 30_000 }).toContain('Half a thou');
    }
    await safeOnDisk(8);
    await app.kill();
    await open();
    await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: /^Interviews/ })
      .click();
    await page.getByRole('list', { name: 'Interviews' }).getByRole('link').first().click();
    await page.getByRole('link', { name: 'Back to the interview' }).click();
    await expect.poll(questionText).toBe(asked);
    await expect.poll(() => level(2).isChecked()).toBe(true);
    expect(await notes().getByRole('listitem').count()).toBe(2);
    const offer = page.getByText(/was broken off and has been recovered/);
    const [, seconds = '0'] = /\(0:(\d+)\)/.exec((await offer.textContent()) ?? '') ?? [];
    expect(Number(seconds)).toBeGreaterThanOrEqual(7);
    if (host.name === 'Electron') {
      expect(await page.getByLabel('A note').inputValue()).toBe('Half a thou');
    }
    await expectAccessible(page, 'the console after a crash');
    await page.getByRole('button', { name: 'Keep it' }).click();
    await offer.waitFor({ state: 'hidden' });
  });

  test('it is recorded on, passed over, ended, and says what was not asked and not rated', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('r');
    await safeOnDisk(2);
    await page.keyboard.press('s');
    await page.getByText('Passed over').waitFor({ state: 'attached' });
    await page.keyboard.press('e');
    const dialog = page.getByRole('dialog', { name: 'End the interview?' });
    await dialog.getByText('3 questions not asked.').waitFor();
    await dialog.getByText('Every answer is rated.').waitFor();
    await expectAccessible(page, 'the end of an interview');
    await dialog.getByRole('button', { name: /^End/ }).click();
    await page.getByText('Completed').first().waitFor();
    await expectAccessible(page, 'an interview that has ended');
    await expect.poll(() => recordings(dataFolder).length).toBe(3);
    expect(globSync('recordings/*/*.{part,tmp,damaged}', { cwd: dataFolder })).toEqual([]);
  });

  test('between the two questions no speech is lost', async () => {
    const played = await readWav(speech);
    const [first = '', second = ''] = recordings(dataFolder);
    const before = await decodeRecording(readFileSync(first));
    const after = await decodeRecording(readFileSync(second));
    const piece = 2;
    const end = before.samples.length / before.rate;
    const endsAt = placeInLoop(cut(before, end - piece, end), played) + piece;
    const beginsAt = placeInLoop(cut(after, 0, piece), played);
    const loop = played.samples.length / played.rate;
    // How much later in the speech the second begins than the first ended; less than nothing where both heard it.
    const gap = ((((beginsAt - endsAt + loop / 2) % loop) + loop) % loop) - loop / 2;
    expect(gap).toBeLessThanOrEqual(0);
    expect(gap).toBeGreaterThan(-1);
  });

  test('when the candidate takes their agreement back, what was recorded goes for good if one says so', async () => {
    await page.getByRole('button', { name: 'Details of the consent' }).click();
    const dialog = page.getByRole('dialog', { name: 'Consent to being recorded' });
    await dialog.getByText(/^Agreed to “Recording”/).waitFor();
    await dialog.getByRole('button', { name: 'They take it back' }).click();
    await dialog.getByText('3 recordings made before that are kept').waitFor();
    expect(recordings(dataFolder)).toHaveLength(3);
    await dialog.getByRole('button', { name: 'Delete what was recorded' }).click();
    await expectAccessible(page, 'consent that was taken back');
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText(/^Took back their agreement/).waitFor();
    await expect.poll(() => globSync('recordings/*/*', { cwd: dataFolder })).toEqual([]);
  });
});

function safeSecondsOf(text: string | null): number {
  const [, minutes = '0', seconds = '0'] = /Safe on disk up to (\d+):(\d+)/.exec(text ?? '') ?? [];
  return Number(minutes) * 60 + Number(seconds);
}

/** Names are keys in order of time, so the first take comes first. */
function recordings(dataFolder: string): string[] {
  return globSync('recordings/*/*.webm', { cwd: dataFolder })
    .toSorted()
    .map((name) => join(dataFolder, name));
}

function cut({ samples, rate }: Sound, from: number, until: number): Sound {
  return { rate, samples: samples.slice(Math.round(from * rate), Math.round(until * rate)) };
}

/** What Chromium has written of what the page stores; it does so a moment after the page. */
function storedByPage(dataFolder: string): string {
  return globSync('chromium/Local Storage/leveldb/*.log', { cwd: dataFolder })
    .map((name) => readFileSync(join(dataFolder, name), 'latin1'))
    .join();
}
