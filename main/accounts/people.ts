import type { EntityManager, FindOptionsSelect } from 'typeorm';
import { v7 } from 'uuid';
import type { Person, PersonRow } from '../../shared/contract/accounts.ts';
import type { Role } from '../../shared/model/roles.ts';
import { breaksConstraint } from '../database/breaks-constraint.ts';
import { User } from '../database/entities/index.ts';
import { OperationFailure } from '../operations/operation-failure.ts';

const PAGE = 50;

/** The columns that a `Person` takes: named, so that signing in works while migrations wait. */
const personColumns = {
  id: true,
  email: true,
  name: true,
  role: true,
  emailVerified: true,
} as const satisfies FindOptionsSelect<User>;

/** An address as it is kept and looked up. JavaScript lowers it, not the database, whose rules are its locale's. */
export function addressOf(email: string): string {
  return email.trim().toLowerCase();
}

/** @throws OperationFailure EMAIL_TAKEN */
export async function addPerson(
  manager: EntityManager,
  person: { name: string; email: string; passwordHash: string | null; role: Role },
): Promise<PersonRow> {
  const { name, passwordHash, role } = person;
  const id = v7();
  try {
    await manager.insert(User, { id, email: addressOf(person.email), name, passwordHash, role });
  } catch (error) {
    if (!breaksConstraint(error, 'users_email_key')) throw error;
    throw new OperationFailure('EMAIL_TAKEN', 'Somebody has an account with this address already.');
  }
  return personRowById(manager, id);
}

/** @throws OperationFailure NOT_FOUND */
export async function personById(manager: EntityManager, id: string): Promise<Person> {
  return found(await manager.findOne(User, { select: personColumns, where: { id } }));
}

/** By name, then by key; in the order of code points, which is the same on every server. */
export async function listPeople(
  manager: EntityManager,
  { search, after }: { search?: string; after?: string },
): Promise<{ rows: PersonRow[]; next: string | null }> {
  const query = manager
    .createQueryBuilder(User, 'person')
    .orderBy(`lower(person.name) COLLATE "C"`)
    .addOrderBy('person.id')
    .limit(PAGE + 1);
  if (search?.trim()) {
    query.andWhere('position(lower(:search) IN lower(person.name) || chr(10) || person.email) > 0', {
      search: search.trim(),
    });
  }
  if (after) {
    query.andWhere(
      `(lower(person.name) COLLATE "C", person.id) >
         (SELECT lower(name) COLLATE "C", id FROM users WHERE id = :after)`,
      { after },
    );
  }
  const people = await query.getMany();
  const rows = people.slice(0, PAGE);
  return { rows: rows.map(rowOf), next: people.length > PAGE ? (rows.at(-1)?.id ?? null) : null };
}

/** @throws OperationFailure NOT_FOUND */
export async function changePerson(
  manager: EntityManager,
  id: string,
  change: { name?: string; emailVerified?: boolean },
): Promise<PersonRow> {
  await manager.update(User, { id }, change);
  return personRowById(manager, id);
}

async function personRowById(manager: EntityManager, id: string): Promise<PersonRow> {
  return rowOf(found(await manager.findOneBy(User, { id })));
}

function rowOf(user: User): PersonRow {
  const { id, email, name, role, emailVerified, state } = user;
  return { id, email, name, role, emailVerified, state, createdAt: user.createdAt.toISOString() };
}

function found(user: User | null): User {
  if (!user) throw new OperationFailure('NOT_FOUND', 'This person is not there any more.');
  return user;
}
