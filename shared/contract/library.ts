import { z } from 'zod';
import { everyRole, operation } from './operation.ts';
import { nothing } from './shapes.ts';

const competencyCount = z.object({
  key: z.string(),
  label: z.string(),
  /** Questions in the library, by difficulty. */
  EASY: z.int(),
  MEDIUM: z.int(),
  HARD: z.int(),
});
export type CompetencyCount = z.infer<typeof competencyCount>;

export const libraryOperations = {
  /** The competencies that questions can be drawn from. */
  'library.competencies': operation({ access: everyRole, input: nothing, output: z.array(competencyCount) }),
} as const;
