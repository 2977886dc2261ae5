import { z } from 'zod';
import { interviewKinds, interviewStatuses } from '../model/interview.ts';
import { retainedStatuses, retentionLimits, retentionWhats } from '../model/retention.ts';
import { everyRole, operation } from './operation.ts';
import { id, nothing, page, timestamp } from './shapes.ts';

const between = ({ min, max }: { min: number; max: number }) =>
  z.int('A whole number.').min(min, `Not below ${min}.`).max(max, `At most ${max}.`);
const distinct = <T>(values: readonly T[]) => new Set(values).size === values.length;

const draft = z
  .object({
    what: z.enum(retentionWhats),
    kinds: z
      .array(z.enum(interviewKinds))
      .min(1, 'Choose at least one kind.')
      .max(interviewKinds.length)
      .refine(distinct, 'Each kind once.'),
    statuses: z
      .array(z.enum(retainedStatuses))
      .min(1, 'Choose at least one.')
      .max(retainedStatuses.length)
      .refine(distinct, 'Each once.'),
    days: between(retentionLimits.days),
    /** For so many days it is announced before it goes. */
    graceDays: between(retentionLimits.graceDays),
  })
  .refine(({ what, statuses }) => what === 'INTERVIEWS' || !statuses.includes('PENDING'), {
    path: ['statuses'],
    message: 'Nothing has been said in an interview that never began: such go only as a whole.',
  });
export type RetentionDraft = z.infer<typeof draft>;

const rule = z.object({
  ...{ id, what: z.enum(retentionWhats), kinds: z.array(z.enum(interviewKinds)) },
  ...{ statuses: z.array(z.enum(retainedStatuses)), days: z.int(), graceDays: z.int(), version: z.int() },
});
export type RetentionRule = z.infer<typeof rule>;

const amount = z.object({
  interviews: z.int(),
  recordings: z.int(),
  bytes: z.int(),
  /** Answers with text. */
  transcripts: z.int(),
});
export type RetentionAmount = z.infer<typeof amount>;

const run = amount.extend({
  id,
  at: timestamp,
  /** Null: it ran by itself. */
  by: z.string().nullable(),
  /** Null: it goes on, or was cut off and the next one goes on with it. */
  endedAt: timestamp.nullable(),
});
export type RetentionRun = z.infer<typeof run>;

const affected = z.object({
  interviewId: id,
  kind: z.enum(interviewKinds),
  status: z.enum(interviewStatuses),
  title: z.string(),
  /** Whose it is; null in a blind interview, whose candidate an admin may be judging. */
  person: z.string().nullable(),
  /** Null of one that is kept. */
  what: z.enum(retentionWhats).nullable(),
  /** When it ended, or was last touched. */
  since: timestamp,
  /** When it goes at the earliest; null of one that is kept. */
  goesAt: timestamp.nullable(),
  recordings: z.int(),
  bytes: z.int(),
});
export type RetentionAffected = z.infer<typeof affected>;

const admin = { access: ['ADMIN'] } as const;
const after = z.string().max(500).optional();
const limit = z.int().min(1).max(100).default(20);

export const retentionOperations = {
  /** Every rule, and the last run. */
  'retention.rules': operation({
    ...admin,
    input: nothing,
    output: z.object({ rules: z.array(rule), lastRun: run.nullable() }),
  }),
  /**
   * What a rule would take if it were saved. `now` is what is old enough: it is announced at once, and goes when the grace
   * period is over. `soon` is what is so within 30 days, that of now included.
   */
  'retention.preview': operation({
    ...admin,
    input: draft,
    output: z.object({ now: amount, soon: amount, /** Interviews that are kept by hand. */ kept: z.int() }),
  }),
  /** The interviews of `soon`, those that go first before the others. */
  'retention.previewInterviews': operation({
    ...admin,
    input: z.object({ rule: draft, after, limit }),
    output: page(affected),
  }),
  /**
   * Makes a rule, or changes one. What is old enough is announced at once. CONFLICT with `current` when the rule is another
   * version than the one seen; `current` is null when it is gone.
   */
  'retention.saveRule': operation({
    ...admin,
    input: z.object({ id: id.nullable(), seen: z.int().nullable(), rule: draft }),
    output: rule,
  }),
  /** What it had announced is not any more. CONFLICT as above. */
  'retention.removeRule': operation({ ...admin, input: z.object({ id, seen: z.int() }), output: nothing }),
  /** What is announced, by when it goes; or the interviews that are kept by hand. */
  'retention.interviews': operation({
    ...admin,
    input: z.object({ list: z.enum(['ANNOUNCED', 'KEPT']), after, limit }),
    output: page(affected),
  }),
  /** Keeps everything of one interview whatever the rules say; or lets them hold for it again, with a grace period of its own. */
  'retention.keep': operation({
    ...admin,
    input: z.object({ interviewId: id, kept: z.boolean() }),
    output: nothing,
  }),
  /** Announces and removes what is due. CONFLICT while something else is done with the database. */
  'retention.run': operation({ ...admin, input: nothing, output: run }),
  /** What is announced of an interview, for those who may see it; an admin may ask of any. */
  'retention.ofInterview': operation({
    access: everyRole,
    input: z.object({ id }),
    output: z.object({
      notices: z.array(z.object({ what: z.enum(retentionWhats), goesAt: timestamp })),
      kept: z.boolean(),
    }),
  }),
} as const;

export const retentionEvents = {
  /** A rule changed, or a run has removed something: whatever shows interviews asks again. */
  'retention.changed': z.void(),
} as const;
