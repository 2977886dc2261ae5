import type { EntityManager } from 'typeorm';
import type { Question, Take } from '../../shared/contract/interviews.ts';
import { takeAddress } from '../../shared/model/recording.ts';
import { questionState } from './question-state.ts';

type QuestionRow = Omit<Question, 'answer'> & {
  answerId: string | null;
  transcript: string;
  score: number | null;
  level: NonNullable<Question['answer']>['level'];
  audioUrl: string | null;
  takes: Omit<Take, 'audioUrl'>[];
};

/** An interview's questions in order, with their answers and takes; one query. */
export function readQuestions(manager: EntityManager, interviewId: string): Promise<Question[]> {
  return read(manager, 'questions.interview_id = $1', interviewId);
}

/** One question, which must be there. */
export async function readQuestion(manager: EntityManager, questionId: string): Promise<Question> {
  const [question] = await read(manager, 'questions.id = $1', questionId);
  if (!question) throw new Error(`Question ${questionId} is gone.`);
  return question;
}

async function read(manager: EntityManager, condition: string, id: string): Promise<Question[]> {
  const rows = await manager.query<QuestionRow[]>(
    `
    SELECT questions.id, position, content, difficulty, competency, covers, probes, levels,
      think_time_ms AS "thinkTimeMs", answer_time_ms AS "answerTimeMs", takes_allowed AS "takesAllowed",
      ${questionState} AS state,
      answers.id AS "answerId", transcript, score::float8, level, audio_url AS "audioUrl",
      ARRAY(
        SELECT jsonb_build_object(
          'id', id, 'number', number, 'state', state, 'chosen', chosen, 'recovered', recovered,
          'durationMs', duration_ms, 'sizeBytes', size_bytes, 'startedAt', started_at
        )
        FROM takes WHERE answer_id = answers.id ORDER BY number
      ) AS takes
    FROM questions LEFT JOIN answers ON answers.question_id = questions.id
    WHERE ${condition}
    ORDER BY position
    `,
    [id],
  );
  return rows.map(({ answerId, transcript, score, level, audioUrl, takes, ...question }) => ({
    ...question,
    answer: answerId ? { id: answerId, transcript, score, level, audioUrl, takes: takes.map(toTake) } : null,
  }));
}

function toTake(take: Omit<Take, 'audioUrl'>): Take {
  return {
    ...take,
    startedAt: new Date(take.startedAt).toISOString(),
    audioUrl: takeAddress(take.id),
  };
}
