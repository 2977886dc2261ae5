import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { electronSwitches, emptyApp, parleyApp } from './apps.ts';
import { alternate, type Measurement } from './measurement.ts';

const batch = 200;
const rounds = 30;

/** An operation's way from the page to its handler and back, against a bare `ipcMain.handle` that echoes. */
export async function measureRoundTrip(): Promise<Measurement[]> {
  const data = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  const open: ElectronApplication[] = [];
  const launch = async (folder: string): Promise<Page> => {
    const app = await _electron.launch({
      args: [...electronSwitches, folder],
      env: { ...process.env, PARLEY_DATA_DIR: data },
    });
    open.push(app);
    return app.firstWindow();
  };
  try {
    const parley = await launch(parleyApp);
    await parley.waitForSelector('input[type=email]');
    const empty = await launch(emptyApp);
    const figures = await alternate(
      rounds,
      () => parley.evaluate(callBatch, ['accounts.current', batch] as const),
      () => empty.evaluate(echoBatch, batch),
    );
    return [{ name: 'operation round trip', ...figures, baseline: 'bare ipcMain.handle echo', aim: 2 }];
  } finally {
    for (const app of open) await app.close();
    rmSync(data, { recursive: true, force: true });
  }
}

/** In the page: the mean of a batch, since a page's clock is too coarse for one. */
async function callBatch([name, count]: readonly [string, number]): Promise<number> {
  const { operations } = (
    globalThis as unknown as { parley: { operations: Record<string, () => Promise<unknown>> } }
  ).parley;
  const began = performance.now();
  for (let index = 0; index < count; index += 1) await operations[name]?.();
  return (performance.now() - began) / count;
}

async function echoBatch(count: number): Promise<number> {
  const { echo } = globalThis as unknown as { echo: (input: unknown) => Promise<unknown> };
  const began = performance.now();
  for (let index = 0; index < count; index += 1) await echo(null);
  return (performance.now() - began) / count;
}
