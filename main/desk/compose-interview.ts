import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { KitDefinition } from '../../shared/contract/kits.ts';
import { textLimits } from '../../shared/model/limits.ts';
import {
  CandidateProfile,
  ConsentText,
  Interview,
  InterviewKitVersion,
  LibraryQuestion,
  PanelMember,
  Question,
  User,
} from '../database/entities/index.ts';
import type { Library } from '../library/library.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

/** What an interviewer asks for. */
export interface InterviewWish {
  readonly kind: 'LIVE' | 'ONE_WAY';
  readonly candidateId: string;
  readonly kitId: string;
  readonly interviewerId: string;
  /** Others on the panel. */
  readonly panel: readonly string[];
  readonly scheduledAt: Date | null;
  readonly dueAt: Date | null;
}

/**
 * Makes a PENDING interview of a kit's newest version: its questions are snapshots, drawn and fixed, with the candidate's
 * accommodations in their limits.
 *
 * @returns the interview's id
 * @throws OperationFailure NOT_FOUND, INVALID_INPUT when the library holds too few questions, CONFLICT
 */
export async function composeInterview(
  manager: EntityManager,
  library: Pick<Library, 'draw'>,
  wish: InterviewWish,
): Promise<string> {
  const kit = await newestVersion(manager, wish.kitId);
  const candidate = await requirePerson(manager, wish.candidateId, ['CANDIDATE']);
  const panel = [...new Set([wish.interviewerId, ...wish.panel])];
  for (const member of panel) await requirePerson(manager, member, ['INTERVIEWER', 'ADMIN']);
  const { definition } = kit;
  const profile = await manager.findOneBy(CandidateProfile, { userId: candidate.id });
  const accommodation = {
    timeMultiplier: profile?.timeMultiplier ?? 1,
    extraTakes: profile?.extraTakes ?? 0,
    accommodationNote: profile?.accommodationNote ?? '',
  };
  const questions = await chooseQuestions(manager, library, definition, candidate.id);
  const id = v7();
  await manager.insert(Interview, {
    ...{ id, userId: candidate.id, kind: wish.kind, difficulty: definition.difficulty },
    title: kit.name.slice(0, textLimits.title),
    ...{ interviewerId: wish.interviewerId, kitVersionId: kit.id, instructions: definition.instructions },
    ...{ rubric: definition.competencies, blind: definition.blind },
    consentTextId: await newestConsentText(manager, definition.consentName),
    ...{ scheduledAt: wish.scheduledAt, dueAt: wish.dueAt },
    ...accommodation,
  });
  await manager.insert(
    PanelMember,
    panel.map((userId) => ({ id: v7(), interviewId: id, userId })),
  );
  const longer = (ms: number) => Math.round(ms * accommodation.timeMultiplier);
  if (questions.length > 0) {
    await manager.insert(
      Question,
      questions.map(
        ({ content, difficulty, competency, covers, probes, levels, ...from }, position) => ({
          ...{ id: v7(), interviewId: id, position },
          ...{ libraryQuestionId: from.id, libraryVersion: from.version },
          ...{ content, difficulty, competency, covers, probes, levels },
          thinkTimeMs: longer(definition.thinkTimeMs),
          answerTimeMs: longer(definition.answerTimeMs),
          takesAllowed: definition.takesAllowed + accommodation.extraTakes,
        }),
      ),
    );
  }
  return id;
}

async function newestVersion(manager: EntityManager, kitId: string): Promise<InterviewKitVersion> {
  const version = await manager
    .createQueryBuilder(InterviewKitVersion, 'version')
    .innerJoin('version.kit', 'kit', 'kit.version = version.version')
    .where('version.kitId = :kitId AND kit.archivedAt IS NULL', { kitId })
    .getOne();
  if (!version)
    throw new OperationFailure('NOT_FOUND', 'This kit is not there any more. Choose another one.');
  return version;
}

async function requirePerson(manager: EntityManager, id: string, roles: readonly string[]): Promise<User> {
  const person = await manager.findOneBy(User, { id });
  if (!person || !roles.includes(person.role)) {
    throw new OperationFailure('NOT_FOUND', 'This person is not there any more, or has another role.');
  }
  if (person.state === 'DISABLED') {
    throw new OperationFailure('CONFLICT', `${person.name} may not sign in any more. Choose somebody else.`);
  }
  return person;
}

async function newestConsentText(manager: EntityManager, name: string | null): Promise<string | null> {
  if (name === null) return null;
  const text = await manager.findOne(ConsentText, { where: { name }, order: { version: 'DESC' } });
  return text?.id ?? null;
}

/** The kit's questions in its order. What is fixed is taken out of what is drawn, so that nothing is asked twice. */
async function chooseQuestions(
  manager: EntityManager,
  library: Pick<Library, 'draw'>,
  { items, difficulty }: KitDefinition,
  candidateId: string,
): Promise<LibraryQuestion[]> {
  const fixedIds = items.flatMap((item) => (item.type === 'QUESTION' ? [item.libraryQuestionId] : []));
  const taken = new Set(fixedIds);
  const chosen: LibraryQuestion[] = [];
  for (const item of items) {
    if (item.type === 'QUESTION') {
      const question = await manager.findOneBy(LibraryQuestion, { id: item.libraryQuestionId });
      if (question) chosen.push(question);
      continue;
    }
    const drawn = await library.draw(manager, {
      ...{ personId: candidateId, difficulty, count: item.count, competencies: item.competencies },
      ...{ difficulties: item.difficulties, neverAsked: item.neverAsked, except: taken },
    });
    for (const question of drawn) taken.add(question.id);
    chosen.push(...drawn);
  }
  return chosen;
}
