import type { DataSource, EntityManager } from 'typeorm';
import type { RetentionAmount } from '../../shared/contract/retention.ts';
import type { RetentionWhat } from '../../shared/model/retention.ts';
import { removeForGood } from '../interviews/purge.ts';
import { hasSound, matching } from './matching.ts';

export const nothingRemoved: RetentionAmount = { interviews: 0, recordings: 0, bytes: 0, transcripts: 0 };

/**
 * Removes what is due of some interviews, all of it or nothing; files go after, by what the rows say (gone-takes.ts,
 * purge.ts). What the run has done by then is counted in the same transaction.
 *
 * An interview that somebody is changing right now is left to the next run.
 */
export function removeDue(
  dataSource: DataSource,
  interviewIds: readonly string[],
  runId: string,
): Promise<RetentionAmount> {
  return dataSource.transaction(async (manager) => {
    const held = await manager.query<{ id: string }[]>(
      'SELECT id FROM interviews WHERE id = ANY ($1) ORDER BY id FOR UPDATE SKIP LOCKED',
      [interviewIds],
    );
    // Asked once they are held: nobody begins, keeps or records in them until the end of this.
    const due = await manager.query<{ id: string; what: RetentionWhat }[]>(
      `SELECT notices.interview_id AS id, notices.what FROM retention_notices AS notices
       JOIN ${matching('interviews.id = ANY ($1)')} AS matching
         ON matching.interview_id = notices.interview_id AND matching.what = notices.what
       WHERE notices.due_at <= now()`,
      [held.map(({ id }) => id)],
    );
    const of = (what: RetentionWhat) => due.filter((each) => each.what === what).map(({ id }) => id);
    const whole = of('INTERVIEWS');
    const rest = (ids: string[]) => ids.filter((id) => !whole.includes(id));
    const withThem = await amountIn(manager, whole);
    await removeForGood(manager, whole);
    const heard = await removeRecordings(manager, rest(of('RECORDINGS')));
    const transcripts = await removeTranscripts(manager, rest(of('TRANSCRIPTS')));
    const removed = {
      interviews: whole.length,
      recordings: withThem.recordings + heard.recordings,
      bytes: withThem.bytes + heard.bytes,
      transcripts: withThem.transcripts + transcripts,
    };
    await manager.query(
      `DELETE FROM retention_notices USING unnest($1::uuid[], $2::retention_what[]) AS done (id, what)
       WHERE interview_id = done.id AND retention_notices.what = done.what`,
      [due.map(({ id }) => id), due.map(({ what }) => what)],
    );
    await manager.query(
      `UPDATE retention_runs SET interviews = interviews + $2, recordings = recordings + $3, bytes = bytes + $4,
         transcripts = transcripts + $5, updated_at = now()
       WHERE id = $1`,
      [runId, removed.interviews, removed.recordings, removed.bytes, removed.transcripts],
    );
    return removed;
  });
}

/** What was said in an answer stays answered; only the sound goes. */
async function removeRecordings(
  manager: EntityManager,
  interviewIds: readonly string[],
): Promise<{ recordings: number; bytes: number }> {
  // Answers before their takes, as wherever a take is stopped or chosen.
  await manager.query(
    `UPDATE answers SET audio_url = NULL, updated_at = now() FROM questions
     WHERE questions.id = answers.question_id AND questions.interview_id = ANY ($1)`,
    [interviewIds],
  );
  const [gone] = await manager.query<{ recordings: number; bytes: number }[]>(
    `WITH gone AS (
       UPDATE takes SET removed_at = now(), updated_at = now()
       FROM answers JOIN questions ON questions.id = answers.question_id
       WHERE answers.id = takes.answer_id AND questions.interview_id = ANY ($1) AND ${hasSound}
       RETURNING takes.size_bytes
     ) SELECT count(*)::int AS recordings, coalesce(sum(size_bytes), 0)::float8 AS bytes FROM gone`,
    [interviewIds],
  );
  return gone ?? { recordings: 0, bytes: 0 };
}

async function removeTranscripts(manager: EntityManager, interviewIds: readonly string[]): Promise<number> {
  const [gone] = await manager.query<{ count: number }[]>(
    `WITH gone AS (
       UPDATE answers SET transcript = '', transcript_removed_at = now(), updated_at = now() FROM questions
       WHERE questions.id = answers.question_id AND questions.interview_id = ANY ($1) AND transcript <> ''
       RETURNING answers.id
     ) SELECT count(*)::int AS count FROM gone`,
    [interviewIds],
  );
  return gone?.count ?? 0;
}

async function amountIn(
  manager: EntityManager,
  interviewIds: readonly string[],
): Promise<Omit<RetentionAmount, 'interviews'>> {
  const [amount] = await manager.query<Omit<RetentionAmount, 'interviews'>[]>(
    `SELECT count(takes.id)::int AS recordings, coalesce(sum(takes.size_bytes), 0)::float8 AS bytes,
       (count(DISTINCT answers.id) FILTER (WHERE answers.transcript <> ''))::int AS transcripts
     FROM questions JOIN answers ON answers.question_id = questions.id
       LEFT JOIN takes ON takes.answer_id = answers.id AND ${hasSound}
     WHERE questions.interview_id = ANY ($1)`,
    [interviewIds],
  );
  return amount ?? nothingRemoved;
}
