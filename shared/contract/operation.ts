import type { z } from 'zod';
import { type Role, roles } from '../model/roles.ts';
import type { OperationError } from './errors.ts';

/** `anyone`: before signing in as well. Otherwise the roles that may call. */
export type Access = 'anyone' | readonly Role[];

export const everyRole: readonly Role[] = roles;

/**
 * What must be there before an operation can run: nothing; a person who is known here to be signed in, though the
 * database may be closed for a while; a connected database, whatever its schema; a database with the schema of this
 * version of the app.
 */
export type Needs = 'nothing' | 'person' | 'connection' | 'schema';

/** One thing the renderer may ask of main, declared once: who may call it, what it takes, what it gives. */
export interface Operation<
  A extends Access = Access,
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
> {
  readonly access: A;
  readonly needs: Needs;
  readonly input: I;
  readonly output: O;
  /** How much a call may bring, in bytes, where that is more than usual: a file, say. */
  readonly maxBytes?: number;
}

/** Declares an operation. `needs` is the current schema unless said otherwise. */
export function operation<const A extends Access, I extends z.ZodType, O extends z.ZodType>(declaration: {
  access: A;
  needs?: Needs;
  input: I;
  output: O;
  maxBytes?: number;
}): Operation<A, I, O> {
  return { needs: 'schema', ...declaration };
}

/** How every answer travels between the processes: errors are values, with a code. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: OperationError };
