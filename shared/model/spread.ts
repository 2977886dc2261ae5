import type { Level } from './rating.ts';

/** How far interviewers' levels of one thing are apart. */
export interface Spread {
  mean: number;
  lowest: Level;
  highest: Level;
  /**
   * The standard deviation of these very levels, √(Σ(x − mean)² / n): they are all the ratings there are, and no sample
   * of more.
   */
  deviation: number;
}

/** @returns null for none */
export function spreadOf(levels: readonly Level[]): Spread | null {
  const [first] = levels;
  if (first === undefined) return null;
  const mean = levels.reduce((sum: number, level) => sum + level, 0) / levels.length;
  const squares = levels.reduce((sum, level) => sum + (level - mean) ** 2, 0);
  return {
    mean,
    lowest: levels.reduce((least, level) => (level < least ? level : least), first),
    highest: levels.reduce((most, level) => (level > most ? level : most), first),
    deviation: Math.sqrt(squares / levels.length),
  };
}
