import { z } from 'zod';
import { interviewDifficulties, questionDifficulties } from '../model/difficulty.ts';
import { practiceLimits } from '../model/limits.ts';
import { id, storableText } from './shapes.ts';

const between = ({ min, max }: { min: number; max: number }) => z.int().min(min).max(max);
const competencyKey = storableText.trim().min(1).max(100);

/** One question of the library, asked of everybody. */
const fixedQuestion = z.object({
  type: z.literal('QUESTION'),
  libraryQuestionId: id,
});

/** Questions that are drawn anew for each interview. */
const drawnQuestions = z.object({
  type: z.literal('DRAW'),
  count: between(practiceLimits.questionCount),
  /** Keys; at least one. */
  competencies: z.array(competencyKey).min(1, 'Choose at least one competency.').max(100),
  /** Only these; empty: the mix of the interview's difficulty (see difficultyMix). */
  difficulties: z.array(z.enum(questionDifficulties)).max(3),
  /** Only what this candidate was never asked in an interview. */
  neverAsked: z.boolean(),
});

/** What an interview is made of. Every version of a kit has one. */
export const kitDefinition = z.object({
  /** For whoever holds the interview. */
  instructions: storableText.max(20_000),
  difficulty: z.enum(interviewDifficulties),
  /** In the order to ask them. */
  items: z.array(z.discriminatedUnion('type', [fixedQuestion, drawnQuestions])).max(50),
  thinkTimeMs: between(practiceLimits.thinkTimeMs),
  answerTimeMs: between(practiceLimits.answerTimeMs),
  takesAllowed: between(practiceLimits.takesAllowed),
  /** What is judged. */
  competencies: z
    .array(
      z.object({
        key: competencyKey,
        /** How much its answers count against those of the others. */
        weight: z.number().min(0.1).max(10),
        /** What levels 1–5 look like, in order. */
        levels: z.array(storableText.max(2_000)).length(5),
      }),
    )
    .max(30),
  /** What the candidate is asked to agree to; the newest version under this name. Null: nothing may be recorded. */
  consentName: storableText.trim().min(1).max(120).nullable(),
  /** Whether reviewers see who the candidate is only once they have submitted their scorecard. */
  blind: z.boolean(),
});
export type KitDefinition = z.infer<typeof kitDefinition>;
