import { z } from 'zod';
import { passwordLimits, textLimits } from '../model/limits.ts';

/** Pieces that several features' contracts share. */

export const id = z.uuid();
/** A moment as ISO 8601 with an offset. */
export const timestamp = z.iso.datetime({ offset: true });
export const milliseconds = z.int().nonnegative();
export const nothing = z.void();

/** Text as PostgreSQL holds it: every character but NUL, which is left out; nobody types it, a paste may bring it. */
export const storableText = z.string().overwrite((text) => text.replaceAll('\0', ''));

export const email = z
  .string()
  .trim()
  .max(textLimits.email, 'This address is too long.')
  .pipe(z.email('This does not look like an email address.'));
export const personName = storableText
  .trim()
  .min(1, 'Please say what to call you.')
  .max(textLimits.name, `At most ${textLimits.name} characters.`);

/** The UTF-8 length; written out because shared code has neither Node's Buffer nor the DOM's TextEncoder. */
function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

export const newPassword = z
  .string()
  .min(passwordLimits.minCharacters, `At least ${passwordLimits.minCharacters} characters.`)
  .refine((text) => utf8Bytes(text) <= passwordLimits.maxBytes, `At most ${passwordLimits.maxBytes} bytes.`);

/** A page of a list that is read by key: hand `next` back as `after` for the rows that follow. */
export function page<T extends z.ZodType>(row: T) {
  return z.object({ rows: z.array(row), next: z.string().nullable() });
}
