import { z } from 'zod';
import { interviewDifficulties, questionDifficulties } from '../model/difficulty.ts';
import { interviewKinds, interviewStatuses } from '../model/interview.ts';
import { practiceLimits, textLimits } from '../model/limits.ts';
import { levels } from '../model/rating.ts';
import { takeStates } from '../model/recording.ts';
import { competencyCount } from './competency-count.ts';
import { everyRole, operation } from './operation.ts';
import { id, milliseconds, nothing, page, storableText, timestamp } from './shapes.ts';

const take = z.object({
  id,
  number: z.int(),
  state: z.enum(takeStates),
  chosen: z.boolean(),
  /** Found unfinished after a crash and put in order. */
  recovered: z.boolean(),
  /** Recovered, and the person has not said yet whether to keep it. */
  offered: z.boolean(),
  durationMs: milliseconds.nullable(),
  sizeBytes: z.int().nullable(),
  audioUrl: z.string(),
  startedAt: timestamp,
});
export type Take = z.infer<typeof take>;

/** A take that the person did not want. It counts for nothing, and can be brought back for a while. */
const discardedTake = take.extend({ discardedAt: timestamp });
export type DiscardedTake = z.infer<typeof discardedTake>;

export const answer = z.object({
  id,
  transcript: z.string(),
  /** 0–100. */
  score: z.number().nullable(),
  level: z.literal(levels).nullable(),
  audioUrl: z.string().nullable(),
  takes: z.array(take),
  /** Those that can still be brought back; they are not among `takes`. */
  discarded: z.array(discardedTake),
  /** When its recordings, and its transcript, last went by a retention rule. */
  recordingsRemovedAt: timestamp.nullable(),
  transcriptRemovedAt: timestamp.nullable(),
});

export const question = z.object({
  id,
  position: z.int(),
  content: z.string(),
  difficulty: z.enum(questionDifficulties),
  competency: z.string(),
  covers: z.array(z.string()),
  probes: z.array(z.string()),
  /** What levels 1–5 look like, in order. */
  levels: z.array(z.string()).length(5),
  thinkTimeMs: milliseconds,
  answerTimeMs: milliseconds,
  takesAllowed: z.int(),
  /** Not asked, asked, skipped and answered are different things. */
  state: z.enum(['NOT_ASKED', 'ASKED', 'SKIPPED', 'ANSWERED']),
  answer: answer.nullable(),
});
export type Question = z.infer<typeof question>;

export const interviewRow = z.object({
  id,
  kind: z.enum(interviewKinds),
  title: z.string(),
  status: z.enum(interviewStatuses),
  difficulty: z.enum(interviewDifficulties),
  startedAt: timestamp.nullable(),
  endedAt: timestamp.nullable(),
  createdAt: timestamp,
  deletedAt: timestamp.nullable(),
  questionCount: z.int(),
  answeredCount: z.int(),
  /** Mean of the answers' scores, 0–100; null while none is rated. */
  score: z.number().nullable(),
});
export type InterviewRow = z.infer<typeof interviewRow>;

const interview = interviewRow.extend({ questions: z.array(question) });
export type Interview = z.infer<typeof interview>;

const between = ({ min, max }: { min: number; max: number }) => z.int().min(min).max(max);

const practiceSettings = z.object({
  difficulty: z.enum(interviewDifficulties),
  questionCount: between(practiceLimits.questionCount),
  /** Keys; at least one. */
  competencies: z.array(storableText.max(100)).min(1, 'Choose at least one competency.').max(100),
  thinkTimeMs: between(practiceLimits.thinkTimeMs),
  answerTimeMs: between(practiceLimits.answerTimeMs),
  takesAllowed: between(practiceLimits.takesAllowed),
});
export type PracticeSettings = z.infer<typeof practiceSettings>;

const sortOrders = ['NEWEST', 'OLDEST', 'HIGHEST_SCORE', 'LOWEST_SCORE'] as const;
export type InterviewSort = (typeof sortOrders)[number];

const listInput = z.object({
  status: z.enum(interviewStatuses).optional(),
  difficulty: z.enum(interviewDifficulties).optional(),
  /** Started (or, if not started, made) at or after, and before. */
  from: timestamp.optional(),
  until: timestamp.optional(),
  /** The deleted ones, which can still be restored, instead of the others. */
  deleted: z.boolean().optional(),
  sort: z.enum(sortOrders).default('NEWEST'),
  after: z.string().max(500).optional(),
  limit: z.int().min(1).max(100).default(30),
});
export type InterviewListInput = z.input<typeof listInput>;

const byId = z.object({ id });
const byQuestion = z.object({ questionId: id });
const byTake = z.object({ takeId: id });

export const interviewsOperations = {
  /** Draws the questions and makes a PENDING practice interview of one's own. */
  /** The competencies that one can practise, with how many questions each has for that. */
  'practice.competencies': operation({
    access: everyRole,
    input: nothing,
    output: z.array(competencyCount),
  }),
  'practice.create': operation({ access: everyRole, input: practiceSettings, output: interview }),
  /** One's own interview that is IN_PROGRESS, if any: to be resumed. */
  'interviews.unfinished': operation({ access: everyRole, input: nothing, output: interviewRow.nullable() }),
  'interviews.get': operation({ access: everyRole, input: byId, output: interview }),
  'interviews.list': operation({ access: everyRole, input: listInput, output: page(interviewRow) }),
  /** PENDING → IN_PROGRESS. */
  'interviews.begin': operation({ access: everyRole, input: byId, output: interview }),
  /** IN_PROGRESS → COMPLETED. */
  'interviews.complete': operation({ access: everyRole, input: byId, output: interview }),
  /** PENDING or IN_PROGRESS → ABANDONED; every answer is kept. */
  'interviews.abandon': operation({ access: everyRole, input: byId, output: interview }),
  /** Out of every list at once; rows and files go together when the time to restore has passed. */
  'interviews.delete': operation({ access: everyRole, input: byId, output: nothing }),
  'interviews.restore': operation({ access: everyRole, input: byId, output: nothing }),

  /** Notes that the question is before the candidate. Harmless when repeated. */
  'questions.ask': operation({ access: everyRole, input: byQuestion, output: question }),
  'questions.skip': operation({ access: everyRole, input: byQuestion, output: question }),

  /** Chooses one of the answer's takes; its audio becomes the answer's. */
  'answers.chooseTake': operation({ access: everyRole, input: byTake, output: question }),
  /** The person keeps a recovered take: it is not offered any more. Harmless when repeated. */
  'answers.keepTake': operation({ access: everyRole, input: byTake, output: question }),
  /**
   * The person does not want a recovered take. It stops being an answer and leaves its attempt free; if it was the
   * chosen one, the newest of the others is. Its file goes when the time to bring it back has passed.
   */
  'answers.discardTake': operation({ access: everyRole, input: byTake, output: question }),
  /** Brings a discarded take back, as the chosen one where it was that before, or where no other is. */
  'answers.restoreTake': operation({
    access: everyRole,
    input: z.object({ takeId: id, chosen: z.boolean().default(false) }),
    output: question,
  }),
  /** A person's own words; nothing automatic ever overwrites them. */
  'answers.saveTranscript': operation({
    access: everyRole,
    input: z.object({ questionId: id, transcript: storableText.max(textLimits.transcript) }),
    output: nothing,
  }),
  /** Rates against the rubric; the score follows from the level. Null takes the rating back. */
  'answers.rate': operation({
    access: everyRole,
    input: z.object({ questionId: id, level: z.literal(levels).nullable() }),
    output: question,
  }),
} as const;

export const interviewsEvents = {
  /** Something of this interview changed outside this window's own doing (a take was finished, say). */
  'interviews.changed': z.object({ interviewId: id }),
} as const;
