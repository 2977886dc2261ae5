import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import type { Bridge } from '../../shared/contract/bridge.ts';
import type { InputOf, OperationName, OutputOf } from '../../shared/contract/index.ts';
import type { Interview } from '../../shared/contract/interviews.ts';
import type { Result } from '../../shared/contract/operation.ts';
import { launchElectron, type RunningElectron } from '../e2e/launch.ts';
import { createFirstPerson } from '../e2e/practice-journey.ts';
import { pause, until } from './row.ts';

const speech = fileURLToPath(new URL('../fixtures/speech.wav', import.meta.url));

/** The desktop app with somebody signed in, ready to record. */
export interface App extends RunningElectron {
  mainPid: number;
}

/** Starts the built app in a data folder; the first time, the first person signs up. */
export async function startApp(dataFolder: string): Promise<App> {
  const running = await launchElectron({ dataFolder, speech });
  const { page, app } = running;
  const home = page.getByRole('navigation', { name: 'Main' });
  const welcome = page.getByRole('heading', { name: 'Welcome to Parley' });
  await home.or(welcome).waitFor();
  if (await welcome.isVisible()) await createFirstPerson(page);
  return { ...running, mainPid: app.process().pid ?? 0 };
}

/** Calls an operation as the page does, over its own bridge. @throws what main refused */
export async function call<N extends OperationName>(
  page: Page,
  name: N,
  input: InputOf<N>,
): Promise<OutputOf<N>> {
  const result = (await page.evaluate(
    ([operation, given]) => {
      const { operations } = (window as unknown as { parley: Bridge }).parley;
      return (operations as unknown as Record<string, (input: unknown) => Promise<unknown>>)[operation]?.(
        given,
      );
    },
    [name, input] as const,
  )) as Result<OutputOf<N>>;
  if (result.ok) return result.value;
  throw new Error(`${name}: ${result.error.code}: ${result.error.message}`);
}

/** What the page knows of a recording; times are of the system's clock, which all processes share. */
export interface Recorded {
  startedAt: number;
  stoppedAt: number | null;
}

/**
 * Opens a new practice interview in which an answer is recorded as soon as its question is asked, and begins its first
 * question. The one before is ended.
 */
export async function beginInterview(page: Page, questionCount: number): Promise<Interview> {
  const before = await call(page, 'interviews.unfinished', undefined);
  if (before) await call(page, 'interviews.abandon', { id: before.id });
  const interview = await call(page, 'practice.create', {
    ...{ difficulty: 'MID', questionCount, competencies: ['databases', 'testing'] },
    ...{ thinkTimeMs: 0, answerTimeMs: 60 * 60_000, takesAllowed: 3 },
  });
  await noteRecordings(page);
  await page.evaluate((id) => {
    location.hash = `#/practice/${id}`;
  }, interview.id);
  await page.getByRole('button', { name: /^Begin/ }).click();
  await recordingSince(page, 1);
  return interview;
}

/** Ends the answer and waits until the person is told that it is kept. */
export async function stopAnswer(page: Page): Promise<void> {
  try {
    await page.getByRole('button', { name: /^Stop/ }).click();
    await page.getByRole('button', { name: /^Keep and/ }).waitFor();
  } catch (error) {
    throw new Error(`The answer could not be ended. The page says: ${await page.textContent('main')}`, {
      cause: error,
    });
  }
}

/** From one answer's review to the next question, which is recorded at once. */
export async function nextAnswer(page: Page, count: number): Promise<void> {
  await page.getByRole('button', { name: /^Keep and/ }).click();
  await recordingSince(page, count);
}

/** Has the page note when its recorder starts and stops: the only thing of the app that is listened to. */
async function noteRecordings(page: Page): Promise<void> {
  await page.evaluate(() => {
    const noted: { startedAt: number; stoppedAt: number | null }[] = [];
    Object.assign(window, { notedRecordings: noted });
    const start = MediaRecorder.prototype.start;
    if ('noted' in start) return;
    MediaRecorder.prototype.start = Object.assign(
      function (this: MediaRecorder, timeslice?: number) {
        const recorded: { startedAt: number; stoppedAt: number | null } = {
          startedAt: Date.now(),
          stoppedAt: null,
        };
        const all = (window as unknown as { notedRecordings: (typeof recorded)[] }).notedRecordings;
        all.push(recorded);
        this.addEventListener('stop', () => {
          recorded.stoppedAt = Date.now();
        });
        start.call(this, timeslice);
      },
      { noted: true },
    );
  });
}

/** Every recording since the interview began, in order. */
export function recordedIn(page: Page): Promise<Recorded[]> {
  return page.evaluate(() => (window as unknown as { notedRecordings: Recorded[] }).notedRecordings);
}

async function recordingSince(page: Page, count: number): Promise<void> {
  await until(`recording ${count} has started`, async () => (await recordedIn(page)).length >= count);
}

/** The takes of an interview, first to last, when none is being recorded or finished any more. */
export async function finishedTakes(page: Page, id: string) {
  let interview = await call(page, 'interviews.get', { id });
  await until('every take is finished', async () => {
    interview = await call(page, 'interviews.get', { id });
    return takesOf(interview).every(({ state }) => state === 'FINISHED');
  });
  return takesOf(interview);
}

export function takesOf(interview: Interview) {
  return interview.questions.flatMap(({ answer }) => answer?.takes ?? []);
}

export function takeFile(dataFolder: string, takeId: string): Promise<Buffer> {
  const [name = ''] = globSync(`recordings/*/${takeId}.webm`, { cwd: dataFolder });
  return readFile(join(dataFolder, name));
}

/** Ends the app as a person would; kills it, and says so, when it has not gone after a while. */
export async function endApp(app: App): Promise<void> {
  const gone = await Promise.race([app.app.close().then(() => true), pause(15_000).then(() => false)]);
  if (gone) return;
  console.log('       the app did not quit within 15 s and was killed');
  kill9(app.mainPid);
}

/** Ends processes at once, all in the same moment. @returns when, by the system's clock */
export function kill9(...pids: readonly number[]): number {
  const at = Date.now();
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It went with the one before it.
    }
  }
  return at;
}

export const pageProcess = ({ app }: App): Promise<number> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0);
