import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { ConsentDecision } from '../../shared/model/consent.ts';
import { Consent, Interview } from '../database/entities/index.ts';
import { type AccessAs, holdForChange, requireInProgress } from '../interviews/own-interview.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

/**
 * Notes what the candidate said to the interview's consent text, under the version that they were shown. They may change
 * their mind as long as the interview runs: the newest counts for what is recorded from then on.
 *
 * @param as the candidate of a one-way interview decides for themselves; in a live one the interviewer asks them
 * @throws OperationFailure NOT_FOUND, CONFLICT when there is nothing to agree to, or another version was shown
 */
export async function recordConsent(
  manager: EntityManager,
  person: SignedInPerson,
  request: { interviewId: string; consentTextId: string; decision: ConsentDecision },
  as: Extract<AccessAs, 'oneWay' | 'livePanel'>,
): Promise<void> {
  const { interviewId, consentTextId, decision } = request;
  requireInProgress(await holdForChange(manager, person, { interviewId }, as));
  const interview = await manager.findOneByOrFail(Interview, { id: interviewId });
  if (interview.consentTextId === null) {
    throw new OperationFailure(
      'CONFLICT',
      'This interview is held without recording, so nobody has to agree.',
    );
  }
  if (interview.consentTextId !== consentTextId) {
    throw new OperationFailure('CONFLICT', 'The consent text has changed meanwhile. Please read it again.');
  }
  await manager.insert(Consent, {
    ...{ id: v7(), interviewId, consentTextId, decision },
    ...{ decidedAt: new Date(), recordedById: person.id },
  });
}
