import type { RetentionDraft } from '../../shared/contract/retention.ts';
import type { RetentionWhat } from '../../shared/model/retention.ts';
import { keepDiscardedDays } from '../recordings/gone-takes.ts';

/**
 * Which interviews the rules are about, in SQL over a row of `interviews`. The only place where this is said: what is
 * previewed, what is announced and what goes are the same.
 */

/**
 * Since when it counts: since it ended. One that never began ends with nothing, so there it is the last time that somebody
 * touched it, or the time that it is planned or due for, if that is later.
 */
export const since = `coalesce(
  interviews.ended_at, greatest(interviews.updated_at, interviews.scheduled_at, interviews.due_at)
)`;

/** What a crash leaves as RECORDING is put in order at the next start; where that never comes, it holds nothing up. */
const LONGEST_TAKE = `interval '2 days'`;

/** That nothing is said in it now; and what was deleted goes by itself, or is brought back. */
export const isOver = `(interviews.status <> 'IN_PROGRESS' AND interviews.deleted_at IS NULL)`;

/** Over a row of `takes`: somebody may be recording it, on another machine perhaps. */
export const isBeingRecorded = `(takes.state = 'RECORDING' AND takes.started_at > now() - ${LONGEST_TAKE})`;

/**
 * That a rule may touch it at all: it is over or never began, nobody records in it, and no admin keeps it.
 */
export const mayGo = `(
  ${isOver}
  AND NOT EXISTS (SELECT FROM retention_holds WHERE retention_holds.interview_id = interviews.id)
  AND NOT EXISTS (
    SELECT FROM questions JOIN answers ON answers.question_id = questions.id
      JOIN takes ON takes.answer_id = answers.id
    WHERE questions.interview_id = interviews.id AND ${isBeingRecorded}
  )
)`;

/** Over a row of `takes`: there is something to be heard, if only by whoever would bring it back. */
export const hasSound = `(
  takes.removed_at IS NULL AND takes.erased_at IS NULL
  AND (takes.discarded_at IS NULL OR takes.discarded_at > now() - interval '${keepDiscardedDays} days')
)`;

const has: Readonly<Record<RetentionWhat, string>> = {
  RECORDINGS: `EXISTS (
    SELECT FROM questions JOIN answers ON answers.question_id = questions.id
      JOIN takes ON takes.answer_id = answers.id
    WHERE questions.interview_id = interviews.id AND ${hasSound}
  )`,
  TRANSCRIPTS: `EXISTS (
    SELECT FROM questions JOIN answers ON answers.question_id = questions.id
    WHERE questions.interview_id = interviews.id AND answers.transcript <> ''
  )`,
  INTERVIEWS: 'true',
};

/** That there is something left of it for a rule, over a row of `rules` too. */
export const hasLeft = `CASE rules.what
  WHEN 'RECORDINGS' THEN ${has.RECORDINGS} WHEN 'TRANSCRIPTS' THEN ${has.TRANSCRIPTS} ELSE true
END`;

/**
 * Over a row of `rules` too: the rule is about such an interview.
 *
 * @param withinDays the interview will be old enough within so many days
 */
export const isMeant = (withinDays = 0) => `(
  interviews.kind = ANY (rules.kinds) AND interviews.status = ANY (rules.statuses)
  AND ${since} <= now() + make_interval(days => ${withinDays} - rules.days)
)`;

/**
 * The interviews that the rules kept in the database have something to take from by now, a row for each thing:
 * `interview_id`, `what`, and `grace`, the shortest that any rule gives.
 *
 * @param among a condition over `interviews`
 */
export const matching = (among: string) => `(
  SELECT interviews.id AS interview_id, rules.what, min(rules.grace_days) AS grace
  FROM interviews JOIN retention_rules AS rules ON ${isMeant()}
  WHERE ${among} AND ${mayGo} AND ${hasLeft}
  GROUP BY interviews.id, rules.what
)`;

/** A rule that is not kept yet, as the one row of `rules`, in the parameters from `$1` to `$5`. */
export const draftRules = `(
  SELECT $1::retention_what AS what, $2::interview_kind[] AS kinds, $3::interview_status[] AS statuses,
    $4::int AS days, $5::int AS grace_days
) AS rules`;

export function draftParameters({ what, kinds, statuses, days, graceDays }: RetentionDraft): unknown[] {
  return [what, kinds, statuses, days, graceDays];
}
