import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeRecording } from '../fixtures/audio.ts';
import { expectAccessible } from './accessible.ts';
import { electronPath, launchElectron, type RunningElectron } from './launch.ts';
import {
  answerAloud,
  beginPractice,
  createFirstPerson,
  recorder,
  safeOnDisk,
  setUpPractice,
  stopAnswering,
} from './practice-journey.ts';

const speech = fileURLToPath(new URL('../fixtures/speech.wav', import.meta.url));

/** What happens around somebody who speaks; the system's part is played by what Electron itself would be told. */
describe.runIf(electronPath)('while somebody records in the desktop app', () => {
  let folder: string;
  let parley: RunningElectron;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-e2e-'));
    parley = await launchElectron({ dataFolder: folder, speech });
    await createFirstPerson(parley.page);
    await setUpPractice(parley.page, 1);
    await noteTracks(parley.page);
    await beginPractice(parley.page);
    await answerAloud(parley.page, 2);
  });

  afterEach(async () => {
    // By force: asked to close, it would ask whether to end the recording.
    const ended = parley.app.waitForEvent('close');
    parley.app.process().kill('SIGKILL');
    await ended;
    // Its helpers take a moment longer.
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  const power = (event: string) =>
    parley.app.evaluate(({ powerMonitor }, name) => {
      powerMonitor.emit(name);
    }, event);

  test('it goes on minimised, hidden and behind a locked screen, and says so', async () => {
    const { app, page } = parley;
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
    await safeOnDisk(page, 4);
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    await safeOnDisk(page, 6);
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show());
    await power('lock-screen');
    await safeOnDisk(page, 8);
    await power('unlock-screen');
    await recorder(page).getByText('Recording went on all the while').waitFor();
    await power('suspend');
    await safeOnDisk(page, 12);
    await power('resume');
    await recorder(page).getByText('The computer was asleep').waitFor();
    await page
      .getByRole('status')
      .getByText(/The computer was asleep/)
      .waitFor({ state: 'attached' });
  });

  test('a lost microphone: the answer goes on with another, and is one recording', async () => {
    const { page } = parley;
    await safeOnDisk(page, 4);
    await loseMicrophone(page);
    const lost = page.getByRole('group', { name: 'The microphone is gone' });
    await lost.waitFor();
    await page
      .getByRole('status')
      .getByText(/What you said is kept/)
      .waitFor({ state: 'attached' });
    await expectAccessible(page, 'a lost microphone');
    await lost.getByRole('button', { name: /^Go on in this answer/ }).click();
    await safeOnDisk(page, 8);
    await stopAnswering(page);
    await page.getByRole('button', { name: /^Play/ }).waitFor();
    const files = globSync('recordings/*/*.webm', { cwd: folder });
    expect(files).toHaveLength(1);
    const { samples, rate } = await decodeRecording(readFileSync(join(folder, files[0] ?? '')));
    expect(samples.length / rate).toBeGreaterThanOrEqual(8);
    // Heard in both parts: the fake microphone begins its speech anew when it is opened again.
    const loud = (from: number, until: number) =>
      samples.subarray(from * rate, until * rate).some((sample) => Math.abs(sample) > 0.05);
    expect([loud(0, 4), loud(5, 8)]).toEqual([true, true]);
  });

  test('quitting asks; the answer is finished first, with its last words', async () => {
    const { app, page } = parley;
    // Stands for the person at the native dialog: first they go on, then they quit.
    await app.evaluate(({ dialog }) => {
      const answers = [0, 1];
      dialog.showMessageBoxSync = (() => answers.shift() ?? 0) as typeof dialog.showMessageBoxSync;
    });
    await app.evaluate(({ app: electron }) => electron.quit());
    await safeOnDisk(page, 5);
    const ended = once(app.process(), 'exit');
    await app.evaluate(({ app: electron }) => electron.quit()).catch(() => undefined);
    expect((await ended)[0]).toBe(0);

    const files = globSync('recordings/*/*.webm', { cwd: folder });
    expect(files).toHaveLength(1);
    expect(globSync('recordings/*/*.{part,tmp,damaged}', { cwd: folder })).toEqual([]);
    const { samples, rate } = await decodeRecording(readFileSync(join(folder, files[0] ?? '')));
    expect(samples.length / rate).toBeGreaterThanOrEqual(5);
    parley = await launchElectron({ dataFolder: folder, speech });
    await parley.page.getByRole('navigation', { name: 'Main' }).waitFor();
    await expect
      .poll(() => readFileSync(join(folder, 'logs', 'parley.log'), 'utf8'))
      .toContain('recordings reconciled');
    expect(readFileSync(join(folder, 'logs', 'parley.log'), 'utf8')).not.toMatch(/"recovered":[1-9]/);
  });
});

/** Keeps the captured tracks where the test finds them. */
async function noteTracks(page: Page): Promise<void> {
  await page.evaluate(`{
    const capture = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    window.tracks = [];
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      const stream = await capture(constraints);
      window.tracks.push(...stream.getAudioTracks());
      return stream;
    };
  }`);
}

/** What a page sees when the device is unplugged: the track ends, and says so. */
async function loseMicrophone(page: Page): Promise<void> {
  await page.evaluate(`{
    const track = window.tracks.at(-1);
    track.stop();
    track.dispatchEvent(new Event('ended'));
  }`);
}
