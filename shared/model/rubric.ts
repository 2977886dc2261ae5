/** One competency of an interview's rubric. */
export interface RubricCompetency {
  /** As in shared/model/competencies.ts, or a team's own. */
  key: string;
  /** How much its answers count against those of the others; above 0. */
  weight: number;
  /** What levels 1–5 look like, in order: behaviourally anchored. */
  levels: string[];
}
