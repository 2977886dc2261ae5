/** The competencies of the starter library; each has a file of the same name in this folder. */
type StarterCompetency =
  | 'algorithms'
  | 'code-quality'
  | 'system-design'
  | 'databases'
  | 'concurrency'
  | 'networking'
  | 'testing'
  | 'operations'
  | 'security'
  | 'collaboration';

/** EASY: a junior engineer can answer well. HARD: asks for the judgement of a staff engineer. */
type StarterDifficulty = 'EASY' | 'MEDIUM' | 'HARD';

/**
 * What an answer looks like at level 1 (missing or wrong), 2, 3 (solid, expected), 4 and 5 (outstanding).
 * Levels 4 and 5 build on the one before.
 */
type StarterLevels = readonly [string, string, string, string, string];

/** One question of the library that comes with Parley. */
export interface StarterQuestion {
  /**
   * Identifies the question for good: unique, kebab-case, beginning with the competency and a hyphen.
   * It never changes, even when the wording of the question does.
   */
  readonly slug: string;

  /** The competency the question examines. */
  readonly competency: StarterCompetency;

  /** How demanding the question is. */
  readonly difficulty: StarterDifficulty;

  /**
   * What is asked, worded to be spoken to a candidate.
   * It can be answered aloud in two to five minutes, without a whiteboard or code editor.
   */
  readonly content: string;

  /** The points that a good answer covers. A strong answer need not name every one of them. */
  readonly covers: readonly string[];

  /** Anchors for rating an answer: observable behaviour at levels 1 to 5, specific to this question. */
  readonly levels: StarterLevels;

  /** Follow-up questions, for when an answer leaves room to go deeper. */
  readonly probes: readonly string[];
}
