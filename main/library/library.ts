import type { DataSource, EntityManager } from 'typeorm';
import type { CompetencyCount } from '../../shared/contract/competency-count.ts';
import { competencyLabel } from '../../shared/model/competencies.ts';
import type { InterviewDifficulty, QuestionDifficulty } from '../../shared/model/difficulty.ts';
import { LibraryQuestion } from '../database/entities/index.ts';
import type { HandlersOf } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { type DrawableQuestion, drawQuestions } from './draw-questions.ts';
import { exportQuestions } from './export-questions.ts';
import { readFacets } from './facets.ts';
import { checkImport, importQuestions } from './import-questions.ts';
import { installStarter } from './install-starter.ts';
import { listQuestions } from './list-questions.ts';
import {
  archiveQuestion,
  createQuestion,
  duplicateQuestion,
  readQuestion,
  readVersion,
  revertQuestion,
  updateQuestion,
} from './questions.ts';

/** What a person wants drawn. */
export interface DrawWish {
  readonly personId: string;
  readonly difficulty: InterviewDifficulty;
  readonly count: number;
  /** Keys. */
  readonly competencies: readonly string[];
  /** Only what has all of them. */
  readonly tags?: readonly string[];
  /** Only of these; empty or left out: by the mix of the interview's difficulty. */
  readonly difficulties?: readonly QuestionDifficulty[];
  /** Only what this person was never asked. */
  readonly neverAsked?: boolean;
  /** Only what candidates may practise. */
  readonly forPractice?: boolean;
  /** Ids of questions that are not to be drawn. */
  readonly except?: ReadonlySet<string>;
}

/** The library of reusable questions. */
export interface Library {
  /** Puts the questions that come with Parley into the library, or brings them up to date. */
  installStarter(dataSource: DataSource): Promise<void>;
  /** What there is to practise, by competency. */
  practiceCompetencies(dataSource: DataSource): Promise<CompetencyCount[]>;
  handlers(database: { readonly dataSource: DataSource }): HandlersOf<'library'>;
  /**
   * Draws questions for a person's interview, in the order to ask them.
   *
   * @throws OperationFailure INVALID_INPUT when the competencies hold fewer questions than wanted
   */
  draw(manager: EntityManager, wish: DrawWish): Promise<LibraryQuestion[]>;
}

export function createLibrary(): Library {
  return {
    installStarter,
    practiceCompetencies: (dataSource) => competencyCounts(dataSource, 'archived_at IS NULL AND practice'),
    handlers: (database) => ({
      'library.competencies': () => competencyCounts(database.dataSource),
      'library.list': ({ input, person }) => listQuestions(database.dataSource, person, input),
      'library.facets': () => readFacets(database.dataSource),
      'library.get': ({ input, person }) => readQuestion(database.dataSource.manager, person, input.id),
      'library.version': ({ input }) => readVersion(database.dataSource, input),
      'library.create': ({ input, person }) => createQuestion(database.dataSource, person, input),
      'library.update': ({ input, person }) => updateQuestion(database.dataSource, person, input),
      'library.revert': ({ input, person }) => revertQuestion(database.dataSource, person, input),
      'library.archive': ({ input, person }) => archiveQuestion(database.dataSource, person, input.id, true),
      'library.restore': ({ input, person }) => archiveQuestion(database.dataSource, person, input.id, false),
      'library.duplicate': ({ input, person }) => duplicateQuestion(database.dataSource, person, input.id),
      'library.checkImport': ({ input }) => checkImport(database.dataSource, input),
      'library.import': ({ input, person }) => importQuestions(database.dataSource, person, input),
      'library.export': ({ input }) => exportQuestions(database.dataSource, input),
    }),
    draw,
  };
}

async function competencyCounts(
  dataSource: DataSource,
  condition = 'archived_at IS NULL',
): Promise<CompetencyCount[]> {
  const rows = await dataSource.query<({ key: string } & Record<QuestionDifficulty, number>)[]>(`
    SELECT competency AS key,
      (count(*) FILTER (WHERE difficulty = 'EASY'))::int AS "EASY",
      (count(*) FILTER (WHERE difficulty = 'MEDIUM'))::int AS "MEDIUM",
      (count(*) FILTER (WHERE difficulty = 'HARD'))::int AS "HARD"
    FROM library_questions
    WHERE ${condition}
    GROUP BY competency
  `);
  return rows
    .map((row) => ({ ...row, label: competencyLabel(row.key) }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));
}

async function draw(manager: EntityManager, wish: DrawWish): Promise<LibraryQuestion[]> {
  const { difficulties = [], neverAsked = false, except } = wish;
  const pool = (await drawableQuestions(manager, wish)).filter(
    ({ id, difficulty, lastAskedAt }) =>
      !except?.has(id) &&
      (difficulties.length === 0 || difficulties.includes(difficulty)) &&
      !(neverAsked && lastAskedAt),
  );
  const competencies = new Set(wish.competencies);
  const empty = [...competencies].filter((key) => !pool.some(({ competency }) => competency === key));
  if (empty.length > 0) {
    throw new OperationFailure(
      'INVALID_INPUT',
      `The library has no questions on ${empty.map(competencyLabel).join(', ')}. Please choose other competencies.`,
      { fields: { competencies: 'The library has no questions on some of these.' } },
    );
  }
  if (pool.length < wish.count) {
    const held = pool.length === 1 ? 'one question' : `${pool.length} questions`;
    throw new OperationFailure(
      'INVALID_INPUT',
      `The competencies you chose hold ${held}. Choose more competencies, or fewer questions.`,
      { fields: { questionCount: `At most ${pool.length} with these competencies.` } },
    );
  }
  const drawn = drawQuestions(pool, wish, { now: new Date(), random: Math.random });
  const questions = await manager
    .createQueryBuilder(LibraryQuestion, 'question')
    .whereInIds(drawn.map(({ id }) => id))
    .getMany();
  const byId = new Map(questions.map((question) => [question.id, question]));
  return drawn.map(({ id }) => byId.get(id)).filter((question) => question !== undefined);
}

/**
 * What of the library may be drawn, with when this person was last asked it. Looks back 200 interviews, so that it
 * stays quick for somebody who practises every day: what has not come up since then is as good as new.
 */
function drawableQuestions(
  manager: EntityManager,
  { personId, competencies, tags = [], forPractice = false }: DrawWish,
): Promise<DrawableQuestion[]> {
  return manager.query<DrawableQuestion[]>(
    `
    WITH recent AS (
      SELECT id FROM interviews WHERE user_id = $1
      ORDER BY coalesce(started_at, created_at) DESC, id DESC
      LIMIT 200
    ), asked AS (
      SELECT questions.library_question_id AS id, max(questions.asked_at) AS last_asked_at
      FROM recent JOIN questions ON questions.interview_id = recent.id
      GROUP BY questions.library_question_id
    )
    SELECT library.id, library.competency, library.difficulty, asked.last_asked_at AS "lastAskedAt"
    FROM library_questions library LEFT JOIN asked ON asked.id = library.id
    WHERE library.archived_at IS NULL AND library.competency = ANY ($2) AND library.tags @> $3::text[]
      AND (library.practice OR NOT $4)
    `,
    [personId, competencies, tags, forPractice],
  );
}
