import { globSync } from 'node:fs';
import { join } from 'node:path';
import {
  type App,
  beginInterview,
  endApp,
  finishedTakes,
  pageProcess,
  recordedIn,
  startApp,
  stopAnswer,
} from './app.ts';
import { rowFolder } from './machine.ts';
import { pause } from './row.ts';

const SAMPLE_MS = 10_000;
/** Until what is loaded on demand has been loaded. */
const WARM_UP_MS = 30_000;

/** What came of an answer of some minutes, spoken into the app itself. */
export interface RealTime {
  file: string;
  remove(): void;
  /** Less on disk than between start and stop. */
  lostMs: number;
  growthMb: { main: number; renderer: number };
  note: string;
}

/** Records in Electron, and watches the memory of main and page from the warm-up to the stop. */
export async function recordInRealTime(minutes: number): Promise<RealTime> {
  const { folder, remove } = rowFolder();
  const app = await startApp(folder);
  const { id } = await beginInterview(app.page, 1);
  await pause(Math.min(WARM_UP_MS, (minutes * 60_000) / 4));
  const samples: Record<'main' | 'renderer', number>[] = [await memoryOf(app)];
  const [begun] = await recordedIn(app.page);
  const endsAt = (begun?.startedAt ?? 0) + minutes * 60_000;
  while (Date.now() < endsAt) {
    await pause(Math.min(SAMPLE_MS, Math.max(0, endsAt - Date.now())));
    samples.push(await memoryOf(app));
  }
  await stopAnswer(app.page);
  const [recorded] = await recordedIn(app.page);
  const [take] = await finishedTakes(app.page, id);
  if (!recorded?.stoppedAt || !take) throw new Error('Nothing was recorded.');
  await endApp(app);
  const [name = ''] = globSync(`recordings/*/${take.id}.webm`, { cwd: folder });
  const growth = (of: 'main' | 'renderer') =>
    Math.round(Math.max(...samples.map((sample) => sample[of])) - (samples[0]?.[of] ?? 0));
  return {
    ...{ file: join(folder, name), remove },
    lostMs: recorded.stoppedAt - recorded.startedAt - (take.durationMs ?? 0),
    growthMb: { main: growth('main'), renderer: growth('renderer') },
    note: `main ${samples[0]?.main} MB and page ${samples[0]?.renderer} MB at first, ${samples.length} samples`,
  };
}

/** Resident memory in MB, as Chromium counts it. */
async function memoryOf(app: App): Promise<{ main: number; renderer: number }> {
  const page = await pageProcess(app);
  const metrics = await app.app.evaluate(({ app }) =>
    app.getAppMetrics().map(({ pid, memory }) => ({ pid, kilobytes: memory.workingSetSize })),
  );
  const megabytes = (pid: number) =>
    Math.round((metrics.find((metric) => metric.pid === pid)?.kilobytes ?? 0) / 1024);
  return { main: megabytes(app.mainPid), renderer: megabytes(page) };
}
