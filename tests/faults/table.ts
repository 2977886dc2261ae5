import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { type FaultRow, type SkippedRow, worst } from './row.ts';

const page = new URL('../../docs/RELIABILITY.md', import.meta.url);
const begin = '<!-- table: npm run test:faults -- --write -->';
const end = '<!-- /table -->';

/** The rows as a table in Markdown. */
export function tableOf(rows: readonly (FaultRow | SkippedRow)[]): string {
  const head = [
    '| Fault | Rounds | Audio lost, median | worst | aim | Answers lost |',
    '|---|---:|---:|---:|---:|---:|',
  ];
  const lines = rows.map((row) => {
    if ('skipped' in row) return `| ${row.fault} | cannot run here: ${row.skipped} | | | | |`;
    const figures = [median(row.lostMs), worst(row), row.aimMs].map((ms) => `${ms.toFixed(0)} ms`);
    return `| ${row.fault} | ${count(row.rounds)} | ${figures.join(' | ')} | ${row.answersLost} |`;
  });
  return [...head, ...lines].join('\n');
}

/** Puts the table, and where it was measured, into docs/RELIABILITY.md. */
export async function writeTable(rows: readonly (FaultRow | SkippedRow)[]): Promise<void> {
  const text = await readFile(page, 'utf8');
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error('docs/RELIABILITY.md has no place for the table.');
  const where = `Measured on ${process.platform} ${process.arch}, ${cpus().length} cores, both busy with other work.`;
  await writeFile(page, `${before}${begin}\n\n${tableOf(rows)}\n\n${where}\n\n${end}${after}`);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[(sorted.length - 1) >> 1] ?? 0;
}

function count(rounds: number): string {
  return rounds.toLocaleString('en');
}
