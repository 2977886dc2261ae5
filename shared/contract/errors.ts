/** Why an operation did not do what it was asked. The message beside the code says what to do about it. */
export const errorCodes = [
  /** The input does not have the declared shape; `details` has a line a field. */
  'INVALID_INPUT',
  'NOT_SIGNED_IN',
  'FORBIDDEN',
  'NOT_FOUND',
  /** Somebody or something else got there first, or the state does not allow it. */
  'CONFLICT',
  /** Email or password do not match; never says which. */
  'WRONG_CREDENTIALS',
  /** Too many wrong sign-ins; `details.retryAfterMs` says how long to wait. */
  'SLOW_DOWN',
  'EMAIL_TAKEN',
  /** The database is opening, unreachable, being upgraded, or waits for an upgrade; see `app.status`. */
  'DATABASE_UNAVAILABLE',
  'DISK_FULL',
  /** A defect of Parley; the log has it under `details.reference`. */
  'INTERNAL',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export interface OperationError {
  code: ErrorCode;
  /** A sentence for a person: what happened and what to do. */
  message: string;
  details?: Record<string, unknown>;
}
