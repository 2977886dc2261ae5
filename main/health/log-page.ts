import { z } from 'zod';
import type { LogLine } from '../../shared/contract/health.ts';
import type { LogLevel } from '../../shared/model/log-level.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { logLines } from './log-lines.ts';

const PAGE = 100;

/** Where a page ended: the time of its last line, and how many lines of that very time were on it. */
const cursor = z.tuple([z.iso.datetime(), z.int().positive()]);

/**
 * A page of the log. A line has no key: two of one millisecond are told apart by their order, so the cursor counts them.
 * What is logged meanwhile is newer, and changes nothing further down.
 *
 * @throws OperationFailure INVALID_INPUT for a cursor that this list did not give out
 */
export async function logPage(
  folder: string,
  wish: { search?: string; level: LogLevel; after?: string },
): Promise<{ rows: LogLine[]; next: string | null }> {
  const [from, seen] = readCursor(wish.after);
  const rows: LogLine[] = [];
  let skipped = 0;
  for await (const line of logLines(folder, wish)) {
    if (from && line.at > from) continue;
    if (line.at === from && skipped < seen) {
      skipped += 1;
      continue;
    }
    if (rows.length === PAGE) return { rows, next: writeCursor(rows, from, seen) };
    rows.push(line);
  }
  return { rows, next: null };
}

function writeCursor(rows: readonly LogLine[], from: string | null, seen: number): string {
  const at = rows.at(-1)?.at ?? '';
  const sameTime = rows.filter((row) => row.at === at).length;
  return JSON.stringify([at, at === from ? seen + sameTime : sameTime]);
}

function readCursor(text: string | undefined): readonly [string | null, number] {
  if (text === undefined) return [null, 0];
  const parsed = cursor.safeParse(jsonOrNull(text));
  if (!parsed.success) {
    throw new OperationFailure('INVALID_INPUT', 'This page of the log is not there. Please start again.');
  }
  return parsed.data;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
