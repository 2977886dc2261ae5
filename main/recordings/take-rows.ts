import { type DataSource, IsNull } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { recordingFormat, takeAddress } from '../../shared/model/recording.ts';
import { Answer, Interview, Question, Take } from '../database/entities/index.ts';
import { makeAnswer } from '../database/make-answer.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import type { Remuxed } from './remux.ts';

/** A take with what leads to its owner and its files. */
export interface OwnedTake {
  take: Take;
  interviewId: string;
  personId: string;
}

/**
 * Adds a take to a question's answer, and the answer where there is none.
 *
 * @param openFile makes the take's file, before the row is committed: a row that is RECORDING always has its file
 * @throws OperationFailure NOT_FOUND for a question that is not the person's own, CONFLICT when the interview is not
 *   IN_PROGRESS or no take is left
 */
export async function addTake(
  dataSource: DataSource,
  request: { questionId: string; personId: string },
  openFile: (made: { take: Take; interviewId: string; answerTimeMs: number }) => Promise<void>,
): Promise<Take> {
  return dataSource.transaction(async (manager) => {
    const question = await manager.findOne(Question, {
      select: { id: true, interviewId: true, takesAllowed: true, answerTimeMs: true },
      where: {
        id: request.questionId,
        interview: { userId: request.personId, deletedAt: IsNull() },
      },
    });
    if (!question) throw new OperationFailure('NOT_FOUND', 'This question is not there any more.');
    // Held until the commit, so that the interview cannot end, nor another take be numbered, in between.
    const interview = await manager.findOneOrFail(Interview, {
      select: { id: true, status: true },
      where: { id: question.interviewId },
      lock: { mode: 'pessimistic_write' },
    });
    if (interview.status !== 'IN_PROGRESS') {
      throw new OperationFailure(
        'CONFLICT',
        'This interview is not running, so nothing can be recorded in it.',
      );
    }
    await makeAnswer(manager, question.id);
    const answer = await manager.findOneByOrFail(Answer, { questionId: question.id });
    const takes = await manager.find(Take, {
      select: { id: true, number: true, discardedAt: true },
      where: { answerId: answer.id },
      order: { number: 'DESC' },
    });
    if (takes.filter((take) => take.discardedAt === null).length >= question.takesAllowed) {
      throw new OperationFailure(
        'CONFLICT',
        question.takesAllowed === 1
          ? 'This question allows one attempt, and it is used.'
          : `All ${question.takesAllowed} attempts at this question are used.`,
        { takesAllowed: question.takesAllowed },
      );
    }
    const take = manager.create(Take, {
      id: uuidv7(),
      answerId: answer.id,
      number: (takes[0]?.number ?? 0) + 1,
      mimeType: recordingFormat.mimeType,
      startedAt: new Date(),
    });
    await manager.insert(Take, take);
    await openFile({ take, interviewId: interview.id, answerTimeMs: question.answerTimeMs });
    return take;
  });
}

/**
 * RECORDING → STOPPED, and the take becomes the answer's chosen one; a recovered one only where none is chosen, since
 * a take that was cut off should not replace a complete one behind a person's back. Harmless when repeated.
 */
export async function markStopped(
  dataSource: DataSource,
  stopped: {
    takeId: string;
    stoppedAt: Date;
    durationMs: number | null;
    sizeBytes: number | null;
    recovered: boolean;
  },
): Promise<void> {
  await dataSource.transaction(async (manager) => {
    const take = await manager.findOneBy(Take, { id: stopped.takeId });
    if (!take) return;
    const answer = await manager.findOneOrFail(Answer, {
      where: { id: take.answerId },
      lock: { mode: 'pessimistic_write' },
    });
    const { affected } = await manager.update(
      Take,
      { id: take.id, state: 'RECORDING' },
      {
        state: 'STOPPED',
        stoppedAt: stopped.stoppedAt,
        durationMs: stopped.durationMs,
        sizeBytes: stopped.sizeBytes,
        recovered: stopped.recovered,
      },
    );
    if (affected === 0) return;
    // What has been spoken is not skipped.
    await manager.update(Question, { id: answer.questionId }, { skippedAt: null });
    if (stopped.recovered && (await manager.existsBy(Take, { answerId: answer.id, chosen: true }))) return;
    await manager.update(Take, { answerId: answer.id, chosen: true }, { chosen: false });
    await manager.update(Take, { id: take.id }, { chosen: true });
    await manager.update(Answer, { id: answer.id }, { audioUrl: takeAddress(take.id) });
  });
}

/**
 * STOPPED → FINISHED.
 *
 * @returns false when the row has gone
 */
export async function markFinished(
  dataSource: DataSource,
  takeId: string,
  { durationMs, sizeBytes, sha256 }: Remuxed,
): Promise<boolean> {
  const { affected } = await dataSource.manager.update(
    Take,
    { id: takeId },
    { state: 'FINISHED', durationMs, sizeBytes, sha256 },
  );
  return affected !== 0;
}

/** Takes back a take in which nothing was recorded, and its answer where that holds nothing else. */
export async function removeEmptyTake(dataSource: DataSource, takeId: string): Promise<void> {
  await dataSource.transaction(async (manager) => {
    const take = await manager.findOneBy(Take, { id: takeId });
    if (!take) return;
    await manager.delete(Take, { id: takeId });
    await manager.query(
      `DELETE FROM answers WHERE id = $1 AND transcript = '' AND level IS NULL
         AND NOT EXISTS (SELECT FROM takes WHERE takes.answer_id = answers.id)`,
      [take.answerId],
    );
  });
}

/** A take of this person's, in an interview that is not deleted. */
export async function findOwnTake(
  dataSource: DataSource,
  takeId: string,
  personId: string,
): Promise<OwnedTake | null> {
  const take = await dataSource.manager.findOne(Take, {
    where: { id: takeId, answer: { question: { interview: { userId: personId, deletedAt: IsNull() } } } },
    relations: { answer: { question: true } },
  });
  return take && { take, interviewId: take.answer.question.interviewId, personId };
}

/** The interviews that have takes which are not FINISHED. */
export async function findUnfinishedInterviews(dataSource: DataSource): Promise<Set<string>> {
  const rows = await dataSource.query<{ interview_id: string }[]>(
    `SELECT DISTINCT questions.interview_id
     FROM takes JOIN answers ON answers.id = takes.answer_id JOIN questions ON questions.id = answers.question_id
     WHERE takes.state <> 'FINISHED'`,
  );
  return new Set(rows.map((row) => row.interview_id));
}

/** Every take of some interviews. */
export async function findTakesOf(
  dataSource: DataSource,
  interviewIds: readonly string[],
): Promise<OwnedTake[]> {
  const takes = await dataSource.manager
    .createQueryBuilder(Take, 'take')
    .innerJoin('take.answer', 'answer')
    .innerJoin('answer.question', 'question')
    .innerJoin('question.interview', 'interview')
    .addSelect(['answer.id', 'question.id', 'question.interviewId', 'interview.id', 'interview.userId'])
    .where('interview.id = ANY(:interviewIds)', { interviewIds })
    .orderBy('take.id')
    .getMany();
  return takes.map((take) => ({
    take,
    interviewId: take.answer.question.interviewId,
    personId: take.answer.question.interview.userId,
  }));
}
