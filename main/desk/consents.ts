import { type EntityManager, In, IsNull } from 'typeorm';
import { v7 } from 'uuid';
import type { Consent as ConsentSaid } from '../../shared/contract/desk.ts';
import type { ParsedInputOf } from '../../shared/contract/index.ts';
import type { ConsentDecision } from '../../shared/model/consent.ts';
import { Answer, Consent, Interview, Take } from '../database/entities/index.ts';
import {
  holdForChange,
  holdOwnInterview,
  notFound,
  type OwnInterview,
  refuseDeleted,
  requireInProgress,
} from '../interviews/own-interview.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

/*
 * What candidates say to consent texts. Each time is a row of its own, which the database lets nobody change; the newest
 * one counts.
 */

type ConsentRow = Omit<ConsentSaid, 'decidedAt'> & { decidedAt: string };

/** SQL over a row of `interviews`: all that the candidate said, newest first. */
export const consentsOf = `ARRAY(
  SELECT jsonb_build_object(
    'id', consents.id, 'decision', decision, 'name', consent_texts.name, 'version', version,
    'decidedAt', decided_at, 'byCandidate', coalesce(recorded_by = interviews.user_id, false),
    'notedBy', CASE WHEN recorded_by <> interviews.user_id THEN (
      SELECT jsonb_build_object('id', users.id, 'name', users.name) FROM users WHERE users.id = recorded_by
    ) END
  )
  FROM consents JOIN consent_texts ON consent_texts.id = consents.consent_text_id
  WHERE consents.interview_id = interviews.id
  ORDER BY decided_at DESC, consents.id DESC
)`;

export function asConsent(row: ConsentRow): ConsentSaid {
  return { ...row, decidedAt: new Date(row.decidedAt).toISOString() };
}

/**
 * Takes down what the candidate says on their own screen. While the interview runs they may change their mind as they
 * like; once it has ended they may take back what they agreed to.
 *
 * @throws OperationFailure NOT_FOUND, CONFLICT when there is nothing to agree to, or another version was shown
 */
export async function recordOwnConsent(
  manager: EntityManager,
  person: SignedInPerson,
  request: { interviewId: string; consentTextId: string; decision: ConsentDecision },
): Promise<void> {
  const interview = await holdOwnInterview(manager, person, request, 'oneWay');
  if (interview.deletedAt) throw notFound('interview');
  const last = await lastSaid(manager, interview.id);
  if (!takesBack(request.decision, last)) requireInProgress(interview);
  await add(manager, person, interview, request);
}

/**
 * Takes down what the candidate told somebody of the panel. Harmless when it is what they said last.
 *
 * @throws OperationFailure NOT_FOUND, CONFLICT
 */
export async function noteConsent(
  manager: EntityManager,
  person: SignedInPerson,
  request: Omit<ParsedInputOf<'desk.recordConsent'>, 'id'> & { interviewId: string },
): Promise<void> {
  const interview = await holdForChange(manager, person, request, 'panel');
  const last = await lastSaid(manager, interview.id);
  if (last?.decision === request.decision) return;
  if ((last?.id ?? null) !== request.seen) {
    throw new OperationFailure(
      'CONFLICT',
      'Somebody else has just noted what the candidate says. Look at it again.',
      { current: last },
    );
  }
  if (!takesBack(request.decision, last)) {
    if (interview.kind === 'ONE_WAY') {
      throw new OperationFailure(
        'CONFLICT',
        'In a one-way interview candidates agree or decline on their own screen.',
      );
    }
    if (interview.status !== 'PENDING') requireInProgress(interview);
  }
  await add(manager, person, interview, request);
}

/**
 * Takes every recording of an interview from everybody, for good. Their files go by the rows, on each machine that has any.
 *
 * @returns how many
 * @throws OperationFailure NOT_FOUND; CONFLICT unless the candidate has taken their agreement back or declined, and while
 *   something is being recorded
 */
export async function eraseRecordings(
  manager: EntityManager,
  person: SignedInPerson,
  interviewId: string,
): Promise<number> {
  await holdForChange(manager, person, { interviewId }, 'panel');
  const last = await lastSaid(manager, interviewId);
  if (last?.decision !== 'DECLINED') {
    throw new OperationFailure('CONFLICT', 'The candidate agrees to what was recorded, so it is kept.');
  }
  const answers = await manager.find(Answer, {
    select: { id: true },
    where: { question: { interviewId } },
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });
  const ofInterview = { answerId: In(answers.map(({ id }) => id)), erasedAt: IsNull() };
  if (await manager.existsBy(Take, { ...ofInterview, state: 'RECORDING' })) {
    throw new OperationFailure(
      'CONFLICT',
      'Something is still being recorded. Stop it first, then try again.',
    );
  }
  const { affected = 0 } = await manager.update(Take, ofInterview, {
    chosen: false,
    discardedAt: () => 'coalesce(discarded_at, now())',
    erasedAt: () => 'now()',
  });
  await manager.update(Answer, { id: ofInterview.answerId }, { audioUrl: null });
  return affected;
}

function takesBack(decision: ConsentDecision, last: ConsentSaid | null): boolean {
  return decision === 'DECLINED' && last?.decision === 'AGREED';
}

async function lastSaid(manager: EntityManager, interviewId: string): Promise<ConsentSaid | null> {
  const [row] = await manager.query<{ consents: ConsentRow[] }[]>(
    `SELECT ${consentsOf} AS consents FROM interviews WHERE id = $1`,
    [interviewId],
  );
  return row?.consents.map(asConsent)[0] ?? null;
}

/** @throws OperationFailure CONFLICT when there is nothing to agree to, or another version was shown */
async function add(
  manager: EntityManager,
  person: SignedInPerson,
  interview: OwnInterview,
  { consentTextId, decision }: { consentTextId: string; decision: ConsentDecision },
): Promise<void> {
  refuseDeleted(interview);
  const interviewId = interview.id;
  const shown = await manager.findOneByOrFail(Interview, { id: interviewId });
  if (shown.consentTextId === null) {
    throw new OperationFailure(
      'CONFLICT',
      'This interview is held without recording, so nobody has to agree.',
    );
  }
  if (shown.consentTextId !== consentTextId) {
    throw new OperationFailure('CONFLICT', 'The consent text has changed meanwhile. Please read it again.');
  }
  await manager.insert(Consent, {
    ...{ id: v7(), interviewId, consentTextId, decision },
    ...{ decidedAt: new Date(), recordedById: person.id },
  });
}
