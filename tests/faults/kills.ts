import type { Page } from 'playwright';
import {
  type App,
  beginInterview,
  call,
  endApp,
  finishedTakes,
  kill9,
  nextAnswer,
  pageProcess,
  recordedIn,
  startApp,
  stopAnswer,
  takeFile,
  takesOf,
} from './app.ts';
import { rowFolder } from './machine.ts';
import { hear } from './on-disk.ts';
import { type FaultRow, newRow, pause, type Random } from './row.ts';

export type Victim = 'renderer' | 'main' | 'both';

const names: Record<Victim, string> = {
  renderer: 'kill −9 of the page while recording',
  main: 'kill −9 of main while recording',
  both: 'kill −9 of both at once while recording',
};

/** What may be lost of an answer that is being spoken, in ms. */
const AIM_MS = 500;

/** An answer that the person was told is kept. */
interface Completed {
  takeId: string;
  ms: number;
}

/**
 * Kills processes of the real app at random moments of an answer, starts again, and compares what was said with what
 * has been recovered. Before every third kill an answer is completed, which may still be in the finishing.
 */
export async function killWhileRecording(victim: Victim, rounds: number, random: Random): Promise<FaultRow> {
  const row = newRow(names[victim], AIM_MS);
  const { folder, remove } = rowFolder();
  const completed: Completed[] = [];
  let app = await startApp(folder);
  for (let round = 0; round < rounds; round += 1) {
    const interview = await beginInterview(app.page, 2);
    if (round % 3 === 0) {
      await pause(random(600, 1_200));
      await stopAnswer(app.page);
      completed.push(await completedIn(app.page, interview.id));
      await nextAnswer(app.page, 2);
    }
    await pause(random(700, 3_500));
    const startedAt = (await recordedIn(app.page)).at(-1)?.startedAt ?? 0;
    const killedAt = await killed(app, victim);
    app = await again(app, victim, folder);
    // The person comes back to the interview: what the page left open is ended there.
    for (const take of takesOf(await call(app.page, 'interviews.get', { id: interview.id }))) {
      if (take.state === 'RECORDING')
        await call(app.page, 'recordings.finish', { takeId: take.id }).catch(() => null);
    }
    const takes = await finishedTakes(app.page, interview.id);
    const last = takes.length > (round % 3 === 0 ? 1 : 0) ? takes.at(-1) : undefined;
    const saidMs = killedAt - startedAt;
    const keptMs = last ? (await hear(await takeFile(folder, last.id))).ms : 0;
    row.lostMs.push(Math.max(0, saidMs - keptMs));
    if (last && victim !== 'renderer' && !last.recovered)
      row.wrong.push('a recovered take is not marked as such');
    row.rounds += 1;
  }
  for (const { takeId, ms } of completed) {
    const kept = await takeFile(folder, takeId)
      .then(hear)
      .catch(() => null);
    if (kept && Math.abs(kept.endMs - ms) <= 1) continue;
    row.answersLost += 1;
    row.wrong.push(`a completed answer of ${ms} ms is ${kept ? `${kept.endMs} ms long` : 'not there'}`);
  }
  row.note = `${completed.length} completed answers beside them`;
  await endApp(app);
  remove();
  return row;
}

async function completedIn(page: Page, interviewId: string): Promise<Completed> {
  const [take] = takesOf(await call(page, 'interviews.get', { id: interviewId }));
  if (!take || take.durationMs === null) throw new Error('A completed answer has no take.');
  return { takeId: take.id, ms: take.durationMs };
}

/** @returns when it was killed */
async function killed(app: App, victim: Victim): Promise<number> {
  const renderer = await pageProcess(app);
  if (victim === 'renderer') {
    // Nobody answers the question whether to open the window again: a new one stands for it, see `newWindow`.
    await app.app.evaluate(({ dialog }) => {
      dialog.showMessageBox = () => new Promise(() => undefined);
    });
    // A window that is closed before Chromium has noticed the death of its page can take main along.
    const noticed = app.page.waitForEvent('crash');
    const at = kill9(renderer);
    await noticed;
    return at;
  }
  const ended = app.app.waitForEvent('close');
  const at = victim === 'main' ? kill9(app.mainPid) : kill9(app.mainPid, renderer);
  await ended;
  return at;
}

async function again(app: App, victim: Victim, folder: string): Promise<App> {
  if (victim !== 'renderer') return await startApp(folder);
  return { ...app, page: await newWindow(app) };
}

/** Playwright cannot go on with a page that has died, so its window is closed and a new one opened, by the app itself. */
async function newWindow({ app }: App): Promise<Page> {
  const opened = app.waitForEvent('window');
  await app.evaluate(({ app, BrowserWindow }) => {
    app.removeAllListeners('window-all-closed');
    for (const window of BrowserWindow.getAllWindows()) window.destroy();
    app.emit('activate');
  });
  const page = await opened;
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  return page;
}
