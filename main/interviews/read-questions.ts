import type { EntityManager } from 'typeorm';
import type { DiscardedTake, Question, Take } from '../../shared/contract/interviews.ts';
import { restorableDays } from '../../shared/model/limits.ts';
import { takeAddress } from '../../shared/model/recording.ts';
import { questionState } from './question-state.ts';

/** A question with what only those who hold the interview are told. */
export interface ReadQuestion extends Question {
  passedOver: boolean;
  libraryQuestionId: string | null;
}

type QuestionRow = Omit<ReadQuestion, 'answer'> & {
  answerId: string | null;
  transcript: string;
  score: number | null;
  level: NonNullable<Question['answer']>['level'];
  audioUrl: string | null;
  transcriptRemovedAt: Date | null;
  takes: TakeRow[];
};

type TakeRow = Omit<Take, 'audioUrl'> & { discardedAt: string | null; removedAt: string | null };

/** An interview's questions in order, with their answers and takes; one query. */
export function readQuestions(manager: EntityManager, interviewId: string): Promise<ReadQuestion[]> {
  return read(manager, 'questions.interview_id = $1', interviewId);
}

/** Those of many interviews, in no order. */
export function readQuestionsById(manager: EntityManager, ids: readonly string[]): Promise<ReadQuestion[]> {
  return read(manager, 'questions.id = ANY($1)', ids);
}

/** One question, which must be there. */
export async function readQuestion(manager: EntityManager, questionId: string): Promise<Question> {
  const [question] = await read(manager, 'questions.id = $1', questionId);
  if (!question) throw new Error(`Question ${questionId} is gone.`);
  return question;
}

async function read(manager: EntityManager, condition: string, which: unknown): Promise<ReadQuestion[]> {
  const rows = await manager.query<QuestionRow[]>(
    `
    SELECT questions.id, position, content, difficulty, competency, covers, probes, levels,
      think_time_ms AS "thinkTimeMs", answer_time_ms AS "answerTimeMs", takes_allowed AS "takesAllowed",
      ${questionState} AS state, skipped_at IS NOT NULL AND asked_at IS NULL AS "passedOver",
      library_question_id AS "libraryQuestionId",
      answers.id AS "answerId", transcript, score::float8, level, audio_url AS "audioUrl",
      transcript_removed_at AS "transcriptRemovedAt",
      ARRAY(
        SELECT jsonb_build_object(
          'id', id, 'number', number, 'state', state, 'chosen', chosen, 'recovered', recovered,
          'offered', recovered AND state <> 'RECORDING' AND kept_at IS NULL AND discarded_at IS NULL,
          'durationMs', duration_ms, 'sizeBytes', size_bytes, 'startedAt', started_at,
          'discardedAt', discarded_at, 'removedAt', removed_at
        )
        FROM takes
        WHERE answer_id = answers.id AND erased_at IS NULL
          AND (discarded_at IS NULL OR discarded_at > now() - make_interval(days => $2))
        ORDER BY number
      ) AS takes
    FROM questions LEFT JOIN answers ON answers.question_id = questions.id
    WHERE ${condition}
    ORDER BY position
    `,
    [which, restorableDays],
  );
  return rows.map(
    ({ answerId, transcript, score, level, audioUrl, transcriptRemovedAt, takes, ...question }) => ({
      ...question,
      answer: answerId
        ? {
            ...{ id: answerId, transcript, score, level, audioUrl, ...apart(takes) },
            transcriptRemovedAt: transcriptRemovedAt?.toISOString() ?? null,
          }
        : null,
    }),
  );
}

/** Splits takes into those that count and those that were discarded; of what went by a retention rule there is the date. */
function apart(rows: readonly TakeRow[]): {
  takes: Take[];
  discarded: DiscardedTake[];
  recordingsRemovedAt: string | null;
} {
  const takes: Take[] = [];
  const discarded: DiscardedTake[] = [];
  let recordingsRemovedAt: string | null = null;
  for (const { discardedAt, removedAt, ...row } of rows) {
    if (removedAt !== null) {
      const at = new Date(removedAt).toISOString();
      if (recordingsRemovedAt === null || at > recordingsRemovedAt) recordingsRemovedAt = at;
      continue;
    }
    const take = {
      ...row,
      startedAt: new Date(row.startedAt).toISOString(),
      audioUrl: takeAddress(row.id),
    };
    if (discardedAt === null) takes.push(take);
    else discarded.push({ ...take, discardedAt: new Date(discardedAt).toISOString() });
  }
  return { takes, discarded, recordingsRemovedAt };
}
