import { z } from 'zod';
import { consentDecisions } from '../model/consent.ts';
import { interviewDifficulties } from '../model/difficulty.ts';
import { interviewStatuses } from '../model/interview.ts';
import { question } from './interviews.ts';
import { type Access, operation } from './operation.ts';
import { id, milliseconds, timestamp } from './shapes.ts';

/** Who holds and reviews interviews. */
export const interviewers = ['INTERVIEWER', 'ADMIN'] as const satisfies Access;

/** Somebody, as far as others need to know. */
export const namedPerson = z.object({ id, name: z.string() });

const rubricCompetency = z.object({
  key: z.string(),
  weight: z.number(),
  levels: z.array(z.string()).length(5),
});

/** An interview as those on its panel see it. */
const deskInterview = z.object({
  id,
  kind: z.enum(['LIVE', 'ONE_WAY']),
  title: z.string(),
  status: z.enum(interviewStatuses),
  difficulty: z.enum(interviewDifficulties),
  /** In a blind interview, until one's own scorecard is submitted: without an id, and under a made-up name. */
  candidate: z.object({ id: id.nullable(), name: z.string() }),
  blind: z.boolean(),
  interviewer: namedPerson.nullable(),
  panel: z.array(namedPerson),
  kit: z.object({ id, name: z.string(), version: z.int() }).nullable(),
  instructions: z.string(),
  rubric: z.array(rubricCompetency),
  accommodation: z.object({ timeMultiplier: z.number(), extraTakes: z.int(), note: z.string() }),
  /** What the candidate is asked to agree to; null: nothing may be recorded. */
  consentText: z.object({ id, name: z.string(), version: z.int(), body: z.string() }).nullable(),
  /** What they said; null while they have not been asked. */
  consent: z
    .object({ decision: z.enum(consentDecisions), version: z.int(), decidedAt: timestamp })
    .nullable(),
  scheduledAt: timestamp.nullable(),
  dueAt: timestamp.nullable(),
  startedAt: timestamp.nullable(),
  endedAt: timestamp.nullable(),
  createdAt: timestamp,
  pausedAt: timestamp.nullable(),
  pausedMs: milliseconds,
  currentQuestionId: id.nullable(),
  /** Whether one's own scorecard is submitted: only then are scores, and the scorecards of others, there to see. */
  revealed: z.boolean(),
  /** Null while it is not revealed, and while nobody has rated anything. */
  score: z.number().nullable(),
  questions: z.array(question),
});
export type DeskInterview = z.infer<typeof deskInterview>;

export const deskOperations = {
  /** A live or one-way interview whose panel one is on. */
  'desk.interview': operation({ access: interviewers, input: z.object({ id }), output: deskInterview }),
} as const;
