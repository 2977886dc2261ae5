import {
  closeSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { run, whyNoTmpfs } from '../durability/mounts.ts';
import { decodeRecording } from '../fixtures/audio.ts';
import { expectAccessible } from './accessible.ts';
import { hosts, type RunningApp } from './hosts.ts';
import {
  answerAloud,
  beginPractice,
  createFirstPerson,
  recorder,
  setUpPractice,
  stopAnswering,
} from './practice-journey.ts';

const speech = fileURLToPath(new URL('../fixtures/speech.wav', import.meta.url));

/**
 * Writes into an open file until its disk has no room any more. Open, and not by its name: a name could come to mean
 * the disk below the small one, should that be unmounted meanwhile, and fill the machine's own.
 */
function fill(file: number): void {
  try {
    for (;;) writeSync(file, Buffer.alloc(4096));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}

const reason = whyNoTmpfs();
if (reason) console.log(`A full disk on screen is not tried here: ${reason}.`);

/** Everything that Parley keeps is on one small disk, which something else fills up while somebody speaks. */
describe.skipIf(reason)('a disk that fills up', () => {
  const parent = mkdtempSync(join(tmpdir(), 'parley-full-disk-'));
  afterAll(() => rmSync(parent, { recursive: true, force: true }));

  describe.each(hosts)('in $name', (host) => {
    const disk = join(parent, host.name);
    let app: RunningApp;
    let filling: NodeJS.Timeout | undefined;

    beforeAll(async () => {
      mkdirSync(disk);
      run('mount', '-t', 'tmpfs', '-o', 'size=384m', 'tmpfs', disk);
      app = await host.launch({ dataFolder: disk, speech });
    });

    afterEach(async ({ task }) => {
      clearInterval(filling);
      if (task.result?.state !== 'fail') return;
      await app.page.screenshot({ path: `test-results/full-disk-${host.name}.png` }).catch(() => undefined);
    });

    afterAll(async () => {
      await app.kill();
      run('umount', '-l', disk);
    });

    const filler = join(disk, 'filler');
    /** The newest form of each take: what the disk had no room to finish is finished at the next start. */
    const takes = () => [
      ...new Map(
        globSync('recordings/*/*.{webm.part,webm}', { cwd: disk })
          .sort((one, other) => other.length - one.length)
          .map((name) => [name.replace(/\.webm.*/, ''), join(disk, name)]),
      ).values(),
    ];

    test('the answer is kept, the person is told, and all works again when there is room', async () => {
      const { page } = app;
      await createFirstPerson(page);
      await setUpPractice(page, 2);
      await beginPractice(page);
      await answerAloud(page, 2);
      await recorder(page).getByText('The disk is getting full').waitFor();
      // Again and again: the database and the browser give room free by and by.
      const file = openSync(filler, 'a');
      filling = setInterval(() => fill(file), 100);
      const told = page.getByRole('group', { name: 'Your answer is not all on disk' });
      await told.getByText(/The disk is full. What was said (up to 0:\d\d|until then) is kept/).waitFor();
      await page
        .getByRole('status')
        .getByText(/The disk is full/)
        .waitFor({ state: 'attached' });
      await expectAccessible(page, 'a full disk');
      // The database answers, and the page that keeps the rest of the answer is still there afterwards.
      await page.getByRole('link', { name: /^History/ }).click();
      await page.getByRole('heading', { name: 'History' }).waitFor();
      await page.getByText('0 of 2 questions answered').waitFor();
      await page.goBack();
      await told.getByRole('button', { name: 'Save it again' }).click();
      await told.getByText(/too little room|Nothing was changed/).waitFor();

      clearInterval(filling);
      closeSync(file);
      rmSync(filler);
      await told.getByRole('button', { name: 'Save it again' }).click();
      await page.getByRole('button', { name: /^Keep and/ }).click();
      await answerAloud(page, 2);
      await stopAnswering(page);
      await page.getByRole('button', { name: 'Play' }).waitFor();
      // What the disk had room for, the whole of the first answer, and the second one.
      await expect.poll(() => takes().length, { timeout: 60_000 }).toBe(3);
      const lengths = await Promise.all(
        takes().map(async (name) => {
          const { samples, rate } = await decodeRecording(readFileSync(name));
          return samples.length / rate;
        }),
      );
      for (const seconds of lengths) expect(seconds).toBeGreaterThan(1);
    });
  });
});
