import { isOnPanel } from '../database/interview-access.ts';

/** What a table has to do with one person, whose id is `$1` in all SQL here. */
export interface PersonalTable {
  /**
   * What becomes of it when they are erased: rows `GO` with the row of the person, by foreign keys; or rows of others
   * only `LOSE_NAME`, what pointed at the person being emptied; or nothing happens.
   */
  readonly erased: 'GO' | 'LOSE_NAME' | 'STAY';
  /** Which rows those are. */
  readonly theirs?: string;
  /** What is handed out to the person. */
  readonly given?: {
    readonly columns: string;
    /** Which rows, where those are others than `theirs`. */
    readonly where?: string;
    /** Only where the person asks for it themselves: what they wrote about others, which no admin may read. */
    readonly selfOnly?: true;
  };
}

const ofInterviews = (column: string) =>
  `${column} IN (SELECT interviews.id FROM interviews WHERE interviews.user_id = $1)`;
const ofQuestions = (column: string) =>
  `${column} IN (SELECT questions.id FROM questions WHERE ${ofInterviews('questions.interview_id')})`;
const ofAnswers = `takes.answer_id IN (SELECT answers.id FROM answers WHERE ${ofQuestions('answers.question_id')})`;
const ofScorecards = (column: string, which: string) =>
  `${column} IN (SELECT scorecards.id FROM scorecards WHERE ${which})`;

/** An interview of others that they are still on the panel of. */
const onPanel = (column: string) =>
  `EXISTS (SELECT FROM interviews WHERE interviews.id = ${column} AND ${isOnPanel('$1')})`;
const ownScorecard = `scorecards.interviewer_id = $1 AND ${onPanel('scorecards.interview_id')}`;

/** Of their own practice they see everything; of another interview neither rubric nor scores nor difficulty. */
const inPractice = (column: string, name = column) =>
  `CASE WHEN EXISTS (
     SELECT FROM interviews WHERE interviews.id = questions.interview_id AND interviews.kind = 'PRACTICE'
   ) THEN questions.${column} END AS ${name}`;
const scoredInPractice = (expression: string, name: string) =>
  `CASE WHEN EXISTS (
     SELECT FROM questions JOIN interviews ON interviews.id = questions.interview_id
     WHERE questions.id = answers.question_id AND interviews.kind = 'PRACTICE'
   ) THEN ${expression} END AS ${name}`;

/**
 * Every table, what of it is about one person, what is handed out of it and what erasing does to it: the one place where
 * this is said. Tests hold it against the schema and its foreign keys, and docs/guide/your-data.md against it.
 */
export const personalTables = {
  users: {
    erased: 'GO',
    theirs: 'users.id = $1',
    given: { columns: 'id, email, email_verified, name, role, state, created_at, updated_at' },
  },
  sessions: {
    erased: 'GO',
    theirs: 'sessions.user_id = $1',
    given: { columns: 'id, label, remembered, last_used_at, expires_at, created_at' },
  },
  saved_filters: {
    erased: 'GO',
    theirs: 'saved_filters.user_id = $1',
    given: { columns: 'id, screen, name, filter, created_at, updated_at' },
  },
  candidate_profiles: {
    erased: 'GO',
    theirs: 'candidate_profiles.user_id = $1',
    given: {
      columns: `user_id, headline, phone, time_multiplier::float8 AS time_multiplier, extra_takes,
        accommodation_note, created_at, updated_at`,
    },
  },
  interviews: {
    erased: 'GO',
    theirs: 'interviews.user_id = $1',
    given: {
      columns: `id, kind, title, status, started_at, ended_at, scheduled_at, due_at,
        time_multiplier::float8 AS time_multiplier, extra_takes, accommodation_note, deleted_at, created_at,
        updated_at, CASE WHEN kind = 'PRACTICE' THEN difficulty END AS difficulty,
        CASE WHEN kind = 'PRACTICE' THEN score::float8 END AS score`,
    },
  },
  questions: {
    erased: 'GO',
    theirs: ofInterviews('questions.interview_id'),
    given: {
      columns: `id, interview_id, position, content, think_time_ms, answer_time_ms, takes_allowed, asked_at,
        skipped_at, ${inPractice('difficulty')}, ${inPractice('competency')}, ${inPractice('covers')},
        ${inPractice('probes')}, ${inPractice('levels')}`,
      // What has not been asked yet nobody may read beforehand.
      where: `${ofInterviews('questions.interview_id')} AND (asked_at IS NOT NULL OR EXISTS (
        SELECT FROM interviews WHERE interviews.id = questions.interview_id AND interviews.kind = 'PRACTICE'))`,
    },
  },
  answers: {
    erased: 'GO',
    theirs: ofQuestions('answers.question_id'),
    given: {
      columns: `id, question_id, transcript, transcript_removed_at, created_at, updated_at, ${scoredInPractice('level', 'level')},
        ${scoredInPractice('score::float8', 'score')}`,
    },
  },
  takes: {
    erased: 'GO',
    theirs: ofAnswers,
    given: {
      columns: `id, answer_id, number, state, chosen, recovered, kept_at, discarded_at, removed_at, consent_id, mime_type,
        duration_ms, size_bytes, sha256, started_at, stopped_at`,
      // What was deleted for good is nowhere any more, though a file of it may still wait to be removed.
      where: `${ofAnswers} AND takes.erased_at IS NULL`,
    },
  },
  /** What is announced of their interviews, and which of them an admin keeps. */
  retention_notices: { erased: 'GO', theirs: ofInterviews('retention_notices.interview_id') },
  retention_holds: { erased: 'GO', theirs: ofInterviews('retention_holds.interview_id') },
  consents: {
    erased: 'GO',
    theirs: ofInterviews('consents.interview_id'),
    given: {
      columns: `id, interview_id, decision, decided_at, recorded_by = $1 AS by_themselves,
        (SELECT jsonb_build_object('name', name, 'version', version, 'body', body) FROM consent_texts
         WHERE consent_texts.id = consent_text_id) AS text`,
    },
  },
  /** Who judged them goes with their interviews; which panels of others they are on is theirs. */
  panel_members: {
    erased: 'GO',
    theirs: `panel_members.user_id = $1 OR ${ofInterviews('panel_members.interview_id')}`,
    given: { columns: 'id, interview_id, created_at', where: onPanelOf('panel_members.user_id = $1') },
  },
  notes: {
    erased: 'GO',
    theirs: ofInterviews('notes.interview_id'),
    given: {
      columns: 'id, interview_id, body, noted_at, at_ms, created_at, updated_at',
      where: `notes.author_id = $1 AND ${onPanel('notes.interview_id')}`,
      selfOnly: true,
    },
  },
  scorecards: {
    erased: 'GO',
    theirs: ofInterviews('scorecards.interview_id'),
    given: {
      columns: `id, interview_id, state, recommendation, takeaways, private_notes, shared_notes, submitted_at,
        created_at, updated_at`,
      where: ownScorecard,
      selfOnly: true,
    },
  },
  ratings: {
    erased: 'GO',
    theirs: ofScorecards('ratings.scorecard_id', ofInterviews('scorecards.interview_id')),
    given: {
      columns: 'id, scorecard_id, question_id, competency, level, evidence, created_at, updated_at',
      where: ofScorecards('ratings.scorecard_id', ownScorecard),
      selfOnly: true,
    },
  },
  scorecard_events: {
    erased: 'GO',
    theirs: ofScorecards('scorecard_events.scorecard_id', ofInterviews('scorecards.interview_id')),
    given: {
      columns: 'id, scorecard_id, act, reason, created_at',
      where: ofScorecards('scorecard_events.scorecard_id', ownScorecard),
      selfOnly: true,
    },
  },
  /** By their address; what it counts is for whoever guards the door. */
  sign_in_throttles: { erased: 'GO' },
  /** What they did and what was done to them; to whom they did it, and what was there before, is about others as well. */
  audit_entries: {
    erased: 'LOSE_NAME',
    theirs: `audit_entries.actor_id = $1 OR (subject_kind = 'person' AND subject_id = $1::text)`,
    given: { columns: 'id, action, coalesce(actor_id = $1, false) AS by_themselves, created_at' },
  },
  /** What they wrote for everybody: that they did is theirs, the text is the team's. */
  library_questions: { erased: 'LOSE_NAME', theirs: 'library_questions.changed_by = $1' },
  library_question_versions: {
    erased: 'LOSE_NAME',
    theirs: 'library_question_versions.changed_by = $1',
    given: { columns: 'question_id, version, created_at' },
  },
  interview_kit_versions: {
    erased: 'LOSE_NAME',
    theirs: 'interview_kit_versions.changed_by = $1',
    given: { columns: 'id, kit_id, version, created_at' },
  },
  consent_texts: {
    erased: 'LOSE_NAME',
    theirs: 'consent_texts.changed_by = $1',
    given: { columns: 'id, name, version, created_at' },
  },
  /** That an admin had the rules applied is in the audit log too. */
  retention_runs: { erased: 'LOSE_NAME', theirs: 'retention_runs.actor_id = $1' },
  retention_rules: { erased: 'STAY' },
  interview_kits: { erased: 'STAY' },
  settings: { erased: 'STAY' },
  /** The ids of interviews that are gone, so that every machine removes its files of them. */
  purged_interviews: { erased: 'STAY' },
} as const satisfies Record<string, PersonalTable>;

export type PersonalTableName = keyof typeof personalTables;

function onPanelOf(theirs: string): string {
  return `${theirs} AND ${onPanel('panel_members.interview_id')}`;
}
