import type { ErrorCode, OperationError } from '../../shared/contract/errors.ts';

/** Thrown inside main when an operation cannot do what it was asked; the gate turns it into an error value. */
export class OperationFailure extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;

  /** @param message a sentence for a person: what happened and what to do */
  constructor(code: ErrorCode, message: string, details?: Record<string, unknown>) {
    super(message);
    this.name = 'OperationFailure';
    this.code = code;
    this.details = details;
  }

  toError(): OperationError {
    return { code: this.code, message: this.message, ...(this.details ? { details: this.details } : {}) };
  }
}
