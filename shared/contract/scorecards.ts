import { z } from 'zod';
import { levels } from '../model/rating.ts';
import { recommendations, scorecardActs, scorecardStates } from '../model/scorecard.ts';
import { interviewers, namedPerson } from './desk.ts';
import { operation } from './operation.ts';
import { id, storableText, timestamp } from './shapes.ts';

const rating = z.object({
  /** One of the two is set. */
  questionId: id.nullable(),
  competency: z.string().nullable(),
  level: z.literal(levels),
  evidence: z.string(),
});
export type Rating = z.infer<typeof rating>;

/** That it was submitted or reopened. */
const event = z.object({ act: z.enum(scorecardActs), reason: z.string(), at: timestamp });

/** One's own scorecard of an interview. Until something is written it has no row. */
const ownScorecard = z.object({
  state: z.enum(scorecardStates),
  recommendation: z.enum(recommendations).nullable(),
  takeaways: z.string(),
  privateNotes: z.string(),
  sharedNotes: z.string(),
  submittedAt: timestamp.nullable(),
  /** Null while it has no row; hand it back to write or submit. */
  updatedAt: timestamp.nullable(),
  ratings: z.array(rating),
  events: z.array(event),
});
export type OwnScorecard = z.infer<typeof ownScorecard>;

/** One member of the panel in the debrief. What they wrote is there only once they have submitted it. */
const debriefed = z.object({
  interviewer: namedPerson,
  state: z.enum(['NONE', ...scorecardStates]),
  submitted: z
    .object({
      recommendation: z.enum(recommendations),
      takeaways: z.string(),
      sharedNotes: z.string(),
      submittedAt: timestamp,
      ratings: z.array(rating),
    })
    .nullable(),
  /** Whoever reopens a scorecard may have seen the others' before. */
  events: z.array(event),
});
export type Debriefed = z.infer<typeof debriefed>;

const debrief = z.object({
  scorecards: z.array(debriefed),
  /** What each competency and each answer got, over the submitted scorecards; see shared/model/spread.ts. */
  spreads: z.array(
    z.object({
      questionId: id.nullable(),
      competency: z.string().nullable(),
      mean: z.number(),
      lowest: z.literal(levels),
      highest: z.literal(levels),
      deviation: z.number(),
    }),
  ),
});
export type Debrief = z.infer<typeof debrief>;

const text = storableText.max(20_000, 'This is too long: at most 20,000 characters.');
const seen = timestamp.nullable();

export const scorecardsOperations = {
  'scorecards.mine': operation({
    access: interviewers,
    input: z.object({ interviewId: id }),
    output: ownScorecard,
  }),
  /**
   * Rates an answer or a competency on one's own scorecard; null takes the rating back. CONFLICT once submitted, and, with the
   * scorecard in details.current, when another window has changed what this would change.
   */
  'scorecards.rate': operation({
    access: interviewers,
    input: z.object({
      interviewId: id,
      subject: z.union([
        z.object({ questionId: id }),
        z.object({ competency: storableText.trim().min(1).max(100) }),
      ]),
      /** The rating as one has seen it; null where there was none. */
      seen: z.object({ level: z.literal(levels), evidence: z.string().max(5_000) }).nullable(),
      level: z.literal(levels).nullable(),
      evidence: storableText.max(5_000).optional(),
    }),
    output: ownScorecard,
  }),
  /** Writes what is given and leaves the rest. CONFLICT when it is not the one that was seen, and once submitted. */
  'scorecards.write': operation({
    access: interviewers,
    input: z.object({
      interviewId: id,
      seen,
      recommendation: z.enum(recommendations).nullable().optional(),
      takeaways: text.optional(),
      privateNotes: text.optional(),
      sharedNotes: text.optional(),
    }),
    output: ownScorecard,
  }),
  /**
   * Locks it, and shows the others'. Wants a recommendation and a rating of every competency of the rubric; what is
   * missing is in details.missing. Answers' scores and the interview's follow.
   */
  'scorecards.submit': operation({
    access: interviewers,
    input: z.object({ interviewId: id, seen }),
    output: ownScorecard,
  }),
  /** Makes it a draft again, and leaves a trace; the others' are hidden until it is submitted anew. */
  'scorecards.reopen': operation({
    access: interviewers,
    input: z.object({
      interviewId: id,
      reason: storableText.trim().min(1, 'Please say why: others read it.').max(1_000),
    }),
    output: ownScorecard,
  }),
  /** The panel's scorecards side by side. FORBIDDEN until one's own is submitted. */
  'scorecards.debrief': operation({
    access: interviewers,
    input: z.object({ interviewId: id }),
    output: debrief,
  }),
} as const;
