import { z } from 'zod';
import { interviewStatuses } from '../model/interview.ts';
import { scorecardStates } from '../model/scorecard.ts';
import { deskQuestion, interviewers } from './desk.ts';
import { operation } from './operation.ts';
import { id, page, storableText, timestamp } from './shapes.ts';

/** Whose answer it is: as in `desk.interview`, and always a made-up name where that was wished. */
const candidate = z.object({ id: id.nullable(), name: z.string() });

/** One candidate's answer to the question that is compared. */
const comparedAnswer = z.object({
  interviewId: id,
  candidate,
  /** Null where the names are hidden: a date tells who it was. */
  askedAt: timestamp.nullable(),
  /** As in `desk.interview`: without it the question has no score. */
  revealed: z.boolean(),
  question: deskQuestion,
});
export type ComparedAnswer = z.infer<typeof comparedAnswer>;

/** A question of one interview in the grid. */
const gridCell = z.object({
  questionId: id,
  /** Alike for the same question in different interviews: what a column of the grid is. */
  same: z.string(),
  content: z.string(),
  asked: z.boolean(),
  /** Null while the interview is not revealed, and while nobody has rated it. */
  score: z.number().nullable(),
});
export type GridCell = z.infer<typeof gridCell>;

const gridRow = z.object({
  interviewId: id,
  candidate,
  title: z.string(),
  status: z.enum(interviewStatuses),
  startedAt: timestamp,
  revealed: z.boolean(),
  /** How far one's own scorecard is. */
  scorecard: z.enum(['NONE', ...scorecardStates]),
  score: z.number().nullable(),
  cells: z.array(gridCell),
});
export type GridRow = z.infer<typeof gridRow>;

/** Which interviews are looked at. */
const interviewsWanted = {
  /** Those of any version of this kit. */
  kitId: id.optional(),
  /** Begun at or after, and before. */
  from: timestamp.optional(),
  until: timestamp.optional(),
};

/** What candidates of different interviews said, side by side. Only interviews whose panel one is on are in it. */
export const reviewOperations = {
  /**
   * All answers to the same question as that one, which is a library question or one of an interview: of the same library
   * question, else of the same text. NOT_FOUND when it is neither in the library nor in an interview whose panel one is on.
   */
  'review.compare': operation({
    access: interviewers,
    input: z.object({
      questionId: id,
      /** Without names and dates, in an order that says nothing and stays the same; else the newest first. */
      blind: z.boolean().default(false),
      ...interviewsWanted,
      after: id.optional(),
      limit: z.int().min(1).max(50).default(12),
    }),
    output: page(comparedAnswer),
  }),
  /** The interviews that have begun, newest first, with what each of their questions scored. */
  'review.grid': operation({
    access: interviewers,
    input: z.object({
      ...interviewsWanted,
      /** Only questions on this competency, and the interviews that have any. */
      competency: storableText.max(100).optional(),
      /** Only questions of the library that have this tag now, and the interviews that have any. */
      tag: storableText.max(50).optional(),
      after: z.string().max(500).optional(),
      limit: z.int().min(1).max(100).default(50),
    }),
    output: page(gridRow),
  }),
} as const;
