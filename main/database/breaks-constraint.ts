import { QueryFailedError } from 'typeorm';

/** Whether a query failed on this constraint or unique index. */
export function breaksConstraint(error: unknown, constraint: string): boolean {
  return (
    error instanceof QueryFailedError &&
    'constraint' in error.driverError &&
    error.driverError.constraint === constraint
  );
}
