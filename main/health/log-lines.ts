import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { LogLine } from '../../shared/contract/health.ts';
import { type LogLevel, logLevels } from '../../shared/model/log-level.ts';

/** What main/log.ts writes, as far as it is always there. */
const written = z.looseObject({
  level: z.enum(logLevels),
  time: z.iso.datetime(),
  msg: z.string().default(''),
});

/**
 * The lines of a log, newest first, a file of at most 2 MB at a time. Lines that are no JSON, such as one that a power
 * cut has torn, are left out.
 *
 * @param wish.search only lines that contain this, whatever the case
 * @param wish.level nothing milder than this
 */
export async function* logLines(
  folder: string,
  wish: { search?: string; level?: LogLevel } = {},
): AsyncGenerator<LogLine> {
  const search = wish.search?.toLowerCase() ?? '';
  const mildest = logLevels.indexOf(wish.level ?? 'trace');
  for (const name of await logFiles(folder)) {
    const lines = (await readFile(join(folder, name), 'utf8')).split('\n');
    for (const line of lines.reverse()) {
      if (!line.toLowerCase().includes(search)) continue;
      const read = readLine(line);
      if (read && logLevels.indexOf(read.level) >= mildest) yield read;
    }
  }
}

/** `parley.log`, then `parley.log.1` and so on: from new to old. */
async function logFiles(folder: string): Promise<string[]> {
  const ages = (await readdir(folder)).flatMap((name) => {
    const age = /^parley\.log(?:\.(\d+))?$/.exec(name);
    return age ? [{ name, age: Number(age[1] ?? 0) }] : [];
  });
  return ages.sort((a, b) => a.age - b.age).map(({ name }) => name);
}

function readLine(line: string): LogLine | null {
  const parsed = written.safeParse(jsonOrNull(line));
  if (!parsed.success) return null;
  const { level, time, msg, pid: _, ...rest } = parsed.data;
  const details = Object.keys(rest).length > 0 ? JSON.stringify(rest, null, 2) : '';
  return { at: time, level, message: msg, details };
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
