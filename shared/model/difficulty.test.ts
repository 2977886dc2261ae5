import { describe, expect, it } from 'vitest';
import { difficultyMix, interviewDifficulties } from './difficulty.ts';

describe('the difficulty mix', () => {
  it('is the share of each difficulty where it comes out even', () => {
    expect(difficultyMix('JUNIOR', 10)).toEqual({ EASY: 5, MEDIUM: 4, HARD: 1 });
    expect(difficultyMix('MID', 10)).toEqual({ EASY: 2, MEDIUM: 5, HARD: 3 });
    expect(difficultyMix('SENIOR', 10)).toEqual({ EASY: 1, MEDIUM: 4, HARD: 5 });
  });

  it('gives what is left over to the largest remainders', () => {
    // 1.5, 1.2, 0.3
    expect(difficultyMix('JUNIOR', 3)).toEqual({ EASY: 2, MEDIUM: 1, HARD: 0 });
    // 1, 2.5, 1.5: a tie, which goes to the larger share
    expect(difficultyMix('MID', 5)).toEqual({ EASY: 1, MEDIUM: 3, HARD: 1 });
    // 0.1, 0.4, 0.5
    expect(difficultyMix('SENIOR', 1)).toEqual({ EASY: 0, MEDIUM: 0, HARD: 1 });
  });

  it('always adds up', () => {
    for (const difficulty of interviewDifficulties) {
      for (let count = 0; count <= 100; count += 1) {
        const { EASY, MEDIUM, HARD } = difficultyMix(difficulty, count);
        expect(EASY + MEDIUM + HARD).toBe(count);
        expect(Math.min(EASY, MEDIUM, HARD)).toBeGreaterThanOrEqual(0);
      }
    }
  });
});
