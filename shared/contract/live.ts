import { z } from 'zod';
import { questionDifficulties } from '../model/difficulty.ts';
import { textLimits } from '../model/limits.ts';
import { interviewers } from './desk.ts';
import { operation } from './operation.ts';
import { id, milliseconds, nothing, storableText, timestamp } from './shapes.ts';

const byId = z.object({ id });
const byTake = z.object({ takeId: id });

/** All that a candidate's own window shows. */
const candidateView = z.object({
  state: z.enum(['WAITING', 'QUESTION', 'BREAK', 'ENDED']),
  /** Null unless a question is before them. */
  question: z.object({ content: z.string(), since: timestamp, answerTimeMs: milliseconds }).nullable(),
});
export type CandidateView = z.infer<typeof candidateView>;

/** What the holder of a live interview does. Each is kept at once; nothing is stopped by a clock. */
export const liveOperations = {
  /** PENDING → IN_PROGRESS. */
  'live.start': operation({ access: interviewers, input: byId, output: nothing }),
  /**
   * Puts a question before the candidate, also one that was before them or was passed over. CONFLICT, with what is before
   * them in details.currentQuestionId, when that is not what was seen: somebody else has asked meanwhile.
   */
  'live.ask': operation({
    access: interviewers,
    input: z.object({ questionId: id, seen: id.nullable() }),
    output: nothing,
  }),
  /** Goes past a question that was not asked; asking it takes that back. */
  'live.passOver': operation({ access: interviewers, input: z.object({ questionId: id }), output: nothing }),
  /** The questions in another order. CONFLICT when they are not in the one that was seen. */
  'live.reorder': operation({
    access: interviewers,
    input: z.object({ id, seen: z.array(id).max(200), order: z.array(id).max(200) }),
    output: nothing,
  }),
  /** Adds a question after another, or at the end: one of the library, or one that comes up on the spot. */
  'live.addQuestion': operation({
    access: interviewers,
    input: z.object({
      id,
      afterId: id.nullable(),
      question: z.discriminatedUnion('type', [
        z.object({ type: z.literal('LIBRARY'), libraryQuestionId: id }),
        z.object({
          type: z.literal('NEW'),
          content: storableText.trim().min(1, 'Please write the question.').max(textLimits.question),
          difficulty: z.enum(questionDifficulties),
          competency: storableText.trim().min(1, 'Please name a competency.').max(100),
        }),
      ]),
    }),
    output: z.object({ questionId: id }),
  }),
  /** A break: clocks stand still, and the candidate's window says so. Harmless when repeated. */
  'live.pause': operation({ access: interviewers, input: byId, output: nothing }),
  'live.goOn': operation({ access: interviewers, input: byId, output: nothing }),
  /** IN_PROGRESS → COMPLETED. What is being recorded is stopped and kept first. */
  'live.end': operation({ access: interviewers, input: byId, output: nothing }),
  /** As answers.keepTake and its like, for what was recorded in a live interview. */
  'live.keepTake': operation({ access: interviewers, input: byTake, output: nothing }),
  'live.discardTake': operation({ access: interviewers, input: byTake, output: nothing }),
  'live.restoreTake': operation({
    access: interviewers,
    input: z.object({ takeId: id, chosen: z.boolean().default(false) }),
    output: nothing,
  }),
  'live.chooseTake': operation({ access: interviewers, input: byTake, output: nothing }),
  /** Opens the candidate's window, where the host has windows; else the page shows its address. */
  'live.openCandidateView': operation({
    access: interviewers,
    input: byId,
    output: z.object({ opened: z.boolean() }),
  }),
  /** The one thing that the candidate's window may ask. */
  'live.candidateView': operation({ access: interviewers, input: byId, output: candidateView }),
} as const;
