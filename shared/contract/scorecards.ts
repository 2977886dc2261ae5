import { z } from 'zod';
import { levels } from '../model/rating.ts';
import { recommendations, scorecardStates } from '../model/scorecard.ts';
import { interviewers } from './desk.ts';
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

/** One's own scorecard of an interview. Until something is written it has no row. */
const ownScorecard = z.object({
  state: z.enum(scorecardStates),
  recommendation: z.enum(recommendations).nullable(),
  takeaways: z.string(),
  privateNotes: z.string(),
  sharedNotes: z.string(),
  submittedAt: timestamp.nullable(),
  ratings: z.array(rating),
});
export type OwnScorecard = z.infer<typeof ownScorecard>;

export const scorecardsOperations = {
  'scorecards.mine': operation({
    access: interviewers,
    input: z.object({ interviewId: id }),
    output: ownScorecard,
  }),
  /** Rates an answer or a competency on one's own scorecard; null takes the rating back. CONFLICT once submitted. */
  'scorecards.rate': operation({
    access: interviewers,
    input: z.object({
      interviewId: id,
      subject: z.union([
        z.object({ questionId: id }),
        z.object({ competency: storableText.trim().min(1).max(100) }),
      ]),
      level: z.literal(levels).nullable(),
      evidence: storableText.max(5_000).optional(),
    }),
    output: ownScorecard,
  }),
} as const;
