import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { hosts, type RunningApp } from './hosts.ts';
import {
  answerAloud,
  beginPractice,
  createFirstPerson,
  setUpPractice,
  stopAnswering,
} from './practice-journey.ts';

const speech = fileURLToPath(new URL('../fixtures/speech.wav', import.meta.url));

describe.each(hosts)('listening in $name', (host) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'parley-playback-'));
  let app: RunningApp;
  let page: Page;

  beforeAll(async () => {
    app = await host.launch({ dataFolder, speech });
    page = app.page;
  });
  afterAll(async () => {
    await app?.kill();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  const position = () => page.getByRole('slider', { name: 'Position in Your answer' });
  const waveform = () => page.getByTestId('waveform').locator('svg').first();
  const playedSeconds = () => page.evaluate(() => document.querySelector('audio')?.currentTime ?? 0);
  const isPaused = () => page.evaluate(() => document.querySelector('audio')?.paused);

  test('the waveform of an answer appears when it is finished, and moves nothing', async () => {
    await createFirstPerson(page);
    await setUpPractice(page, 1);
    await beginPractice(page);
    await answerAloud(page, 8);
    await stopAnswering(page);
    const before = await position().boundingBox();
    await waveform().waitFor();
    expect(await position().boundingBox()).toEqual(before);
    const drawn = await waveform().locator('path').first().getAttribute('d');
    // Speech has loud moments and quiet ones.
    const heights = [...(drawn ?? '').matchAll(/v([\d.]+)/g)].map(([, height]) => Number(height));
    expect(heights.length).toBeGreaterThan(50);
    expect(Math.max(...heights)).toBeGreaterThan(3 * Math.min(...heights));
    await expectAccessible(page, 'listening');
  });

  test('seeking, playing and the speed work by keyboard alone', async () => {
    await page.evaluate(() => {
      for (const audio of document.querySelectorAll('audio')) audio.muted = true;
    });
    await position().focus();
    await page.keyboard.press('ArrowRight');
    expect(await playedSeconds()).toBeCloseTo(5, 1);
    expect(await position().getAttribute('aria-valuetext')).toMatch(/^0:05 of 0:\d\d$/);
    await page.keyboard.press('>');
    expect(await page.getByRole('combobox', { name: /^Speed/ }).inputValue()).toBe('1.25');
    await page.keyboard.press('Space');
    await expect.poll(playedSeconds).toBeGreaterThan(5.2);
    await page.keyboard.press('k');
    await expect.poll(isPaused).toBe(true);
    await page.keyboard.press('Home');
    expect(await playedSeconds()).toBe(0);
    await page.keyboard.press('End');
    expect(await playedSeconds()).toBeGreaterThan(7.5);
    await page.keyboard.press('ArrowLeft');
    const at = await playedSeconds();
    await page.getByRole('button', { name: /^Back 5 seconds/ }).press('Enter');
    expect(await playedSeconds()).toBeCloseTo(Math.max(0, at - 5), 1);
  });

  test('what has been played is in another colour', async () => {
    const box = await position().boundingBox();
    if (!box) throw new Error('The waveform is nowhere.');
    const middle = { ...box, x: box.x + box.width * 0.4, width: box.width * 0.2 };
    await position().focus();
    await page.keyboard.press('Home');
    const before = await page.screenshot({ clip: middle });
    await page.keyboard.press('End');
    await expect.poll(async () => (await page.screenshot({ clip: middle })).equals(before)).toBe(false);
  });

  test('seeking works by pointing into the waveform', async () => {
    const box = await position().boundingBox();
    if (!box) throw new Error('The waveform is nowhere.');
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    const [, length = '0'] =
      /of 0:(\d\d)/.exec((await position().getAttribute('aria-valuetext')) ?? '') ?? [];
    expect(Math.abs((await playedSeconds()) - Number(length) / 2)).toBeLessThan(1);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `test-results/player-${host.name}-${colorScheme}.png` });
    }
  });
});
