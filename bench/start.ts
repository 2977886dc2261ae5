import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright';
import { electronSwitches, emptyApp, parleyApp } from './apps.ts';
import { alternate, type Measurement } from './measurement.ts';

const rounds = 9;

/**
 * From launch to a window that shows Parley, and to one that can be used: the first field of the first screen is there
 * and takes keys, while the database opens behind. The baseline is an Electron app whose window shows a line of text.
 * All are launched and watched in the same way.
 */
export async function measureStart(): Promise<Measurement[]> {
  const fresh = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  try {
    const figures = await alternate(
      rounds,
      () => launch(parleyApp, fresh, 'img, h1'),
      () => launch(emptyApp, fresh, 'h1'),
      1,
    );
    const usable = await alternate(
      rounds,
      () => launch(parleyApp, fresh, 'input[type=email]'),
      () => launch(emptyApp, fresh, 'h1'),
      0,
    );
    const baseline = 'an empty Electron window';
    return [
      { name: 'start to first screen painted', ...figures, baseline, aim: 2 },
      { name: 'start to first form usable', ...usable, baseline, aim: 2 },
    ];
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

async function launch(folder: string, data: string, sign: string): Promise<number> {
  const began = performance.now();
  const app = await _electron.launch({
    args: [...electronSwitches, folder],
    env: { ...process.env, PARLEY_DATA_DIR: data },
  });
  try {
    const page = await app.firstWindow();
    await page.waitForSelector(sign);
    return performance.now() - began;
  } finally {
    await app.close();
  }
}
