import type { EntityManager } from 'typeorm';
import type { Invitation } from '../../shared/contract/accounts.ts';
import type { Candidate } from '../../shared/contract/candidates.ts';
import type { ParsedInputOf } from '../../shared/contract/index.ts';
import { giveCode } from '../accounts/invitations.ts';
import { addPerson, addressOf, personSubject } from '../accounts/people.ts';
import { audit } from '../audit/audit.ts';
import { breaksConstraint } from '../database/breaks-constraint.ts';
import { CandidateProfile, User } from '../database/entities/index.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { noCandidate, readCandidate } from './read-candidate.ts';

/** @returns the new candidate's id */
export async function addCandidate(
  manager: EntityManager,
  person: SignedInPerson,
  input: ParsedInputOf<'candidates.create'>,
): Promise<string> {
  const { name, email, headline, tags } = input;
  const added = await addPerson(manager, { name, email, passwordHash: null, role: 'CANDIDATE' });
  await manager.insert(CandidateProfile, { userId: added.id, headline, tags });
  const subject = personSubject(added);
  await audit(manager, { personId: person.id, action: 'candidates.create', subject });
  return added.id;
}

/** @throws OperationFailure NOT_FOUND, CONFLICT with `current`, EMAIL_TAKEN */
export async function updateCandidate(
  manager: EntityManager,
  person: SignedInPerson,
  input: ParsedInputOf<'candidates.update'>,
): Promise<void> {
  const { id, version, headline, phone, notes, tags } = input;
  const before = await holdCandidate(manager, person, id);
  if (before.version !== version) {
    throw new OperationFailure('CONFLICT', 'Somebody else has changed this profile meanwhile.', {
      current: before,
    });
  }
  await changeIdentity(manager, before, input);
  const { timeMultiplier, extraTakes, note: accommodationNote } = input.accommodation;
  await manager.upsert(
    CandidateProfile,
    {
      ...{ userId: id, headline, phone, notes, tags, timeMultiplier, extraTakes, accommodationNote },
      version: version + 1,
    },
    ['userId'],
  );
}

/** @throws OperationFailure CONFLICT, EMAIL_TAKEN */
async function changeIdentity(
  manager: EntityManager,
  before: Candidate,
  { name, email }: { name: string; email: string },
): Promise<void> {
  const address = addressOf(email);
  if (name === before.name && address === before.email) return;
  if (!before.identityEditable) {
    throw new OperationFailure(
      'CONFLICT',
      `${before.name} has a password now, and looks after their name and address themselves.`,
      { current: before },
    );
  }
  try {
    await manager.update(User, { id: before.id }, { name, email: address });
  } catch (error) {
    if (!breaksConstraint(error, 'users_email_key')) throw error;
    throw new OperationFailure('EMAIL_TAKEN', 'Somebody has an account with this address already.');
  }
}

/** Harmless when repeated. @throws OperationFailure NOT_FOUND */
export async function setArchived(
  manager: EntityManager,
  person: SignedInPerson,
  { id, archived }: { id: string; archived: boolean },
): Promise<void> {
  const before = await holdCandidate(manager, person, id);
  if ((before.archivedAt !== null) === archived) return;
  await manager.upsert(CandidateProfile, { userId: id, archivedAt: archived ? new Date() : null }, [
    'userId',
  ]);
}

/**
 * Gives a candidate a one-time code. An interviewer cannot get into what a candidate does for themselves that way: whoever
 * has a password, or has practised, gets a code from an admin only.
 *
 * @throws OperationFailure NOT_FOUND, CONFLICT
 */
export async function inviteCandidate(
  manager: EntityManager,
  person: SignedInPerson,
  id: string,
): Promise<Invitation> {
  const candidate = await holdCandidate(manager, person, id);
  const { name, signIn } = candidate;
  if (signIn === 'READY') {
    throw new OperationFailure(
      'CONFLICT',
      `${name} has a password already. If it is lost, an admin can reset it.`,
    );
  }
  if (signIn === 'DISABLED') {
    throw new OperationFailure('CONFLICT', `${name} may not sign in. An admin can change that under People.`);
  }
  if (person.role !== 'ADMIN') {
    const [practised] = await manager.query<unknown[]>(
      `SELECT id FROM interviews WHERE user_id = $1 AND kind = 'PRACTICE' LIMIT 1`,
      [id],
    );
    if (practised) {
      throw new OperationFailure(
        'CONFLICT',
        `${name} has practised here, which is for them alone. An admin can give them a new code.`,
      );
    }
  }
  const invitation = await giveCode(manager, id);
  const subject = personSubject(candidate);
  await audit(manager, { personId: person.id, action: 'candidates.invite', subject });
  return invitation;
}

/** A candidate whom nobody else changes until the transaction ends. @throws OperationFailure NOT_FOUND */
async function holdCandidate(manager: EntityManager, person: SignedInPerson, id: string): Promise<Candidate> {
  const held = await manager.query<unknown[]>(
    `SELECT id FROM users WHERE id = $1 AND role = 'CANDIDATE' FOR NO KEY UPDATE`,
    [id],
  );
  if (held.length === 0) throw noCandidate();
  return readCandidate(manager, person, id);
}
