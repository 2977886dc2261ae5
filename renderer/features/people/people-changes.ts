import type { OperationName } from '../../../shared/contract/index.ts';

/** What an act about a person puts out of date. */
export const peopleChanges: readonly OperationName[] = [
  ...(['people.list', 'audit.list', 'audit.choices'] as const),
  ...(['candidates.list', 'candidates.get', 'desk.interviewers'] as const),
];
