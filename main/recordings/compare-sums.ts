import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { DataSource } from 'typeorm';
import { sizeOf, takeFiles } from './take-files.ts';

/** How the files of this machine stand to what a database says of them, in finished takes. */
export interface ComparedSums {
  same: number;
  /** Not on this machine. */
  missing: number;
  /** Of other bytes than the database says. */
  different: number;
}

/** So many takes are asked for at a time. */
const BATCH = 500;

/**
 * Reads every finished take of a database in a folder and compares its SHA-256. Changes nothing.
 *
 * @param dataSource any that has the takes, whatever else is being done with it
 * @throws AbortError when ended
 */
export async function compareSums(
  dataSource: Pick<DataSource, 'query'>,
  folder: string,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (done: number, total: number) => void },
): Promise<ComparedSums> {
  const compared = { same: 0, missing: 0, different: 0 };
  const [counted]: { total: number }[] = await dataSource.query(
    `SELECT count(*)::int AS total FROM takes WHERE state = 'FINISHED'`,
  );
  const total = counted?.total ?? 0;
  let after = '00000000-0000-0000-0000-000000000000';
  for (let done = 0; ; ) {
    const takes: { id: string; interviewId: string; sha256: string }[] = await dataSource.query(
      `SELECT takes.id, questions.interview_id AS "interviewId", takes.sha256
         FROM takes JOIN answers ON answers.id = takes.answer_id JOIN questions ON questions.id = answers.question_id
        WHERE takes.state = 'FINISHED' AND takes.id > $1 ORDER BY takes.id LIMIT ${BATCH}`,
      [after],
    );
    for (const { id, interviewId, sha256 } of takes) {
      signal.throwIfAborted();
      const { finished } = takeFiles(folder, interviewId, id);
      if ((await sizeOf(finished)) === null) compared.missing += 1;
      else if ((await hashOf(finished)) === sha256) compared.same += 1;
      else compared.different += 1;
      done += 1;
      onProgress(done, total);
    }
    const last = takes.at(-1);
    if (!last || takes.length < BATCH) return compared;
    after = last.id;
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece);
  return hash.digest('hex');
}
