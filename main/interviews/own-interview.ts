import type { EntityManager } from 'typeorm';
import type { InterviewKind, InterviewStatus } from '../../shared/model/interview.ts';
import { isOnLivePanel, isOnPanel, isOwnOneWay, isOwnPractice } from '../database/interview-access.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

/** An interview as far as the rules of its life go. */
export interface OwnInterview {
  readonly id: string;
  readonly kind: InterviewKind;
  readonly status: InterviewStatus;
  readonly deletedAt: Date | null;
}

/** An interview, or something inside it, by its id. */
export type InterviewPart =
  | { readonly interviewId: string }
  | { readonly questionId: string }
  | { readonly takeId: string };

/** Who somebody is to an interview; main/database/interview-access.ts says what that means. */
export type AccessAs = 'practice' | 'oneWay' | 'panel' | 'livePanel';

const accessAs = {
  practice: isOwnPractice,
  oneWay: isOwnOneWay,
  panel: isOnPanel,
  livePanel: isOnLivePanel,
} as const;

/**
 * The interview that something belongs to, where it is this person's.
 *
 * @param as a practice interview of theirs unless said otherwise
 * @throws OperationFailure NOT_FOUND, for somebody else's as well: that it exists is theirs to know
 */
export function ownInterview(
  manager: EntityManager,
  person: SignedInPerson,
  part: InterviewPart,
  as: AccessAs = 'practice',
): Promise<OwnInterview> {
  return find(manager, person, part, as, '');
}

/**
 * The same, held until the transaction ends, so that nobody else changes it, its questions or its answers meanwhile.
 * Whatever is decided by must be read after this.
 *
 * @throws OperationFailure NOT_FOUND
 */
export function holdOwnInterview(
  manager: EntityManager,
  person: SignedInPerson,
  part: InterviewPart,
  as: AccessAs = 'practice',
): Promise<OwnInterview> {
  return find(manager, person, part, as, 'FOR NO KEY UPDATE');
}

/**
 * The same, for a change: an interview that was deleted has to be restored first, and a candidate changes nothing in a
 * one-way interview before it begins nor after it is submitted.
 *
 * @throws OperationFailure NOT_FOUND, CONFLICT
 */
export async function holdForChange(
  manager: EntityManager,
  person: SignedInPerson,
  part: InterviewPart,
  as: AccessAs = 'practice',
): Promise<OwnInterview> {
  const interview = await holdOwnInterview(manager, person, part, as);
  if (as === 'oneWay') {
    if (interview.deletedAt) throw notFound('interview');
    if (interview.status === 'COMPLETED') throw submitted();
    requireInProgress(interview);
  }
  refuseDeleted(interview);
  return interview;
}

/** @throws OperationFailure CONFLICT */
export function refuseDeleted({ deletedAt }: OwnInterview): void {
  if (deletedAt) {
    throw new OperationFailure('CONFLICT', 'This interview has been deleted. Restore it first.');
  }
}

/** @throws OperationFailure CONFLICT */
export function requireInProgress({ status }: OwnInterview): void {
  if (status === 'IN_PROGRESS') return;
  throw new OperationFailure(
    'CONFLICT',
    status === 'PENDING' ? 'This interview has not begun yet.' : 'This interview has ended.',
  );
}

function submitted(): OperationFailure {
  return new OperationFailure(
    'CONFLICT',
    'You have submitted this interview, so nothing in it can be changed any more.',
  );
}

export function notFound(what: 'interview' | 'question' | 'recording'): OperationFailure {
  return new OperationFailure('NOT_FOUND', `Parley does not find this ${what}. It may be gone.`);
}

async function find(
  manager: EntityManager,
  person: SignedInPerson,
  part: InterviewPart,
  as: AccessAs,
  lock: '' | 'FOR NO KEY UPDATE',
): Promise<OwnInterview> {
  const { condition, id, what } = way(part);
  const [interview] = await manager.query<OwnInterview[]>(
    `SELECT id, kind, status, deleted_at AS "deletedAt" FROM interviews
     WHERE ${condition} AND ${accessAs[as]('$2')} ${lock}`,
    [id, person.id],
  );
  if (!interview) throw notFound(what);
  return interview;
}

function way(part: InterviewPart): {
  condition: string;
  id: string;
  what: 'interview' | 'question' | 'recording';
} {
  if ('interviewId' in part) return { condition: 'id = $1', id: part.interviewId, what: 'interview' };
  if ('questionId' in part) {
    return {
      condition: 'id = (SELECT interview_id FROM questions WHERE id = $1)',
      id: part.questionId,
      what: 'question',
    };
  }
  return {
    condition: `id = (
      SELECT questions.interview_id FROM takes
      JOIN answers ON answers.id = takes.answer_id
      JOIN questions ON questions.id = answers.question_id
      WHERE takes.id = $1
    )`,
    id: part.takeId,
    what: 'recording',
  };
}
