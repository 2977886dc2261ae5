import type { EntityManager, FindOptionsSelect } from 'typeorm';
import { v7 } from 'uuid';
import { z } from 'zod';
import type { Person, PersonRow } from '../../shared/contract/accounts.ts';
import type { OutputOf, ParsedInputOf } from '../../shared/contract/index.ts';
import { storableText } from '../../shared/contract/shapes.ts';
import type { PersonState, Role } from '../../shared/model/roles.ts';
import type { AuditedAct } from '../audit/audit.ts';
import { breaksConstraint } from '../database/breaks-constraint.ts';
import { User } from '../database/entities/index.ts';
import { readCursor, writeCursor } from '../operations/cursor.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { signInState } from './sign-in-state.ts';

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

/** A person as the audit log names them. */
export function personSubject({ id, name }: { id: string; name: string }): AuditedAct['subject'] {
  return { kind: 'person', id, label: name };
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

/**
 * By name, then by key; in the order of code points, which is the same on every server.
 *
 * @throws OperationFailure INVALID_INPUT for a cursor that this list did not give out
 */
export async function listPeople(
  manager: EntityManager,
  input: ParsedInputOf<'people.list'>,
): Promise<OutputOf<'people.list'>> {
  const parameters: unknown[] = [];
  const parameter = (value: unknown) => `$${parameters.push(value)}`;
  const conditions = ['true'];
  if (input.search?.trim()) {
    const searched = 'users.name || chr(10) || users.email';
    conditions.push(`position(lower(${parameter(input.search.trim())}) IN lower(${searched})) > 0`);
  }
  if (input.role) conditions.push(`users.role = ${parameter(input.role)}`);
  if (input.signIn) conditions.push(`${signInState} = ${parameter(input.signIn)}`);
  if (input.after !== undefined) {
    const [key, id] = readCursor(input.after, [storableText, z.uuid()] as const);
    conditions.push(
      `(lower(users.name) COLLATE "C", users.id) > (${parameter(key)} COLLATE "C", ${parameter(id)}::uuid)`,
    );
  }
  const found = await readRows(manager, conditions.join(' AND '), parameters, PAGE + 1);
  const page = found.slice(0, PAGE);
  const last = page.at(-1);
  return {
    rows: page.map(rowOf),
    next: last && found.length > PAGE ? writeCursor([last.key, last.id]) : null,
  };
}

/** @throws OperationFailure NOT_FOUND */
export async function changePerson(
  manager: EntityManager,
  id: string,
  change: { name?: string; emailVerified?: boolean; role?: Role; state?: PersonState },
): Promise<PersonRow> {
  await manager.update(User, { id }, change);
  return personRowById(manager, id);
}

/**
 * @param hold until the transaction ends nobody else changes them
 * @throws OperationFailure NOT_FOUND
 */
export async function personRowById(
  manager: EntityManager,
  id: string,
  { hold = false } = {},
): Promise<PersonRow> {
  const lock = hold ? 'FOR NO KEY UPDATE' : '';
  const [row] = await readRows(manager, 'users.id = $1', [id], 1, lock);
  return rowOf(found(row));
}

type FoundRow = Omit<PersonRow, 'createdAt' | 'invitedUntil'> & {
  createdAt: Date;
  invitedUntil: Date | null;
  key: string;
};

function readRows(
  manager: EntityManager,
  where: string,
  parameters: readonly unknown[],
  limit: number,
  lock = '',
): Promise<FoundRow[]> {
  return manager.query<FoundRow[]>(
    `SELECT id, email, name, role, email_verified AS "emailVerified", ${signInState} AS "signIn",
       CASE WHEN ${signInState} = 'INVITED' THEN invitation_expires_at END AS "invitedUntil",
       created_at AS "createdAt", lower(name) AS key
     FROM users WHERE ${where}
     ORDER BY lower(name) COLLATE "C", id LIMIT ${limit} ${lock}`,
    [...parameters],
  );
}

function rowOf({ key: _, ...row }: FoundRow): PersonRow {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    invitedUntil: row.invitedUntil?.toISOString() ?? null,
  };
}

function found<T>(user: T | null | undefined): T {
  if (!user) throw new OperationFailure('NOT_FOUND', 'This person is not there any more.');
  return user;
}
