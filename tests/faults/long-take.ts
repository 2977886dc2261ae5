import type { Bridge } from '../../shared/contract/bridge.ts';
import { recordingFormat } from '../../shared/model/recording.ts';
import { type Chunk, chunksOf, longRecording } from '../fixtures/recordings.ts';
import { type App, beginInterview, call, endApp, finishedTakes, startApp, takesOf } from './app.ts';
import { rowFolder } from './machine.ts';
import { type Random, until } from './row.ts';

/** What a person waits for after a long answer, in ms, measured in the page of the real app. */
export interface LongTake {
  /** From the stop to what can be played. */
  playableMs: number;
  /** From the stop to the file with duration and cues, decoded and in place. */
  finishedMs: number;
  /** From a jump to another place of the finished file until the player is there. */
  seeksMs: number[];
  /** From opening the answer in the history until its waveform is drawn and it can be played. */
  drawnMs: number;
}

/** Stores a take of so many minutes through the page's own bridge, stops it, and jumps about in it. */
export async function measureLongTake(minutes: number, random: Random): Promise<LongTake> {
  const { folder, remove } = rowFolder();
  const app = await startApp(folder);
  const takeId = await storeTake(app, await longRecording(minutes));
  const stopped = performance.now();
  const { audioUrl } = await call(app.page, 'recordings.finish', { takeId });
  await jump(app, audioUrl, []);
  const playableMs = performance.now() - stopped;
  const unfinished = await call(app.page, 'interviews.unfinished', undefined);
  await until('finished', async () => {
    const interview = await call(app.page, 'interviews.get', { id: unfinished?.id ?? '' });
    return takesOf(interview).some(({ id, state }) => id === takeId && state === 'FINISHED');
  });
  const finishedMs = performance.now() - stopped;
  const places = Array.from({ length: 20 }, () => random(1, minutes * 60 - 5));
  const seeksMs = await jump(app, `${audioUrl}?finished`, places);
  const drawnMs = await openInHistory(app, unfinished?.id ?? '');
  await endApp(app);
  remove();
  return { playableMs, finishedMs, seeksMs, drawnMs };
}

/** Opens the second answer of an interview, which was never opened before. @returns until all of it is there, in ms */
async function openInHistory({ page }: App, interviewId: string): Promise<number> {
  await page.evaluate((id) => {
    location.hash = `#/interviews/${id}`;
    location.reload();
  }, interviewId);
  await page.getByRole('heading', { name: 'Questions' }).waitFor();
  await page.getByTestId('waveform').locator('path').first().waitFor({ state: 'attached' });
  return page.evaluate(async () => {
    const closed = document.querySelector<HTMLElement>(
      'section[aria-labelledby="questions"] [aria-expanded="false"]',
    );
    const before = document.querySelectorAll('[data-testid="waveform"]:has(path)').length;
    const began = performance.now();
    closed?.click();
    const isThere = () =>
      document.querySelectorAll('[data-testid="waveform"]:has(path)').length > before &&
      [...document.querySelectorAll('audio')].every(
        ({ readyState }) => readyState >= HTMLMediaElement.HAVE_METADATA,
      );
    while (!isThere()) await new Promise((resolve) => requestAnimationFrame(resolve));
    return performance.now() - began;
  });
}

async function storeTake({ page }: App, bytes: Chunk): Promise<string> {
  const interview = await beginInterview(page, 2);
  await page.getByRole('button', { name: /^Stop/ }).click();
  await page.getByRole('button', { name: /^Keep and/ }).waitFor();
  await finishedTakes(page, interview.id);
  const questionId = interview.questions[1]?.id ?? '';
  const { mimeType, maxChunkBytes } = recordingFormat;
  const { takeId } = await call(page, 'recordings.begin', { questionId, mimeType });
  for (const [sequence, chunk] of chunksOf(bytes, maxChunkBytes).entries()) {
    await page.evaluate(
      async ([id, number, text]) => {
        const given = {
          takeId: id,
          sequence: number,
          bytes: Uint8Array.from(atob(text), (c) => c.charCodeAt(0)),
        };
        const result = await (window as unknown as { parley: Bridge }).parley.operations['recordings.append'](
          given,
        );
        if (!result.ok) throw new Error(result.error.message);
      },
      [takeId, sequence, Buffer.from(chunk).toString('base64')] as const,
    );
  }
  return takeId;
}

/** Opens a recording in a player and jumps to places in it, given in seconds. @returns how long each jump took, in ms */
function jump({ page }: App, address: string, places: readonly number[]): Promise<number[]> {
  return page.evaluate(
    async ([url, targets]) => {
      const audio = new Audio();
      const happens = (name: string) =>
        new Promise((resolve, reject) => {
          audio.addEventListener(name, resolve, { once: true });
          audio.addEventListener('error', () => reject(new Error(audio.error?.message)), { once: true });
        });
      audio.preload = 'auto';
      audio.src = url;
      await happens('canplay');
      const taken: number[] = [];
      for (const target of targets) {
        const began = performance.now();
        const there = happens('seeked');
        audio.currentTime = target;
        await there;
        taken.push(performance.now() - began);
      }
      audio.src = '';
      return taken;
    },
    [address, [...places]] as const,
  );
}
