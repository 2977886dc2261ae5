import { z } from 'zod';
import { consentDecisions } from '../model/consent.ts';
import { interviewStatuses } from '../model/interview.ts';
import { textLimits } from '../model/limits.ts';
import { answer, question } from './interviews.ts';
import { everyRole, operation } from './operation.ts';
import { id, milliseconds, nothing, page, storableText, timestamp } from './shapes.ts';

/**
 * A question as its candidate may know it. Nothing of what is judged: neither competency and rubric, nor probes and what
 * a good answer covers, nor any score.
 */
const oneWayQuestion = question
  .pick({ id: true, position: true, thinkTimeMs: true, answerTimeMs: true, takesAllowed: true, state: true })
  .extend({
    /** Empty until it is asked. */
    content: z.string(),
    /** What is left of its think time, by main's clock, which goes on whatever the candidate does. */
    thinkLeftMs: milliseconds,
    /** The same of think and answer time together, for an answer that is typed. */
    timeLeftMs: milliseconds,
    answer: answer
      .pick({
        ...{ transcript: true, takes: true, discarded: true },
        ...{ recordingsRemovedAt: true, transcriptRemovedAt: true },
      })
      .nullable(),
  });
export type OneWayQuestion = z.infer<typeof oneWayQuestion>;

const oneWayRow = z.object({
  id,
  title: z.string(),
  status: z.enum(interviewStatuses),
  /** Who assigned it; null when they are gone. */
  from: z.string().nullable(),
  assignedAt: timestamp,
  /** Until when it is wanted. One that is submitted later is taken, and marked as late. */
  dueAt: timestamp.nullable(),
  startedAt: timestamp.nullable(),
  endedAt: timestamp.nullable(),
  questionCount: z.int(),
  answeredCount: z.int(),
  /** What it takes at most: thinking and answering, each question once. */
  plannedMs: milliseconds,
});
export type OneWayRow = z.infer<typeof oneWayRow>;

/** A one-way interview as its candidate sees it. */
const oneWayInterview = oneWayRow.extend({
  /** What the kit has to say before the first question. */
  welcome: z.string(),
  /** What the candidate is asked to agree to; null: nothing is recorded, answers are typed. */
  consentText: z.object({ id, name: z.string(), version: z.int(), body: z.string() }).nullable(),
  /** The newest of what they have said. */
  consent: z.object({ decision: z.enum(consentDecisions), decidedAt: timestamp }).nullable(),
  /** The one that is before the candidate: the last that was asked. Answers to those before it are settled. */
  currentQuestionId: id.nullable(),
  questions: z.array(oneWayQuestion),
});
export type OneWayInterview = z.infer<typeof oneWayInterview>;

const byId = z.object({ id });
const byQuestion = z.object({ questionId: id });
const byTake = z.object({ takeId: id });
/** What a candidate says to the text that they were shown. */
const consent = z.object({ consentTextId: id, decision: z.enum(consentDecisions) });

/**
 * One-way interviews, for their candidates alone, whatever their role is elsewhere. Each gives the interview as it is
 * afterwards. Once it is submitted, nothing in it can be changed: CONFLICT.
 */
export const oneWayOperations = {
  /** Those assigned to oneself, newest first: the open ones, or those that have ended. */
  'oneWay.mine': operation({
    access: everyRole,
    input: z.object({
      ended: z.boolean().default(false),
      after: id.optional(),
      limit: z.int().min(1).max(100).default(30),
    }),
    output: page(oneWayRow),
  }),
  'oneWay.get': operation({ access: everyRole, input: byId, output: oneWayInterview }),
  /** PENDING → IN_PROGRESS, with what the candidate says to the consent text, where there is one. */
  'oneWay.begin': operation({
    access: everyRole,
    input: byId.extend({ consent: consent.nullable() }),
    output: oneWayInterview,
  }),
  /**
   * The candidate changes their mind: it holds for what is recorded from then on. Once it is submitted, what they agreed to
   * can still be taken back.
   */
  'oneWay.recordConsent': operation({
    access: everyRole,
    input: byId.extend(consent.shape),
    output: oneWayInterview,
  }),
  /**
   * Puts the next question before the candidate; its clock starts. Harmless for the one that is before them. CONFLICT
   * for one that was gone past, and while the one before it is neither answered nor skipped.
   */
  'oneWay.ask': operation({ access: everyRole, input: byQuestion, output: oneWayInterview }),
  /** Leaves the question that is before the candidate without an answer. Asking it again takes that back. */
  'oneWay.skip': operation({ access: everyRole, input: byQuestion, output: oneWayInterview }),
  /** An answer in writing, or words to go with a spoken one; for the question that is before the candidate. */
  'oneWay.saveAnswer': operation({
    access: everyRole,
    input: z.object({ questionId: id, transcript: storableText.max(textLimits.transcript) }),
    output: nothing,
  }),
  /** As answers.chooseTake and its like. */
  'oneWay.chooseTake': operation({ access: everyRole, input: byTake, output: oneWayInterview }),
  'oneWay.keepTake': operation({ access: everyRole, input: byTake, output: oneWayInterview }),
  'oneWay.discardTake': operation({ access: everyRole, input: byTake, output: oneWayInterview }),
  'oneWay.restoreTake': operation({
    access: everyRole,
    input: z.object({ takeId: id, chosen: z.boolean().default(false) }),
    output: oneWayInterview,
  }),
  /**
   * IN_PROGRESS → COMPLETED. What is being recorded is stopped and kept first. CONFLICT before every question has been
   * asked and the last one answered or skipped.
   */
  'oneWay.submit': operation({ access: everyRole, input: byId, output: oneWayInterview }),
} as const;
