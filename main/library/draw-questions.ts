import {
  difficultyMix,
  type InterviewDifficulty,
  type QuestionDifficulty,
  questionDifficulties,
} from '../../shared/model/difficulty.ts';

/** A question that may be drawn, as far as the draw cares. */
export interface DrawableQuestion {
  readonly id: string;
  readonly competency: string;
  readonly difficulty: QuestionDifficulty;
  /** When this person was last asked it; null if never. */
  readonly lastAskedAt: Date | null;
}

/** A question asked within this time counts as asked lately, and comes again only when nothing else is left. */
const latelyMs = 14 * 24 * 60 * 60_000;

/**
 * Draws the questions of an interview from a pool: as many of each difficulty as the mix says, spread evenly over the
 * competencies, those never asked before those asked long ago, and by chance among equals. Where one difficulty has
 * too few that were not asked lately, the nearest difficulty helps out; what was asked lately comes again only when
 * everything else is used up. They come easiest first, as a warm-up.
 *
 * @param random as Math.random: a number from 0 up to, but not, 1
 * @returns `count` different questions, or the whole pool where it holds fewer
 */
export function drawQuestions<T extends DrawableQuestion>(
  pool: readonly T[],
  wanted: { readonly difficulty: InterviewDifficulty; readonly count: number },
  { now, random }: { readonly now: Date; readonly random: () => number },
): T[] {
  const left = new Set(shuffled(pool, random));
  const drawn: T[] = [];
  const drawnOf = new Map<string, number>();
  const askedLately = ({ lastAskedAt }: T) =>
    lastAskedAt !== null && now.getTime() - lastAskedAt.getTime() < latelyMs;

  /** Takes the best question left: the one with the smallest rank, compared number by number. */
  const take = (eligible: (question: T) => boolean, rank: (question: T) => number[]): boolean => {
    let best: { question: T; rank: number[] } | undefined;
    for (const question of left) {
      if (!eligible(question)) continue;
      const candidate = { question, rank: rank(question) };
      if (!best || compare(candidate.rank, best.rank) < 0) best = candidate;
    }
    if (!best) return false;
    left.delete(best.question);
    drawn.push(best.question);
    drawnOf.set(best.question.competency, (drawnOf.get(best.question.competency) ?? 0) + 1);
    return true;
  };
  const spreadThenAge = ({ competency, lastAskedAt }: T) => [
    drawnOf.get(competency) ?? 0,
    lastAskedAt?.getTime() ?? Number.NEGATIVE_INFINITY,
  ];

  const mix = difficultyMix(wanted.difficulty, wanted.count);
  const cells = questionDifficulties.map((difficulty) => {
    const fresh = pool.filter((question) => question.difficulty === difficulty && !askedLately(question));
    return {
      difficulty,
      missing: mix[difficulty],
      competencies: new Set(fresh.map(({ competency }) => competency)).size,
    };
  });
  // The difficulty with the fewest competencies first: the others can still even out the spread after it.
  cells.sort((a, b) => a.competencies - b.competencies);

  // Each difficulty from its own questions, before any helps out another.
  for (const cell of cells) {
    const eligible = (question: T) => question.difficulty === cell.difficulty && !askedLately(question);
    while (cell.missing > 0 && take(eligible, spreadThenAge)) cell.missing -= 1;
  }
  for (const cell of cells) {
    const rank = (question: T) => [
      askedLately(question) ? 1 : 0,
      distance(question.difficulty, cell.difficulty),
      ...spreadThenAge(question),
    ];
    while (cell.missing > 0 && take(() => true, rank)) cell.missing -= 1;
  }

  const ease = ({ difficulty }: T) => questionDifficulties.indexOf(difficulty);
  return drawn.sort((a, b) => ease(a) - ease(b));
}

function distance(a: QuestionDifficulty, b: QuestionDifficulty): number {
  return Math.abs(questionDifficulties.indexOf(a) - questionDifficulties.indexOf(b));
}

/** Compares two lists of the same length, the first difference deciding. */
function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? value;
    if (value !== other) return value < other ? -1 : 1;
  }
  return 0;
}

/** Fisher and Yates's shuffle. */
function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}
