import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { createDataSource } from '../main/database/data-source.ts';
import { openEmbeddedEngine } from '../main/database/embedded/embedded-engine.ts';
import { createFirstPerson } from '../tests/e2e/practice-journey.ts';
import { addBulkDesk } from '../tests/fixtures/bulk-desk.ts';
import { electronSwitches, parleyApp } from './apps.ts';
import { type Measurement, median } from './measurement.ts';

const words = ['database', 'grace hopper', 'slow release', 'zebra'];

/**
 * From a key in the palette until what it finds is on the screen, in the app, among what `measureDesk` has. Beside it the
 * same searches asked of main by the same page, without the pause after a key and without showing anything.
 */
export async function measurePalette(): Promise<Measurement[]> {
  const data = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  const open = new Set<ElectronApplication>();
  const launch = async (): Promise<{ page: Page; close: () => Promise<void> }> => {
    const app = await _electron.launch({
      args: [...electronSwitches, parleyApp],
      env: { ...process.env, PARLEY_DATA_DIR: data },
    });
    open.add(app);
    const close = async () => {
      open.delete(app);
      await app.close();
    };
    return { page: await app.firstWindow(), close };
  };
  try {
    const first = await launch();
    await createFirstPerson(first.page);
    await first.close();
    await addYears(join(data, 'database'));

    const { page, close } = await launch();
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    await page.keyboard.press('ControlOrMeta+K');
    const field = page.getByRole('combobox', { name: 'Find anything, do anything' });
    await field.waitFor();
    const shown: number[] = [];
    const asked: number[] = [];
    for (const word of words) {
      await field.fill('');
      for (let length = 1; length <= word.length; length += 1) {
        // A space finds nothing new.
        if (word[length - 1] === ' ') await page.keyboard.press('Space');
        else shown.push(await untilShown(page, word[length - 1] ?? ''));
        asked.push(await page.evaluate(ask, word.slice(0, length)));
      }
    }
    await close();
    const baseline = 'the search alone, asked of main';
    const largest = (values: readonly number[]) => Math.max(...values);
    return [
      {
        name: 'palette, key to result',
        ...{ parleyMs: median(shown), baselineMs: median(asked), rounds: shown.length, baseline, aim: null },
      },
      {
        name: 'palette, the slowest key',
        ...{
          parleyMs: largest(shown),
          baselineMs: largest(asked),
          rounds: shown.length,
          baseline,
          aim: null,
        },
      },
    ];
  } finally {
    for (const app of open) await app.close();
    rmSync(data, { recursive: true, force: true });
  }
}

async function addYears(folder: string): Promise<void> {
  const engine = await openEmbeddedEngine({ folder, log: () => undefined });
  try {
    const dataSource = await createDataSource({ kind: 'embedded', engine }).initialize();
    const [person] = await dataSource.query<{ id: string }[]>('SELECT id FROM users');
    if (!person) throw new Error('Nobody has an account.');
    await addBulkDesk(dataSource, person.id);
    await dataSource.destroy();
  } finally {
    await engine.close();
  }
}

/** Presses a key. @returns how long until the palette says that it has found what there is, ms */
async function untilShown(page: Page, key: string): Promise<number> {
  const shown = page.evaluate(watch);
  await page.waitForFunction(() => 'watching' in globalThis);
  await page.keyboard.press(key);
  return shown;
}

/** In the page: from the next key until the palette's status, empty while it searches, has words again and is painted. */
function watch(): Promise<number> {
  const page = globalThis as { watching?: true };
  const status = document
    .querySelector('[data-autofocus]')
    ?.closest('section')
    ?.querySelector('[role="status"]');
  if (!status) throw new Error('The palette is not open.');
  return new Promise((resolve) => {
    document.addEventListener(
      'keydown',
      ({ timeStamp }) => {
        let searching = status.textContent === '';
        const observer = new MutationObserver(() => {
          if (status.textContent === '') searching = true;
          else if (searching) {
            observer.disconnect();
            delete page.watching;
            requestAnimationFrame(() => resolve(performance.now() - timeStamp));
          }
        });
        observer.observe(status, { childList: true, characterData: true, subtree: true });
      },
      { once: true, capture: true },
    );
    page.watching = true;
  });
}

/** In the page. */
async function ask(text: string): Promise<number> {
  const { operations } = (
    globalThis as unknown as { parley: { operations: Record<string, (input: unknown) => Promise<unknown>> } }
  ).parley;
  const began = performance.now();
  await operations['find.search']?.({ text });
  return performance.now() - began;
}
