/** The level an interview is held at. */
export const interviewDifficulties = ['JUNIOR', 'MID', 'SENIOR'] as const;
export type InterviewDifficulty = (typeof interviewDifficulties)[number];

/** How hard one question is. */
export const questionDifficulties = ['EASY', 'MEDIUM', 'HARD'] as const;
export type QuestionDifficulty = (typeof questionDifficulties)[number];

/** Percent of easy, medium and hard questions in an interview whose questions are drawn by rule. */
const mixPercent: Readonly<Record<InterviewDifficulty, Readonly<Record<QuestionDifficulty, number>>>> = {
  JUNIOR: { EASY: 50, MEDIUM: 40, HARD: 10 },
  MID: { EASY: 20, MEDIUM: 50, HARD: 30 },
  SENIOR: { EASY: 10, MEDIUM: 40, HARD: 50 },
};

/**
 * How many questions of each difficulty an interview of `count` questions asks.
 *
 * Rounded by largest remainder (Hamilton's method): everyone gets the whole part of their share, and the seats left
 * over go to the largest fractions; on a tie, to the larger share. The parts always add up to `count`.
 */
export function difficultyMix(
  difficulty: InterviewDifficulty,
  count: number,
): Record<QuestionDifficulty, number> {
  const shares = questionDifficulties.map((name) => {
    const hundredths = mixPercent[difficulty][name] * count;
    return {
      name,
      percent: mixPercent[difficulty][name],
      whole: Math.floor(hundredths / 100),
      rest: hundredths % 100,
    };
  });
  let left = count - shares.reduce((sum, share) => sum + share.whole, 0);
  for (const share of shares.toSorted((a, b) => b.rest - a.rest || b.percent - a.percent)) {
    if (left === 0) break;
    share.whole += 1;
    left -= 1;
  }
  return Object.fromEntries(shares.map(({ name, whole }) => [name, whole])) as Record<
    QuestionDifficulty,
    number
  >;
}
