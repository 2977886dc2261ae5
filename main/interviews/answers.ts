import { type DataSource, type EntityManager, IsNull } from 'typeorm';
import type { Question } from '../../shared/contract/interviews.ts';
import { type Level, scoreOfLevel } from '../../shared/model/rating.ts';
import { Answer, Take } from '../database/entities/index.ts';
import { makeAnswer } from '../database/make-answer.ts';
import { makeChosen } from '../database/make-chosen.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { type AccessAs, holdForChange } from './own-interview.ts';
import { readQuestion } from './read-questions.ts';
import { refuseRemoved } from './removed-take.ts';

/** What changed, and in which interview. */
export interface ChangedQuestion {
  readonly interviewId: string;
  readonly question: Question;
}

/**
 * Chooses one of an answer's takes: its audio becomes the answer's. The others are kept.
 *
 * @throws OperationFailure NOT_FOUND, CONFLICT while it is being recorded
 */
export function chooseTake(
  dataSource: DataSource,
  person: SignedInPerson,
  takeId: string,
  as?: AccessAs,
): Promise<ChangedQuestion> {
  return dataSource.transaction(async (manager) => {
    const interview = await holdForChange(manager, person, { takeId }, as);
    const { answerId } = await manager.findOneByOrFail(Take, { id: takeId });
    // The answer is held before its takes, here as where a take is stopped, so that the two never wait for each other.
    const answer = await manager.findOneOrFail(Answer, {
      where: { id: answerId },
      lock: { mode: 'pessimistic_write' },
    });
    const take = await manager.findOneByOrFail(Take, { id: takeId });
    if (take.state === 'RECORDING') {
      throw new OperationFailure('CONFLICT', 'This take is still being recorded. Stop it first.');
    }
    refuseRemoved(take);
    if (take.discardedAt) {
      throw new OperationFailure('CONFLICT', 'This take was discarded. Bring it back first.');
    }
    await makeChosen(manager, answer.id, takeId);
    // Whoever chooses a recovered take wants to keep it.
    if (take.recovered)
      await manager.update(Take, { id: takeId, keptAt: IsNull() }, { keptAt: () => 'now()' });
    return { interviewId: interview.id, question: await readQuestion(manager, answer.questionId) };
  });
}

/**
 * Keeps what a person typed as the answer's transcript, during the interview or after it. The last one to write wins.
 *
 * @throws OperationFailure NOT_FOUND, CONFLICT for a question that was never asked
 */
export function saveTranscript(
  dataSource: DataSource,
  person: SignedInPerson,
  { questionId, transcript }: { questionId: string; transcript: string },
): Promise<void> {
  return dataSource.transaction(async (manager) => {
    await holdForChange(manager, person, { questionId });
    const { state } = await readQuestion(manager, questionId);
    if (state === 'NOT_ASKED') throw notAsked();
    await makeAnswer(manager, questionId);
    // Spaces alone say nothing, and would count as an answer.
    const words = transcript.trim() === '' ? '' : transcript;
    await manager.update(Answer, { questionId }, { transcript: words });
  });
}

/**
 * Rates an answer against its rubric; null takes the rating back. The interview's score follows at the same time.
 *
 * @throws OperationFailure NOT_FOUND, CONFLICT for a question that was never asked or was skipped
 */
export function rateAnswer(
  dataSource: DataSource,
  person: SignedInPerson,
  { questionId, level }: { questionId: string; level: Level | null },
): Promise<ChangedQuestion> {
  return dataSource.transaction(async (manager) => {
    const interview = await holdForChange(manager, person, { questionId });
    const { state } = await readQuestion(manager, questionId);
    if (level !== null) {
      if (state === 'NOT_ASKED') throw notAsked();
      if (state === 'SKIPPED') {
        throw new OperationFailure('CONFLICT', 'This question was skipped, so there is no answer to rate.');
      }
      await makeAnswer(manager, questionId);
    }
    const score = level === null ? null : scoreOfLevel(level);
    await manager.update(Answer, { questionId }, { level, score });
    await updateInterviewScore(manager, interview.id);
    return { interviewId: interview.id, question: await readQuestion(manager, questionId) };
  });
}

/** An interview's score is the mean of its answers' scores; null while none is rated. */
async function updateInterviewScore(manager: EntityManager, interviewId: string): Promise<void> {
  await manager.query(
    `
    UPDATE interviews SET updated_at = now(), score = (
      SELECT round(avg(answers.score), 2)
      FROM questions JOIN answers ON answers.question_id = questions.id
      WHERE questions.interview_id = $1
    )
    WHERE id = $1
    `,
    [interviewId],
  );
}

function notAsked(): OperationFailure {
  return new OperationFailure('CONFLICT', 'This question has not been asked yet.');
}
