import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { RetentionDraft, RetentionRule } from '../../shared/contract/retention.ts';
import { retentionLimits } from '../../shared/model/retention.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

/** Every rule, in the order in which they were made; an admin's handful. */
export function readRules(manager: EntityManager): Promise<RetentionRule[]> {
  return manager.query<RetentionRule[]>(
    `SELECT id, what, to_json(kinds) AS kinds, to_json(statuses) AS statuses, days, grace_days AS "graceDays", version
     FROM retention_rules ORDER BY id`,
  );
}

/**
 * The rule as somebody has seen it. Whoever calls this holds the admins, so nobody changes it meanwhile.
 *
 * @throws OperationFailure CONFLICT with `current`
 */
export async function requireSeen(
  manager: EntityManager,
  id: string,
  seen: number | null,
): Promise<RetentionRule> {
  const current = (await readRules(manager)).find((rule) => rule.id === id) ?? null;
  if (current?.version === seen && current) return current;
  throw new OperationFailure(
    'CONFLICT',
    current
      ? 'Somebody else has changed this rule meanwhile. Look at what is there now, then decide again.'
      : 'Somebody else has removed this rule meanwhile.',
    { current },
  );
}

/** @throws OperationFailure CONFLICT when there are as many as there may be */
export async function addRule(manager: EntityManager, draft: RetentionDraft): Promise<RetentionRule> {
  if ((await readRules(manager)).length >= retentionLimits.rules) {
    throw new OperationFailure(
      'CONFLICT',
      `There can be ${retentionLimits.rules} rules. Change one of them.`,
    );
  }
  const rule = { id: v7(), ...draft, version: 1 };
  await manager.query(
    `INSERT INTO retention_rules (id, what, kinds, statuses, days, grace_days)
     VALUES ($1, $2, $3::interview_kind[], $4::interview_status[], $5, $6)`,
    [rule.id, rule.what, rule.kinds, rule.statuses, rule.days, rule.graceDays],
  );
  return rule;
}

export async function changeRule(
  manager: EntityManager,
  before: RetentionRule,
  draft: RetentionDraft,
): Promise<RetentionRule> {
  const rule = { id: before.id, ...draft, version: before.version + 1 };
  await manager.query(
    `UPDATE retention_rules SET what = $2, kinds = $3::interview_kind[], statuses = $4::interview_status[],
       days = $5, grace_days = $6, version = $7, updated_at = now()
     WHERE id = $1`,
    [rule.id, rule.what, rule.kinds, rule.statuses, rule.days, rule.graceDays, rule.version],
  );
  return rule;
}

const whatWords = {
  RECORDINGS: 'Recordings',
  TRANSCRIPTS: 'Transcripts',
  INTERVIEWS: 'Whole interviews',
} as const;

/** A rule as the audit log names it. */
export function ruleSubject({ id, what, days }: RetentionRule) {
  return { kind: 'retentionRule', id, label: `${whatWords[what]} after ${days} days` };
}
