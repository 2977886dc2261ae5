import { describe, expect, it } from 'vitest';
import {
  difficultyMix,
  type InterviewDifficulty,
  interviewDifficulties,
  type QuestionDifficulty,
  questionDifficulties,
} from '../../shared/model/difficulty.ts';
import { type DrawableQuestion, drawQuestions } from './draw-questions.ts';

const now = new Date('2026-11-23T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 60 * 60_000);

/** mulberry32, a small generator that gives the same numbers for the same seed (Tommy Ettinger, public domain). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** `each` questions of every difficulty in every competency. */
function fullPool(competencies: number, each: number): DrawableQuestion[] {
  return Array.from({ length: competencies }, (_, competency) =>
    questionDifficulties.flatMap((difficulty) =>
      Array.from({ length: each }, (_, index) => question(`c${competency}`, difficulty, index)),
    ),
  ).flat();
}

function question(
  competency: string,
  difficulty: QuestionDifficulty,
  index = 0,
  lastAskedAt: Date | null = null,
): DrawableQuestion {
  return { id: `${competency}-${difficulty}-${index}`, competency, difficulty, lastAskedAt };
}

function draw(pool: DrawableQuestion[], difficulty: InterviewDifficulty, count: number, seed = 1) {
  return drawQuestions(pool, { difficulty, count }, { now, random: seeded(seed) });
}

function counts(values: readonly string[]): Record<string, number> {
  const result: Record<string, number> = {};
  for (const value of values) result[value] = (result[value] ?? 0) + 1;
  return result;
}

/** A pool of any shape, asked at any time. */
function randomPool(random: () => number): DrawableQuestion[] {
  const competencies = 1 + Math.floor(random() * 6);
  return Array.from({ length: Math.floor(random() * 60) }, (_, index) =>
    question(
      `c${Math.floor(random() * competencies)}`,
      questionDifficulties[Math.floor(random() * 3)] ?? 'EASY',
      index,
      random() < 0.5 ? null : daysAgo(random() * 40),
    ),
  );
}

describe('whatever the pool', () => {
  const cases = Array.from({ length: 400 }, (_, seed) => {
    const random = seeded(seed);
    const pool = randomPool(random);
    return {
      pool,
      difficulty: interviewDifficulties[seed % 3] ?? 'MID',
      count: 1 + Math.floor(random() * 20),
      seed,
    };
  });
  const lately = ({ lastAskedAt }: DrawableQuestion) => lastAskedAt !== null && lastAskedAt > daysAgo(14);

  it('draws as many as wanted, each once, easiest first', () => {
    for (const { pool, difficulty, count, seed } of cases) {
      const drawn = draw(pool, difficulty, count, seed);
      expect(drawn).toHaveLength(Math.min(count, pool.length));
      expect(new Set(drawn).size).toBe(drawn.length);
      const ease = drawn.map((each) => questionDifficulties.indexOf(each.difficulty));
      expect(ease).toEqual(ease.toSorted());
    }
  });

  it('repeats what was asked lately only when everything else is used up', () => {
    for (const { pool, difficulty, count, seed } of cases) {
      const drawn = draw(pool, difficulty, count, seed);
      const fresh = pool.filter((each) => !lately(each));
      expect(drawn.filter(lately)).toHaveLength(Math.max(0, drawn.length - fresh.length));
    }
  });

  it('holds the mix wherever there are enough questions of each difficulty', () => {
    for (const { pool, difficulty, count, seed } of cases) {
      const mix = difficultyMix(difficulty, count);
      const has = counts(pool.filter((each) => !lately(each)).map((each) => each.difficulty));
      if (questionDifficulties.some((each) => (has[each] ?? 0) < mix[each])) continue;
      const drawn = counts(draw(pool, difficulty, count, seed).map((each) => each.difficulty));
      for (const each of questionDifficulties) expect(drawn[each] ?? 0).toBe(mix[each]);
    }
  });

  it('takes the longest unasked of each competency and difficulty', () => {
    for (const { pool, difficulty, count, seed } of cases) {
      const drawn = new Set(draw(pool, difficulty, count, seed));
      for (const taken of drawn) {
        const passedOver = pool.filter(
          (each) =>
            !drawn.has(each) && each.competency === taken.competency && each.difficulty === taken.difficulty,
        );
        for (const each of passedOver) {
          expect(each.lastAskedAt?.getTime() ?? 0).toBeGreaterThanOrEqual(taken.lastAskedAt?.getTime() ?? 0);
        }
      }
    }
  });
});

it('spreads evenly over the competencies', () => {
  for (let seed = 0; seed < 100; seed += 1) {
    for (const competencies of [1, 2, 3, 7, 10]) {
      const count = 1 + (seed % 20);
      const drawn = draw(fullPool(competencies, 20), interviewDifficulties[seed % 3] ?? 'MID', count, seed);
      const perCompetency = Object.values(counts(drawn.map((each) => each.competency)));
      expect(Math.max(...perCompetency)).toBe(Math.ceil(count / competencies));
      expect(perCompetency).toHaveLength(Math.min(count, competencies));
    }
  }
});

it('evens out a competency that only one difficulty has', () => {
  const pool = [question('a', 'EASY'), question('a', 'MEDIUM'), question('b', 'MEDIUM')];
  for (let seed = 0; seed < 20; seed += 1) {
    const drawn = draw(pool, 'JUNIOR', 2, seed);
    expect(drawn.map((each) => each.id)).toEqual(['a-EASY-0', 'b-MEDIUM-0']);
  }
});

it('helps out a difficulty that is too small from the nearest, without robbing it', () => {
  const pool = [
    question('a', 'EASY', 0),
    question('a', 'MEDIUM', 0),
    question('a', 'MEDIUM', 1),
    question('a', 'MEDIUM', 2),
    question('a', 'HARD', 0),
    question('a', 'HARD', 1),
  ];
  const drawn = draw(pool, 'JUNIOR', 4); // two easy, two medium
  expect(counts(drawn.map((each) => each.difficulty))).toEqual({ EASY: 1, MEDIUM: 3 });
});

it('repeats the right difficulty first, least recently asked, when all was asked lately', () => {
  const pool = [
    question('a', 'MEDIUM', 0, daysAgo(1)),
    question('a', 'MEDIUM', 1, daysAgo(5)),
    question('a', 'MEDIUM', 2, daysAgo(3)),
    question('a', 'HARD', 0, daysAgo(9)),
  ];
  expect(draw(pool, 'MID', 1).map((each) => each.id)).toEqual(['a-MEDIUM-1']);
});

it('draws by chance among equals', () => {
  const seen = new Set<string>();
  for (let seed = 0; seed < 200; seed += 1) seen.add(draw(fullPool(1, 5), 'MID', 1, seed)[0]?.id ?? '');
  expect(seen.size).toBe(5);
});
