import { z } from 'zod';

/** How many questions there are on a competency. */
export const competencyCount = z.object({
  key: z.string(),
  label: z.string(),
  EASY: z.int(),
  MEDIUM: z.int(),
  HARD: z.int(),
});
export type CompetencyCount = z.infer<typeof competencyCount>;
