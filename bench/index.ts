import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { measureChunks } from './chunks.ts';
import { measureDesk } from './desk.ts';
import { measureImport } from './import.ts';
import { measureLibrary } from './library.ts';
import { measureLists } from './lists.ts';
import { type Measurement, ratio } from './measurement.ts';
import { measurePalette } from './palette.ts';
import { measureRoundTrip } from './round-trip.ts';
import { measureStart } from './start.ts';
import { measureWaveform } from './waveform.ts';

interface Part {
  measure: () => Promise<Measurement[]>;
  needsElectron?: boolean;
}

const parts = new Map<string, Part>([
  ['start', { measure: measureStart, needsElectron: true }],
  ['round-trip', { measure: measureRoundTrip, needsElectron: true }],
  ['lists', { measure: measureLists }],
  ['library', { measure: measureLibrary }],
  ['import', { measure: measureImport }],
  ['desk', { measure: measureDesk }],
  ['palette', { measure: measurePalette, needsElectron: true }],
  ['chunks', { measure: measureChunks }],
  ['waveform', { measure: measureWaveform }],
]);

/**
 * Runs every measurement, one after the other, and prints a table.
 *
 * @param options.electron whether there is an Electron runtime; without one, what needs a window is left out, and said
 * @param options.json where the figures go as well
 * @param options.only one part by its name, in place of all
 */
export async function bench(options: {
  electron: boolean;
  json: string | undefined;
  only: string | undefined;
}): Promise<void> {
  const chosen = [...parts].filter(([name]) => options.only === undefined || name === options.only);
  if (chosen.length === 0)
    throw new Error(`There is no such part. There are ${[...parts.keys()].join(', ')}.`);
  const measurements: Measurement[] = [];
  const report = (found: readonly Measurement[]) => {
    measurements.push(...found);
    for (const each of found) console.log(line(each));
  };
  console.log(`${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`);
  console.log(line());
  for (const [part, { measure, needsElectron }] of chosen) {
    if (needsElectron && !options.electron) console.log(`No Electron runtime: ${part} is not measured.`);
    else report(await measure());
  }
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
