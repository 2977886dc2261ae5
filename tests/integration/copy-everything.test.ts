import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { admin, startApp, type TestApp, type TestWindow } from '../fixtures/administration.ts';
import { addBulkInterviews } from '../fixtures/bulk-interviews.ts';
import { addBulkRecordings } from '../fixtures/bulk-recordings.ts';
import { makeTestPlace, type TestPlace, testEngines, testServer } from '../fixtures/databases.ts';
import { filesIn, sumsOf } from '../fixtures/sums.ts';

/** Little in the usual run; `npm run test:copy -- --interviews 20000 --recordings 1000` for as much as a team has. */
const interviews = Number(process.env.PARLEY_COPY_INTERVIEWS ?? 200);
const recordings = Number(process.env.PARLEY_COPY_RECORDINGS ?? 20);
const isThorough = process.env.PARLEY_COPY_INTERVIEWS !== undefined;

const PATIENCE_MS = 30 * 60_000;

describe.runIf(testEngines.includes('server'))('everything, to a server and back', () => {
  let machine: TestPlace;
  let remote: TestPlace;
  let app: TestApp;
  let window: TestWindow;

  beforeEach(async () => {
    machine = { ...(await makeTestPlace('embedded')), environment: {} };
    remote = await makeTestPlace('server', { migrated: false });
    app = await startApp(machine);
    window = app.window();
    await window.value('accounts.createFirst', { ...admin, remember: false });
  });
  afterEach(async () => {
    await app.close();
    await remote.close();
    await machine.close();
  });

  async function copyAndUse(to: 'server' | 'embedded'): Promise<void> {
    const server = { ...testServer(), name: remote.environment.DATABASE_NAME ?? '' };
    const started = performance.now();
    let heap = 0;
    await window.value('database.copy', {
      to: to === 'server' ? { kind: to, server: { ...server, tls: 'disable', ca: null } } : { kind: to },
      use: true,
    });
    await expect
      .poll(
        async () => {
          heap = Math.max(heap, process.memoryUsage().heapUsed);
          return window.value('database.work', undefined);
        },
        { timeout: PATIENCE_MS, interval: 100 },
      )
      .toMatchObject({ state: expect.not.stringMatching('RUNNING') });
    const work = await window.value('database.work', undefined);
    expect(work).toMatchObject({
      state: 'DONE',
      message: expect.stringContaining(
        `${recordings.toLocaleString('en')} recordings are the same by checksum.`,
      ),
    });
    expect(app.database.engine.kind).toBe(to);
    if (!isThorough) return;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`To ${to}: ${seconds} s, at most ${Math.round(heap / 1e6)} MB of heap. ${work?.message}`);
  }

  test(
    `${interviews} interviews and ${recordings} recordings are the same by their checksums, both ways`,
    async () => {
      const { dataSource } = app.database;
      const [row]: { id: string }[] = await dataSource.query('SELECT id FROM users');
      await addBulkInterviews(dataSource, row?.id ?? '', { interviews });
      await addBulkRecordings(dataSource, machine.paths.recordings, { recordings, bytesEach: 100_000 });
      const [before, files] = [await sumsOf(dataSource), await filesIn(machine.paths.recordings)];
      expect(before.find((line) => line.startsWith('interviews '))).toMatch(`interviews ${interviews} `);
      expect(before.find((line) => line.startsWith('takes '))).toMatch(`takes ${recordings} `);
      expect(Object.keys(files)).toHaveLength(recordings);

      await copyAndUse('server');
      expect(await sumsOf(app.database.dataSource)).toEqual(before);
      await copyAndUse('embedded');
      expect(await sumsOf(app.database.dataSource)).toEqual(before);
      expect(await filesIn(machine.paths.recordings)).toEqual(files);
    },
    PATIENCE_MS,
  );
});
