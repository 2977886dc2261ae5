import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { ParsedInputOf } from '../../shared/contract/index.ts';
import type { Kit, KitDefinition } from '../../shared/contract/kits.ts';
import { textLimits } from '../../shared/model/limits.ts';
import { ConsentText, InterviewKit, InterviewKitVersion } from '../database/entities/index.ts';
import type { SignedInPerson } from '../operations/handlers.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { fixedQuestions, kitNotFound, readKit } from './read-kits.ts';

/** What a version of a kit holds. */
interface Content {
  readonly name: string;
  readonly definition: KitDefinition;
}

/** @throws OperationFailure INVALID_INPUT when it names a question or consent text that is not there */
export async function createKit(
  manager: EntityManager,
  person: Pick<SignedInPerson, 'id'>,
  content: Content,
): Promise<Kit> {
  await requireNamed(manager, content.definition);
  const id = v7();
  await manager.insert(InterviewKit, { id, name: content.name });
  await insertVersion(manager, person, { ...content, id, version: 1 });
  return readKit(manager, id);
}

/**
 * Makes a new version of a kit. One that says the same as the newest makes none.
 *
 * @throws OperationFailure NOT_FOUND, INVALID_INPUT, CONFLICT with the kit as it is now in details.current
 */
export async function updateKit(
  manager: EntityManager,
  person: SignedInPerson,
  { id, version, ...content }: ParsedInputOf<'kits.update'>,
): Promise<Kit> {
  const current = await holdKit(manager, id, version);
  if (isSame(current, content)) return current;
  await requireNamed(manager, content.definition);
  return addVersion(manager, person, current, content);
}

/** @throws OperationFailure NOT_FOUND, CONFLICT, as updateKit */
export async function revertKit(
  manager: EntityManager,
  person: SignedInPerson,
  { id, version, to }: ParsedInputOf<'kits.revert'>,
): Promise<Kit> {
  const current = await holdKit(manager, id, version);
  const old = await readKit(manager, id, to);
  if (isSame(current, old)) return current;
  return addVersion(manager, person, current, old);
}

/** @throws OperationFailure NOT_FOUND */
export async function duplicateKit(manager: EntityManager, person: SignedInPerson, id: string): Promise<Kit> {
  const { name, definition } = await readKit(manager, id);
  const copy = v7();
  const suffix = ' (copy)';
  const newName = name.slice(0, textLimits.title - suffix.length) + suffix;
  await manager.insert(InterviewKit, { id: copy, name: newName });
  await insertVersion(manager, person, { id: copy, version: 1, name: newName, definition });
  return readKit(manager, copy);
}

/** @throws OperationFailure NOT_FOUND */
export async function setKitArchived(manager: EntityManager, id: string, archived: boolean): Promise<void> {
  const kit = await manager.findOne(InterviewKit, { where: { id }, lock: { mode: 'for_no_key_update' } });
  if (!kit) throw kitNotFound();
  if ((kit.archivedAt !== null) === archived) return;
  await manager.update(InterviewKit, { id }, { archivedAt: archived ? new Date() : null });
}

/** The newest version of a kit, held until the transaction ends, where it is the one that was seen. */
async function holdKit(manager: EntityManager, id: string, seen: number): Promise<Kit> {
  const held = await manager.findOne(InterviewKit, { where: { id }, lock: { mode: 'for_no_key_update' } });
  if (!held) throw kitNotFound();
  const current = await readKit(manager, id);
  if (current.archivedAt) {
    throw new OperationFailure('CONFLICT', 'This kit has been archived. Restore it first.', { current });
  }
  if (current.version !== seen) {
    const who = current.changedBy?.name ?? 'Somebody';
    throw new OperationFailure(
      'CONFLICT',
      `${who} has changed this kit meanwhile. Look at what it says now, then choose which one to keep.`,
      { current },
    );
  }
  return current;
}

async function addVersion(
  manager: EntityManager,
  person: SignedInPerson,
  current: Kit,
  { name, definition }: Content,
): Promise<Kit> {
  const version = current.version + 1;
  await manager.update(InterviewKit, { id: current.id }, { name, version });
  await insertVersion(manager, person, { id: current.id, version, name, definition });
  return readKit(manager, current.id);
}

async function insertVersion(
  manager: EntityManager,
  person: Pick<SignedInPerson, 'id'>,
  { id, version, name, definition }: Content & { id: string; version: number },
): Promise<void> {
  await manager.insert(InterviewKitVersion, {
    ...{ id: v7(), kitId: id, version, name, definition, changedById: person.id },
  });
}

/** JSON, as the database keeps it: a field that is undefined is one that is not there. */
function isSame(one: Content, other: Content): boolean {
  const plain = ({ name, definition }: Content) => JSON.parse(JSON.stringify({ name, definition }));
  return isDeepStrictEqual(plain(one), plain(other));
}

/** A question that was archived meanwhile may stay named: the editor says so, and it can be restored. */
async function requireNamed(manager: EntityManager, definition: KitDefinition): Promise<void> {
  const there = new Set((await fixedQuestions(manager, definition)).map(({ id }) => id));
  for (const [index, item] of definition.items.entries()) {
    if (item.type !== 'QUESTION' || there.has(item.libraryQuestionId)) continue;
    const message = `Item ${index + 1} asks a question that is not in the library any more. Take it out.`;
    throw new OperationFailure('INVALID_INPUT', message, {
      fields: { [`definition.items.${index}`]: message },
    });
  }
  const { consentName } = definition;
  if (consentName !== null && !(await manager.existsBy(ConsentText, { name: consentName }))) {
    const message = `There is no consent text “${consentName}”. Choose another one, or none to hold interviews without recording.`;
    throw new OperationFailure('INVALID_INPUT', message, { fields: { 'definition.consentName': message } });
  }
}
