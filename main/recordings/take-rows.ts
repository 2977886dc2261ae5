import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { recordingFormat } from '../../shared/model/recording.ts';
import { requireCurrentQuestion } from '../database/current-question.ts';
import { Answer, Consent, Interview, Question, Take } from '../database/entities/index.ts';
import { mayHear, mayRecord } from '../database/interview-access.ts';
import { makeAnswer } from '../database/make-answer.ts';
import { makeChosen } from '../database/make-chosen.ts';
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
 * @param request.brokenOff takes that do not count as attempts
 * @param openFile makes the take's file, before the row is committed: a row that is RECORDING always has its file
 * @throws OperationFailure NOT_FOUND for a question that is not the person's own, CONFLICT when the interview is not
 *   IN_PROGRESS or no take is left
 */
export async function addTake(
  dataSource: DataSource,
  request: { questionId: string; personId: string; brokenOff: ReadonlySet<string> },
  openFile: (made: { take: Take; interviewId: string; answerTimeMs: number }) => Promise<void>,
): Promise<Take> {
  return dataSource.transaction(async (manager) => {
    const [question] = await manager.query<
      { id: string; interviewId: string; takesAllowed: number; answerTimeMs: number }[]
    >(
      `SELECT questions.id, interview_id AS "interviewId", takes_allowed AS "takesAllowed",
         answer_time_ms AS "answerTimeMs"
       FROM questions JOIN interviews ON interviews.id = questions.interview_id
       WHERE questions.id = $1 AND interviews.deleted_at IS NULL AND ${mayRecord('$2')}`,
      [request.questionId, request.personId],
    );
    if (!question) throw new OperationFailure('NOT_FOUND', 'This question is not there any more.');
    // Held until the commit, so that the interview cannot end, nor another take be numbered, in between.
    const interview = await manager.findOneOrFail(Interview, {
      select: { id: true, status: true, kind: true },
      where: { id: question.interviewId },
      lock: { mode: 'pessimistic_write' },
    });
    if (interview.status !== 'IN_PROGRESS') {
      throw new OperationFailure(
        'CONFLICT',
        'This interview is not running, so nothing can be recorded in it.',
      );
    }
    // Nobody else hears a practice interview.
    const consentId = interview.kind === 'PRACTICE' ? null : await requireConsent(manager, interview.id);
    if (interview.kind === 'ONE_WAY') await requireCurrentQuestion(manager, question.id);
    await makeAnswer(manager, question.id);
    const answer = await manager.findOneByOrFail(Answer, { questionId: question.id });
    const takes = await manager.find(Take, {
      select: { id: true, number: true, discardedAt: true },
      where: { answerId: answer.id },
      order: { number: 'DESC' },
    });
    const counted = takes.filter(({ id, discardedAt }) => !discardedAt && !request.brokenOff.has(id)).length;
    // In a live interview a question is taken up again as often as they like.
    if (interview.kind !== 'LIVE' && counted >= question.takesAllowed) {
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
      consentId,
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
    await makeChosen(manager, answer.id, take.id);
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

/** A take that this person may hear, in an interview that is not deleted. None that went by a retention rule. */
export async function findOwnTake(
  dataSource: DataSource,
  takeId: string,
  personId: string,
): Promise<OwnedTake | null> {
  const take = await dataSource.manager
    .createQueryBuilder(Take, 'take')
    .innerJoin('take.answer', 'answer')
    .innerJoin('answer.question', 'question')
    .innerJoin(Interview, 'interviews', 'interviews.id = question.interviewId')
    .addSelect(['answer.id', 'question.id', 'question.interviewId'])
    .where('take.id = :takeId AND take.removedAt IS NULL AND take.erasedAt IS NULL', { takeId })
    .andWhere('interviews.deletedAt IS NULL')
    .andWhere(mayHear(':personId'), { personId })
    .getOne();
  return take && { take, interviewId: take.answer.question.interviewId, personId };
}

/**
 * What the candidate has agreed to, by the newest of what they have said.
 *
 * @returns the consent's id
 * @throws OperationFailure CONFLICT when they have not been asked, or have declined
 */
async function requireConsent(manager: EntityManager, interviewId: string): Promise<string> {
  const consent = await manager.findOne(Consent, {
    select: { id: true, decision: true },
    where: { interviewId },
    order: { decidedAt: 'DESC', id: 'DESC' },
  });
  if (!consent) {
    throw new OperationFailure(
      'CONFLICT',
      'The candidate has not agreed to be recorded yet. Ask them first.',
    );
  }
  if (consent.decision === 'DECLINED') {
    throw new OperationFailure(
      'CONFLICT',
      'The candidate has declined to be recorded, so this interview goes on without recording.',
    );
  }
  return consent.id;
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
