import type { EntityManager } from 'typeorm';
import { passwordRules } from '../../shared/contract/policies.ts';
import { type PasswordRules, usualPasswordRules } from '../../shared/model/policies.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { isCommonPassword } from './common-passwords.ts';
import { readPolicy, type Versioned } from './stored-policy.ts';

export const passwordRulesKey = 'policies.passwords';

/** A part of a name that is shorter would be found in many a word. */
const SHORTEST_PART = 4;

export function readPasswordRules(manager: EntityManager): Promise<Versioned<PasswordRules>> {
  return readPolicy(manager, passwordRulesKey, passwordRules, usualPasswordRules);
}

/**
 * Refuses a password that the rules of now do not allow to be set. What was set before is not looked at again.
 *
 * @param about.field the input's field that the password came in
 * @throws OperationFailure INVALID_INPUT
 */
export async function requireAllowedPassword(
  manager: EntityManager,
  password: string,
  about: { name?: string; email?: string; field?: 'password' | 'next' },
): Promise<void> {
  const why = whyNot(await readPasswordRules(manager), password, about);
  if (why === null) return;
  throw new OperationFailure('INVALID_INPUT', why, { fields: { [about.field ?? 'password']: why } });
}

/** @returns a sentence for a person; null for a password that is allowed */
export function whyNot(
  rules: PasswordRules,
  password: string,
  { name = '', email = '' }: { name?: string; email?: string },
): string | null {
  if (password.length < rules.minCharacters) return `At least ${rules.minCharacters} characters.`;
  const plain = plainly(password);
  if (rules.refuseOwn) {
    if (partsOf(email).some((part) => plain.includes(part))) {
      return 'Your address is in it, and is what is tried first. Choose other words.';
    }
    if (partsOf(name).some((part) => plain.includes(part))) {
      return 'Your name is in it, and is what is tried first. Choose other words.';
    }
  }
  if (rules.refuseCommon && isCommonPassword(plain)) {
    return 'This is one of the most used passwords, and of those that are tried first. Choose other words.';
  }
  return null;
}

/** The words of a name or address, and the whole of it without what is between them. */
function partsOf(text: string): string[] {
  const words = plainly(text).split(/[^\p{L}\p{N}]+/u);
  // What an address ends with is nobody's own: `com`, `gmail`.
  const own = text.includes('@') ? plainly(text.slice(0, text.lastIndexOf('@'))) : plainly(text);
  const ownWords = own.split(/[^\p{L}\p{N}]+/u);
  const whole = [ownWords.join(''), text.includes('@') ? plainly(text) : words.join('')];
  return [...new Set([...ownWords, ...whole])].filter((part) => part.length >= SHORTEST_PART);
}

function plainly(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
