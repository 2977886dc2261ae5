import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { type FaultRow, type SkippedRow, worst } from './row.ts';

const page = new URL('../../docs/RELIABILITY.md', import.meta.url);
const begin = '<!-- table: npm run test:faults -- --write -->';
const end = '<!-- /table -->';
const head = [
  '| Fault | Rounds | Audio lost, median | worst | aim | Answers lost |',
  '| --- | ---: | ---: | ---: | ---: | ---: |',
];

/** The rows as a table in Markdown. */
export function tableOf(rows: readonly (FaultRow | SkippedRow)[]): string {
  return [...head, ...rows.map(lineOf)].join('\n');
}

/** Puts rows, and where they were measured, into docs/RELIABILITY.md, in the place of older ones of the same faults. */
export async function writeTable(rows: readonly (FaultRow | SkippedRow)[]): Promise<void> {
  const text = await readFile(page, 'utf8');
  const [before, rest] = text.split(begin);
  const [table = '', after] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined)
    throw new Error('docs/RELIABILITY.md has no place for the table.');
  const lines = new Map<string, string>();
  for (const line of table.split('\n')) {
    if (line.startsWith('| ') && !/^(Fault|-+)$/.test(faultIn(line))) lines.set(faultIn(line), line);
  }
  for (const row of rows) lines.set(row.fault, lineOf(row));
  const where = `Measured on ${process.platform} ${process.arch}, ${cpus().length} cores, both busy with other work.`;
  const written = linedUp([...head, ...lines.values()]).join('\n');
  await writeFile(page, `${before}${begin}\n\n${written}\n\n${where}\n\n${end}${after}`);
}

/** The first column reads from the left, the others, figures all, from the right. */
function linedUp(lines: readonly string[]): string[] {
  const rows = lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  return rows.map((cells) => {
    const padded = cells.map((cell, column) => {
      const width = widths[column] ?? 0;
      if (/^-+:?$/.test(cell)) return column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    return `| ${padded.join(' | ')} |`;
  });
}

function lineOf(row: FaultRow | SkippedRow): string {
  if ('skipped' in row) return `| ${row.fault} | cannot run here: ${row.skipped} | | | | |`;
  const figures = [median(row.lostMs), worst(row), row.aimMs].map((ms) => `${ms.toFixed(0)} ms`);
  return `| ${row.fault} | ${count(row.rounds)} | ${figures.join(' | ')} | ${row.answersLost} |`;
}

function faultIn(line: string): string {
  return line.split('|')[1]?.trim() ?? '';
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[(sorted.length - 1) >> 1] ?? 0;
}

function count(rounds: number): string {
  return rounds.toLocaleString('en');
}
