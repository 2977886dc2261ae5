/** Anchored levels of a rubric, worst to best. */
export const levels = [1, 2, 3, 4, 5] as const;
export type Level = (typeof levels)[number];

/** A rating as a score of 0–100: levels 1–5 stand for 0, 25, 50, 75 and 100. */
export function scoreOfLevel(level: Level): number {
  return (level - 1) * 25;
}
