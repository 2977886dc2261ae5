import { type EntityManager, In, Not } from 'typeorm';
import { v7 } from 'uuid';
import { Interview, PanelMember, Scorecard, User } from '../database/entities/index.ts';
import { holdForChange } from '../interviews/own-interview.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

/** Everybody who may hold and review interviews, by name. */
export async function listInterviewers(manager: EntityManager): Promise<{ id: string; name: string }[]> {
  const people = await manager.find(User, {
    select: { id: true, name: true },
    where: { role: In(['INTERVIEWER', 'ADMIN']), state: 'ACTIVE' },
  });
  return people
    .map(({ id, name }) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en') || a.id.localeCompare(b.id));
}

/**
 * Puts people on an interview's panel and takes others off it.
 *
 * @param change.seen who was on it when the change was thought of
 * @throws OperationFailure NOT_FOUND; CONFLICT when it is another by now, or somebody would go who has judged
 */
export async function setPanel(
  manager: EntityManager,
  person: SignedInPerson,
  { id, seen, panel }: { id: string; seen: readonly string[]; panel: readonly string[] },
): Promise<void> {
  const interview = await holdForChange(manager, person, { interviewId: id }, 'panel');
  const members = await manager.findBy(PanelMember, { interviewId: interview.id });
  const now = new Set(members.map(({ userId }) => userId));
  if (now.size !== new Set(seen).size || seen.some((userId) => !now.has(userId))) {
    throw new OperationFailure('CONFLICT', 'Somebody else has just changed the panel. Look at it again.', {
      panel: [...now],
    });
  }
  const wanted = new Set(panel);
  const going = [...now].filter((userId) => !wanted.has(userId));
  const coming = [...wanted].filter((userId) => !now.has(userId));
  if (await manager.existsBy(Scorecard, { interviewId: id, interviewerId: In(going), state: 'SUBMITTED' })) {
    throw new OperationFailure('CONFLICT', 'Who has submitted a scorecard stays on the panel.');
  }
  const fit = await manager.countBy(User, {
    ...{ id: In(coming), role: In(['INTERVIEWER', 'ADMIN']), state: 'ACTIVE' },
  });
  if (fit < coming.length) {
    throw new OperationFailure(
      'NOT_FOUND',
      'Somebody of these cannot be on a panel any more. Choose others.',
    );
  }
  await manager.delete(PanelMember, { interviewId: id, userId: In(going) });
  if (coming.length > 0) {
    await manager.insert(
      PanelMember,
      coming.map((userId) => ({ id: v7(), interviewId: id, userId })),
    );
  }
  // Whoever holds it is on its panel.
  const { interviewerId } = await manager.findOneByOrFail(Interview, { id });
  if (!interviewerId || !wanted.has(interviewerId)) {
    await manager.update(Interview, { id }, { interviewerId: panel[0] ?? null });
  }
  await manager.update(Interview, { id, kind: Not('PRACTICE') }, { updatedAt: () => 'now()' });
}
