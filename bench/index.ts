import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { measureChunks } from './chunks.ts';
import { measureCompare } from './compare.ts';
import { measureFind } from './find.ts';
import { measureLibrary } from './library.ts';
import { measureLists } from './lists.ts';
import { type Measurement, ratio } from './measurement.ts';
import { measureRoundTrip } from './round-trip.ts';
import { measureStart } from './start.ts';
import { measureWaveform } from './waveform.ts';

/**
 * Runs every measurement, one after the other, and prints a table.
 *
 * @param options.electron whether there is an Electron runtime; without one, what needs a window is left out, and said
 * @param options.json where the figures go as well
 */
export async function bench(options: { electron: boolean; json: string | undefined }): Promise<void> {
  const measurements: Measurement[] = [];
  const report = (found: readonly Measurement[]) => {
    measurements.push(...found);
    for (const each of found) console.log(line(each));
  };
  console.log(`${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`);
  console.log(line());
  if (options.electron) {
    report(await measureStart());
    report(await measureRoundTrip());
  } else {
    console.log('No Electron runtime: the start and the round trip are not measured.');
  }
  report(await measureLists());
  report(await measureLibrary());
  report(await measureFind());
  report(await measureCompare());
  report(await measureChunks());
  report(await measureWaveform());
  if (options.json) {
    const rows = measurements.map((each) => ({ ...each, ratio: ratio(each) }));
    writeFileSync(options.json, `${JSON.stringify(rows, null, 2)}\n`);
  }
}

function line(each?: Measurement): string {
  const cells = each
    ? [
        each.name,
        each.parleyMs.toFixed(2),
        each.baselineMs.toFixed(2),
        ratio(each).toFixed(2),
        each.aim === null ? '–' : `≤ ${each.aim}`,
        String(each.rounds),
        each.baseline,
      ]
    : ['what', 'Parley ms', 'baseline ms', 'ratio', 'aim', 'rounds', 'baseline'];
  const widths = [38, 10, 12, 6, 6, 7, 0];
  return cells
    .map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0)))
    .join('  ');
}
