import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { IsNull } from 'typeorm';
import type { Strays } from '../../shared/contract/storage.ts';
import type { Database } from '../database/database.ts';
import { Take } from '../database/entities/index.ts';
import { interviewsWithFiles } from './reconcile.ts';
import { listNames } from './take-files.ts';
import { findTakesOf } from './take-rows.ts';

/** Interviews looked at together. */
const BATCH = 100;
/** The contract lists no more of each; all are counted. */
const LISTED = 200;

/**
 * Finds files that belong to no row, and rows whose file is not on this machine. Changes nothing.
 *
 * @param parts.isBusy tells the takes that are being recorded or finished right now
 */
export async function findStrays(parts: {
  database: Pick<Database, 'dataSource' | 'engine'>;
  folder: string;
  isBusy: (takeId: string) => boolean;
}): Promise<Strays> {
  const { database, folder, isBusy } = parts;
  const { dataSource, engine } = database;
  const found: Strays = {
    files: { count: 0, sizeBytes: 0, rows: [] },
    takes: { count: 0, rows: [] },
    elsewhere: 0,
    checkedAt: new Date().toISOString(),
  };
  const noteTake = (take: Take, interviewId: string) => {
    // The file of a discarded take goes when the time to bring it back has passed; that of others by a retention rule.
    if (take.discardedAt || take.removedAt) return;
    found.takes.count += 1;
    if (found.takes.rows.length === LISTED) return;
    const { id: takeId, sizeBytes, startedAt } = take;
    found.takes.rows.push({ takeId, interviewId, sizeBytes, startedAt: startedAt.toISOString() });
  };

  const withFiles = await interviewsWithFiles(folder);
  let seen = 0;
  for (let start = 0; start < withFiles.length; start += BATCH) {
    const batch = withFiles.slice(start, start + BATCH);
    const names = new Map<string, string[]>();
    for (const id of batch) names.set(id, await listNames(join(folder, id)));
    const takes = await findTakesOf(dataSource, batch);
    seen += takes.filter(({ take }) => take.discardedAt === null && take.removedAt === null).length;
    for (const { take, interviewId } of takes) {
      const hasFile = names.get(interviewId)?.some((name) => isSoundOf(take.id, name)) ?? false;
      if (!hasFile && !isBusy(take.id)) noteTake(take, interviewId);
    }
    const known = new Set(takes.map(({ take }) => take.id));
    for (const [interviewId, files] of names) {
      for (const name of files) {
        const takeId = name.slice(0, name.indexOf('.'));
        // What is drawn of a recording is no recording.
        if (name.endsWith('.peaks')) continue;
        if (known.has(takeId) || isBusy(takeId)) continue;
        const info = await stat(join(folder, interviewId, name)).catch(() => null);
        if (!info?.isFile()) continue;
        found.files.count += 1;
        found.files.sizeBytes += info.size;
        if (found.files.rows.length === LISTED) continue;
        const modifiedAt = info.mtime.toISOString();
        found.files.rows.push({ name: `${interviewId}/${name}`, sizeBytes: info.size, modifiedAt });
      }
    }
  }
  const others =
    (await dataSource.manager.countBy(Take, { discardedAt: IsNull(), removedAt: IsNull() })) - seen;
  if (engine.kind === 'server') found.elsewhere = Math.max(0, others);
  else if (others > 0) {
    const rest = await dataSource.manager
      .createQueryBuilder(Take, 'take')
      .innerJoin('take.answer', 'answer')
      .innerJoin('answer.question', 'question')
      .addSelect(['answer.id', 'question.id', 'question.interviewId'])
      .where('NOT question.interview_id = ANY(:withFiles)', { withFiles })
      .orderBy('take.id')
      .getMany();
    for (const take of rest) {
      if (!isBusy(take.id)) noteTake(take, take.answer.question.interviewId);
    }
  }
  return found;
}

/** Whether a file holds the take's sound, raw or finished; what is only made from it does not count. */
function isSoundOf(takeId: string, name: string): boolean {
  return name === `${takeId}.webm` || name === `${takeId}.webm.part`;
}
