import { createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Invitation } from '../../shared/contract/accounts.ts';
import { invitationDays } from '../../shared/model/invitation.ts';
import { OperationFailure } from '../operations/operation-failure.ts';
import { countAttempt, forgetAttempts } from './sign-in-throttle.ts';

/** Crockford's base 32: no letter looks like a digit, and a code can be told over the telephone. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 80 bits: nobody guesses one, so a fast hash is enough. */
const CODE_LENGTH = 16;

/**
 * Gives a person a one-time code to set a password with; the one before is worth nothing from then on. Only its hash is
 * kept, so this is the one time that it can be shown.
 */
export async function giveCode(manager: EntityManager, personId: string): Promise<Invitation> {
  // 256 is a multiple of 32, so every symbol is as likely as the others.
  const symbols = Array.from(randomBytes(CODE_LENGTH), (byte) => alphabet.charAt(byte % alphabet.length));
  const code = (symbols.join('').match(/.{4}/g) ?? []).join('-');
  const [row] = await manager.query<{ expiresAt: Date }[]>(
    `WITH invited AS (
       UPDATE users SET invitation_hash = $2, invitation_expires_at = now() + make_interval(days => $3),
         updated_at = now()
       WHERE id = $1 RETURNING invitation_expires_at
     ) SELECT invitation_expires_at AS "expiresAt" FROM invited`,
    [personId, hashOfCode(code), invitationDays],
  );
  if (!row) throw new OperationFailure('NOT_FOUND', 'This person is not there any more.');
  return { code, expiresAt: row.expiresAt.toISOString() };
}

/**
 * The person whose address and code these are. As with a password: the same queries whether there is an account or not,
 * and wrong ones are counted, apart from wrong passwords.
 *
 * @returns null when they belong to nobody, to somebody disabled, or the code has expired
 * @throws OperationFailure SLOW_DOWN
 */
export async function findInvited(
  manager: EntityManager,
  { address, code }: { address: string; code: string },
): Promise<{ id: string; codeHash: string } | null> {
  await countAttempt(manager, throttleOf(address), 'codes');
  const codeHash = hashOfCode(code);
  const [person] = await manager.query<{ id: string }[]>(
    `SELECT id FROM users
     WHERE lower(email) = $1 AND invitation_hash = $2 AND invitation_expires_at > now() AND state = 'ACTIVE'`,
    [address, codeHash],
  );
  return person ? { id: person.id, codeHash } : null;
}

/**
 * Trades the code for a password. Of two who come with it at once, one gets in.
 *
 * @throws OperationFailure WRONG_CREDENTIALS when the code has been used or replaced meanwhile
 */
export async function tradeCode(
  manager: EntityManager,
  invited: { id: string; codeHash: string; address: string },
  passwordHash: string,
): Promise<void> {
  const used = await manager.query<unknown[]>(
    `WITH used AS (
       UPDATE users SET password_hash = $3, invitation_hash = NULL, invitation_expires_at = NULL,
         updated_at = now()
       WHERE id = $1 AND invitation_hash = $2 AND invitation_expires_at > now() AND state = 'ACTIVE'
       RETURNING id
     ) SELECT id FROM used`,
    [invited.id, invited.codeHash, passwordHash],
  );
  if (used.length === 0) throw wrongCode();
  // What was typed wrongly before, in either field, is over.
  for (const tried of throttlesOf(invited.address)) await forgetAttempts(manager, tried);
}

export function wrongCode(): OperationFailure {
  return new OperationFailure(
    'WRONG_CREDENTIALS',
    'Email or code is wrong, or the code has expired. Whoever gave it to you can give you a new one.',
  );
}

/** Written as it was read out: in any case, with or without dashes, O for 0 and I or L for 1. */
function hashOfCode(code: string): string {
  const plain = code
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
    .replaceAll(/[^0-9A-Z]/g, '');
  return createHash('sha256').update(plain).digest('hex');
}

/** What wrong sign-ins and wrong codes for an address are counted under. */
export function throttlesOf(address: string): readonly string[] {
  return [address, throttleOf(address)];
}

/** No address has a line break, so codes are counted apart from passwords. */
function throttleOf(address: string): string {
  return `code\n${address}`;
}
