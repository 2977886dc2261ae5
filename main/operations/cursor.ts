import { z } from 'zod';
import { OperationFailure } from './operation-failure.ts';

/** Where a page of a list that is read by key ended: the values that the list is sorted by, in their order. */
export function writeCursor(values: readonly string[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * @param shape what such values look like
 * @throws OperationFailure INVALID_INPUT for what this list did not give out
 */
export function readCursor<T extends readonly z.ZodType[]>(
  text: string,
  shape: T,
): { [I in keyof T]: z.output<T[I]> } {
  const parsed = z.tuple(shape as never).safeParse(jsonOrNull(Buffer.from(text, 'base64url').toString()));
  if (!parsed.success) {
    throw new OperationFailure('INVALID_INPUT', 'This list has changed. Please go back to its beginning.', {
      fields: { after: 'Not a place in this list.' },
    });
  }
  return parsed.data as { [I in keyof T]: z.output<T[I]> };
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
