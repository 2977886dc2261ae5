import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { RetentionRun } from '../../shared/contract/retention.ts';
import { audit } from '../audit/audit.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Runs are told of for so long; the audit log has them for ever. */
const KEPT_DAYS = 400;

/** Another machine's run that has noted nothing for so long has been killed. */
const SILENT = `interval '15 minutes'`;

type FoundRun = Omit<RetentionRun, 'at' | 'endedAt'> & {
  at: Date;
  endedAt: Date | null;
  personId: string | null;
};

async function readRuns(
  manager: EntityManager,
  where: string,
  parameters: readonly unknown[] = [],
): Promise<FoundRun[]> {
  return manager.query<FoundRun[]>(
    `SELECT id, created_at AS at, ended_at AS "endedAt", actor_id AS "personId",
       (SELECT name FROM users WHERE id = actor_id) AS by,
       interviews, recordings, bytes::float8 AS bytes, transcripts
     FROM retention_runs WHERE ${where} ORDER BY created_at DESC, id DESC LIMIT 20`,
    [...parameters],
  );
}

export async function lastRun(manager: EntityManager): Promise<RetentionRun | null> {
  const [run] = await readRuns(manager, 'true');
  if (!run) return null;
  const { personId: _, at, endedAt, ...rest } = run;
  return { ...rest, at: at.toISOString(), endedAt: endedAt?.toISOString() ?? null };
}

/** Whether the rules are to be applied again: once a day, on one machine of the team. */
export async function isRunDue(manager: EntityManager, now: Date): Promise<boolean> {
  const [whole] = await readRuns(manager, 'ended_at IS NOT NULL');
  return !whole || now.getTime() - whole.at.getTime() >= DAY_MS;
}

/** @returns the run's key */
export async function beginRun(manager: EntityManager, personId: string | null): Promise<string> {
  const id = v7();
  await manager.query('INSERT INTO retention_runs (id, actor_id) VALUES ($1, $2)', [id, personId]);
  return id;
}

/** Ends a run, and enters what it has done into the audit log. */
export async function endRun(manager: EntityManager, id: string, announced: number): Promise<void> {
  await end(manager, await readRuns(manager, 'id = $1', [id]), { announced });
  await manager.query(
    'DELETE FROM retention_runs WHERE created_at < now() - make_interval(days => $1) AND ended_at IS NOT NULL',
    [KEPT_DAYS],
  );
}

/**
 * Enters into the audit log what a run that was killed had done by then.
 *
 * @param isAlone nobody else uses this database, so every run that has not ended was killed
 */
export async function endKilledRuns(manager: EntityManager, isAlone: boolean): Promise<void> {
  const killed = isAlone ? 'true' : `updated_at < now() - ${SILENT}`;
  await end(manager, await readRuns(manager, `ended_at IS NULL AND ${killed}`), { cutOff: true });
}

async function end(manager: EntityManager, runs: readonly FoundRun[], more: object): Promise<void> {
  for (const { id, personId, interviews, recordings, bytes, transcripts } of runs) {
    const ended = await manager.query<unknown[]>(
      `WITH ended AS (
         UPDATE retention_runs SET ended_at = now(), updated_at = now() WHERE id = $1 AND ended_at IS NULL RETURNING id
       ) SELECT id FROM ended`,
      [id],
    );
    if (ended.length === 0) continue;
    await audit(manager, {
      ...{ personId, action: 'retention.run', subject: { kind: 'retention', id, label: 'Retention' } },
      to: { interviews, recordings, bytes, transcripts, ...more },
    });
  }
}
