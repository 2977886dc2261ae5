import type { DataSource, EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { OutputOf, ParsedInputOf } from '../../shared/contract/index.ts';
import type { LibraryQuestion, LibraryVersion } from '../../shared/contract/library.ts';
import {
  changedFields,
  type QuestionDraft,
  type QuestionOrigin,
  tidyDraft,
} from '../../shared/model/library.ts';
import { LibraryQuestion as Entity, LibraryQuestionVersion } from '../database/entities/index.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { averageScore, owedScores } from './usage.ts';

/**
 * A question of the library with its versions.
 *
 * @throws OperationFailure NOT_FOUND
 */
export async function readQuestion(
  manager: EntityManager,
  person: SignedInPerson,
  id: string,
): Promise<LibraryQuestion> {
  const question = await manager.findOneBy(Entity, { id });
  if (!question) throw notFound();
  const versions = await manager.query<(Omit<LibraryVersion, 'changedAt'> & { changedAt: Date })[]>(
    `
    SELECT version, origin, versions.created_at AS "changedAt",
      CASE WHEN users.id IS NOT NULL THEN jsonb_build_object('id', users.id, 'name', users.name) END AS "changedBy"
    FROM library_question_versions AS versions LEFT JOIN users ON users.id = versions.changed_by
    WHERE question_id = $1
    ORDER BY version DESC
    `,
    [id],
  );
  const [usage] = await manager.query<{ averageScore: number | null }[]>(
    `
    WITH owed AS (${owedScores('$2')})
    SELECT ${averageScore('library')} AS "averageScore"
    FROM library_questions AS library LEFT JOIN owed ON owed.library_question_id = library.id
    WHERE library.id = $1
    `,
    [id, person.id],
  );
  const told = versions.map((version) => ({ ...version, changedAt: version.changedAt.toISOString() }));
  const newest = told.find(({ version }) => version === question.version);
  return {
    ...tidyDraft(question),
    ...{ id, slug: question.slug, version: question.version, origin: question.origin },
    changedBy: newest?.changedBy ?? null,
    changedAt: newest?.changedAt ?? question.createdAt.toISOString(),
    createdAt: question.createdAt.toISOString(),
    archivedAt: question.archivedAt?.toISOString() ?? null,
    askedCount: question.askedCount,
    lastAskedAt: question.lastAskedAt?.toISOString() ?? null,
    averageScore: usage?.averageScore ?? null,
    versions: told,
  };
}

export async function readVersion(
  { manager }: DataSource,
  { id, version }: ParsedInputOf<'library.version'>,
): Promise<OutputOf<'library.version'>> {
  const found = await manager.findOne(LibraryQuestionVersion, {
    where: { questionId: id, version },
    relations: { changedBy: true },
  });
  if (!found) throw notFound();
  return {
    ...tidyDraft(found),
    ...{ version, origin: found.origin, changedAt: found.createdAt.toISOString() },
    changedBy: found.changedBy && { id: found.changedBy.id, name: found.changedBy.name },
  };
}

export function createQuestion(
  dataSource: DataSource,
  person: SignedInPerson,
  draft: QuestionDraft,
): Promise<LibraryQuestion> {
  return dataSource.transaction(async (manager) => {
    const id = v7();
    await manager.insert(Entity, { id, ...draft, origin: 'PERSON', changedById: person.id });
    return readQuestion(manager, person, id);
  });
}

/** @throws OperationFailure NOT_FOUND, CONFLICT with the question as it is now */
export function updateQuestion(
  dataSource: DataSource,
  person: SignedInPerson,
  { id, baseVersion, draft }: ParsedInputOf<'library.update'>,
): Promise<LibraryQuestion> {
  return dataSource.transaction(async (manager) => {
    const question = await holdVersion(manager, person, id, baseVersion);
    await write(manager, person, question, draft, 'PERSON');
    return readQuestion(manager, person, id);
  });
}

/**
 * What a reverted version says and where it came from are what they were: a starter question that is the starter's again
 * follows the starter library again.
 *
 * @throws OperationFailure NOT_FOUND, CONFLICT with the question as it is now
 */
export function revertQuestion(
  dataSource: DataSource,
  person: SignedInPerson,
  { id, baseVersion, version }: ParsedInputOf<'library.revert'>,
): Promise<LibraryQuestion> {
  return dataSource.transaction(async (manager) => {
    const question = await holdVersion(manager, person, id, baseVersion);
    const old = await manager.findOneBy(LibraryQuestionVersion, { questionId: id, version });
    if (!old) throw notFound();
    await write(manager, person, question, tidyDraft(old), old.origin);
    return readQuestion(manager, person, id);
  });
}

/** @throws OperationFailure NOT_FOUND */
export function archiveQuestion(
  dataSource: DataSource,
  person: SignedInPerson,
  id: string,
  archived: boolean,
): Promise<LibraryQuestion> {
  return dataSource.transaction(async (manager) => {
    await manager.query(
      `
      UPDATE library_questions SET archived_at = CASE WHEN $2 THEN now() END, updated_at = now()
      WHERE id = $1 AND (archived_at IS NOT NULL) <> $2
      `,
      [id, archived],
    );
    return readQuestion(manager, person, id);
  });
}

/** @throws OperationFailure NOT_FOUND */
export function duplicateQuestion(
  dataSource: DataSource,
  person: SignedInPerson,
  id: string,
): Promise<LibraryQuestion> {
  return dataSource.transaction(async (manager) => {
    const question = await manager.findOneBy(Entity, { id });
    if (!question) throw notFound();
    const copy = v7();
    await manager.insert(Entity, {
      ...{ id: copy, ...tidyDraft(question), origin: 'PERSON', changedById: person.id },
      // A copy is the team's own, and what they make of it is not for practice until they say so.
      practice: false,
    });
    return readQuestion(manager, person, copy);
  });
}

/** Holds a question until the transaction's end, as the version that the caller has seen. */
async function holdVersion(
  manager: EntityManager,
  person: SignedInPerson,
  id: string,
  baseVersion: number,
): Promise<Entity> {
  const question = await manager.findOne(Entity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!question) throw notFound();
  if (question.version !== baseVersion) {
    const current = await readQuestion(manager, person, id);
    const who = current.changedBy && current.changedBy.id !== person.id ? current.changedBy.name : null;
    throw new OperationFailure(
      'CONFLICT',
      `${who ?? 'Somebody'} has changed this question meanwhile. Look at both and choose.`,
      { current },
    );
  }
  return question;
}

async function write(
  manager: EntityManager,
  person: SignedInPerson,
  question: Entity,
  draft: QuestionDraft,
  origin: QuestionOrigin,
): Promise<void> {
  const changes = changedFields(tidyDraft(question), draft);
  if (changes.length === 0) return;
  // Whether it may be practised is the team's to say, and makes no other question of it: a starter one stays the starter's.
  const reworded = changes.some((field) => field !== 'practice');
  await manager.update(Entity, question.id, {
    ...draft,
    origin: reworded ? origin : question.origin,
    changedById: person.id,
  });
}

function notFound(): OperationFailure {
  return new OperationFailure('NOT_FOUND', 'This question is not in the library any more.');
}
