import type { EntityManager } from 'typeorm';
import type { KitDefinition, KitItem, KitProblem } from '../../shared/contract/kits.ts';
import { competencyLabel } from '../../shared/model/competencies.ts';
import {
  difficultyMix,
  type QuestionDifficulty,
  questionDifficulties,
} from '../../shared/model/difficulty.ts';
import { ConsentText, LibraryQuestion } from '../database/entities/index.ts';
import type { Library } from '../library/library.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

export interface ChosenQuestion {
  /** Which item of the kit it comes from, from 0. */
  readonly item: number;
  readonly question: LibraryQuestion;
  readonly thinkTimeMs: number;
  readonly answerTimeMs: number;
}

type Draw = Extract<KitItem, { type: 'DRAW' }>;

/** Nobody has this id, so nothing was ever asked to them. */
const nobody = '00000000-0000-4000-8000-000000000000';

/**
 * The questions of an interview of a kit, in the kit's order, and what stands in the way. What is fixed is taken out of
 * what is drawn, and what one item draws out of what the next does, so that nothing is asked twice.
 *
 * @param candidateId null: for no one in particular, to look at
 */
export async function chooseQuestions(
  manager: EntityManager,
  library: Pick<Library, 'draw'>,
  definition: KitDefinition,
  candidateId: string | null,
): Promise<{ chosen: ChosenQuestion[]; problems: KitProblem[] }> {
  const { items } = definition;
  const chosen: ChosenQuestion[] = [];
  const problems: KitProblem[] = [];
  const fixed = await fixedById(manager, items);
  const taken = new Set(fixed.keys());
  for (const [item, each] of items.entries()) {
    const { thinkTimeMs = definition.thinkTimeMs, answerTimeMs = definition.answerTimeMs } = each;
    const choose = (question: LibraryQuestion) => chosen.push({ item, question, thinkTimeMs, answerTimeMs });
    if (each.type === 'QUESTION') {
      const question = fixed.get(each.libraryQuestionId);
      const problem = fixedProblem(question);
      if (problem) problems.push({ item, hinders: true, message: `Item ${item + 1} ${problem}` });
      else if (question) choose(question);
      continue;
    }
    const pool = await poolOf(manager, each, taken);
    const problem = shortage(each, pool, { ...definition, others: taken.size > 0 });
    if (problem) problems.push({ item, ...problem, message: `Item ${item + 1} ${problem.message}` });
    if (problem?.hinders) continue;
    try {
      const drawn = await library.draw(manager, {
        ...{ personId: candidateId ?? nobody, difficulty: definition.difficulty, count: each.count },
        ...{ competencies: each.competencies, difficulties: each.difficulties, tags: each.tags ?? [] },
        ...{ neverAsked: each.neverAsked, except: taken },
      });
      for (const question of drawn) {
        taken.add(question.id);
        choose(question);
      }
    } catch (error) {
      if (!(error instanceof OperationFailure) || error.code !== 'INVALID_INPUT') throw error;
      // There are enough in the library, so this candidate knows too many of them.
      const message =
        `Item ${item + 1} draws ${described(each)} that this candidate was never asked, and too few are left. ` +
        'Let it draw what was asked before, draw fewer, or add questions to the library.';
      problems.push({ item, hinders: true, message });
    }
  }
  return { chosen, problems };
}

/**
 * What the candidate of a kit's interview is asked to agree to.
 *
 * @returns null where nothing may be recorded; a problem where the kit wants a text that cannot be used any more
 */
export async function chooseConsentText(
  manager: EntityManager,
  { consentName }: Pick<KitDefinition, 'consentName'>,
): Promise<{ text: ConsentText | null; problem: KitProblem | null }> {
  if (consentName === null) return { text: null, problem: null };
  const text = await manager.findOne(ConsentText, {
    ...{ where: { name: consentName }, order: { version: 'DESC' } },
  });
  if (text && !text.archivedAt) return { text, problem: null };
  const message = `The consent text “${consentName}” ${text ? 'has been archived' : 'is not there any more'}. Choose another one in the kit, or none to hold the interview without recording.`;
  return { text: null, problem: { item: null, hinders: true, message } };
}

async function fixedById(
  manager: EntityManager,
  items: readonly KitItem[],
): Promise<Map<string, LibraryQuestion>> {
  const ids = items.flatMap((item) => (item.type === 'QUESTION' ? [item.libraryQuestionId] : []));
  if (ids.length === 0) return new Map();
  const found = await manager.createQueryBuilder(LibraryQuestion, 'question').whereInIds(ids).getMany();
  return new Map(found.map((question) => [question.id, question]));
}

/** An archived question is refused rather than left out: everybody is asked the same, or somebody is told. */
function fixedProblem(question: LibraryQuestion | undefined): string | null {
  if (!question) return 'asks a question that is not in the library any more. Take it out of the kit.';
  if (!question.archivedAt) return null;
  const start =
    question.content.length > 60 ? `${question.content.slice(0, 59).trimEnd()}…` : question.content;
  return `asks “${start}”, which has been archived. Take it out of the kit, or restore it in the library.`;
}

type Pool = { competency: string; difficulty: QuestionDifficulty; count: number }[];

/** How many questions a rule can draw from, by competency and difficulty. */
function poolOf(manager: EntityManager, draw: Draw, taken: ReadonlySet<string>): Promise<Pool> {
  return manager.query<Pool>(
    `
    SELECT competency, difficulty, count(*)::int AS count FROM library_questions
    WHERE archived_at IS NULL AND competency = ANY ($1) AND id <> ALL ($2::uuid[])
      AND (cardinality($3::text[]) = 0 OR difficulty::text = ANY ($3)) AND tags @> $4::text[]
    GROUP BY competency, difficulty
    `,
    [draw.competencies, [...taken], draw.difficulties, draw.tags ?? []],
  );
}

/** What the library lacks for a rule, whoever the candidate is. */
function shortage(
  draw: Draw,
  pool: Pool,
  { difficulty, others }: Pick<KitDefinition, 'difficulty'> & { others: boolean },
): Omit<KitProblem, 'item'> | null {
  const sum = (fits: (cell: Pool[number]) => boolean) =>
    pool.filter(fits).reduce((total, { count }) => total + count, 0);
  const all = sum(() => true);
  const empty = draw.competencies.filter((key) => !pool.some(({ competency }) => competency === key));
  if (all < draw.count) {
    const held = all === 0 ? 'none' : `only ${all}`;
    return {
      hinders: true,
      message: `draws ${described(draw)}, and the library has ${held}${others ? ' that no other item takes' : ''}. Draw fewer, widen the rule, or add questions to the library.`,
    };
  }
  if (empty.length > 0) {
    const kind = draw.difficulties.length > 0 ? `${kinds(draw)} questions` : 'questions';
    return {
      hinders: true,
      message: `draws from ${labels(empty)}, where the library has no ${kind}. Take it out of the rule, or add questions to the library.`,
    };
  }
  if (draw.difficulties.length > 0) return null;
  const mix = difficultyMix(difficulty, draw.count);
  const short = questionDifficulties.find((each) => sum((cell) => cell.difficulty === each) < mix[each]);
  if (!short) return null;
  const there = sum((cell) => cell.difficulty === short);
  return {
    hinders: false,
    message: `would draw ${mix[short]} ${short.toLowerCase()} ${mix[short] === 1 ? 'question' : 'questions'} on ${labels(draw.competencies)} by the level’s mix, and the library has ${there === 0 ? 'none' : `only ${there}`}: others stand in.`,
  };
}

/** `5 hard questions on Security`. */
function described(draw: Draw): string {
  const kind = draw.difficulties.length > 0 ? `${kinds(draw)} ` : '';
  const tagged = draw.tags?.length ? ` tagged ${draw.tags.join(', ')}` : '';
  return `${draw.count} ${kind}${draw.count === 1 ? 'question' : 'questions'} on ${labels(draw.competencies)}${tagged}`;
}

function kinds({ difficulties }: Draw): string {
  return questionDifficulties
    .filter((each) => difficulties.includes(each))
    .map((each) => each.toLowerCase())
    .join(' or ');
}

function labels(keys: readonly string[]): string {
  const shown = keys.slice(0, 3).map(competencyLabel);
  const more = keys.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
