import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { type KitProblem, kitDefinition } from '../../shared/contract/kits.ts';
import { textLimits } from '../../shared/model/limits.ts';
import {
  CandidateProfile,
  Interview,
  InterviewKitVersion,
  PanelMember,
  Question,
  User,
} from '../database/entities/index.ts';
import { chooseConsentText, chooseQuestions } from '../kits/choose-questions.ts';
import { kitNotFound } from '../kits/read-kits.ts';
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
 * accommodations in their limits. What the kit asks for and cannot have (too few questions, one that was archived, a
 * consent text that is gone) is refused, and never left out: candidates of one kit are asked alike.
 *
 * @returns the interview's id
 * @throws OperationFailure NOT_FOUND; CONFLICT; INVALID_INPUT that names the item, with all of them in details.problems
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
  const definition = kitDefinition.parse(kit.definition);
  const profile = await manager.findOneBy(CandidateProfile, { userId: candidate.id });
  const accommodation = {
    timeMultiplier: profile?.timeMultiplier ?? 1,
    extraTakes: profile?.extraTakes ?? 0,
    accommodationNote: profile?.accommodationNote ?? '',
  };
  const consent = await chooseConsentText(manager, definition);
  const { chosen, problems } = await chooseQuestions(manager, library, definition, candidate.id);
  refuseProblems(kit, consent.problem ? [consent.problem, ...problems] : problems);
  if (wish.kind === 'ONE_WAY' && chosen.length === 0) {
    throw new OperationFailure(
      'INVALID_INPUT',
      `The kit “${kit.name}” asks nothing yet. Add questions to it first.`,
    );
  }
  const id = v7();
  await manager.insert(Interview, {
    ...{ id, userId: candidate.id, kind: wish.kind, difficulty: definition.difficulty },
    title: kit.name.slice(0, textLimits.title),
    ...{ interviewerId: wish.interviewerId, kitVersionId: kit.id, instructions: definition.instructions },
    ...{ rubric: definition.competencies, blind: definition.blind },
    consentTextId: consent.text?.id ?? null,
    ...{ scheduledAt: wish.scheduledAt, dueAt: wish.dueAt },
    ...accommodation,
  });
  await manager.insert(
    PanelMember,
    panel.map((userId) => ({ id: v7(), interviewId: id, userId })),
  );
  const longer = (ms: number) => Math.round(ms * accommodation.timeMultiplier);
  if (chosen.length > 0) {
    await manager.insert(
      Question,
      chosen.map(({ question, thinkTimeMs, answerTimeMs }, position) => {
        const { content, difficulty, competency, covers, probes, levels } = question;
        return {
          ...{ id: v7(), interviewId: id, position },
          ...{ libraryQuestionId: question.id, libraryVersion: question.version },
          ...{ content, difficulty, competency, covers, probes, levels },
          thinkTimeMs: longer(thinkTimeMs),
          answerTimeMs: longer(answerTimeMs),
          takesAllowed: definition.takesAllowed + accommodation.extraTakes,
        };
      }),
    );
  }
  return id;
}

/** @throws OperationFailure INVALID_INPUT */
function refuseProblems({ name }: { name: string }, problems: readonly KitProblem[]): void {
  const hindering = problems.filter(({ hinders }) => hinders);
  const [first] = hindering;
  if (!first) return;
  const more = hindering.length > 1 ? ` (${hindering.length - 1} more in the kit.)` : '';
  throw new OperationFailure('INVALID_INPUT', `Kit “${name}”: ${first.message}${more}`, {
    problems: hindering,
  });
}

async function newestVersion(manager: EntityManager, kitId: string): Promise<InterviewKitVersion> {
  const version = await manager
    .createQueryBuilder(InterviewKitVersion, 'version')
    .innerJoin('version.kit', 'kit', 'kit.version = version.version')
    .where('version.kitId = :kitId AND kit.archivedAt IS NULL', { kitId })
    .getOne();
  if (!version) throw kitNotFound();
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
