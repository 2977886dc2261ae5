import { useSearchParams } from 'react-router';
import type { InterviewListInput, InterviewSort } from '../../../shared/contract/interviews.ts';
import { type InterviewDifficulty, interviewDifficulties } from '../../../shared/model/difficulty.ts';
import { type InterviewStatus, interviewStatuses } from '../../../shared/model/interview.ts';
import { dayOf, startOfDay } from '../../lib/days.ts';

/** What the history shows. Kept in the address, so that going back finds the same list. */
export interface Filters {
  status?: InterviewStatus;
  difficulty?: InterviewDifficulty;
  /** Local days, `2026-03-31`; both included. */
  from?: string;
  until?: string;
  sort: InterviewSort;
  deleted: boolean;
}

export const sorts = {
  NEWEST: 'Newest first',
  OLDEST: 'Oldest first',
  HIGHEST_SCORE: 'Best score first',
  LOWEST_SCORE: 'Lowest score first',
} as const satisfies Record<InterviewSort, string>;

export function useFilters(): [Filters, (change: Partial<Filters>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const change = (changes: Partial<Filters>) =>
    setParameters(filtersToParameters({ ...filtersFromParameters(parameters), ...changes }), {
      replace: true,
    });
  return [filtersFromParameters(parameters), change];
}

/** Anything that is not a filter's value is left out: an address may be typed, or come from another version. */
export function filtersFromParameters(parameters: URLSearchParams): Filters {
  return {
    status: oneOf(interviewStatuses, parameters.get('status')),
    difficulty: oneOf(interviewDifficulties, parameters.get('level')),
    from: dayOf(parameters.get('from')),
    until: dayOf(parameters.get('until')),
    sort: oneOf(Object.keys(sorts) as InterviewSort[], parameters.get('sort')) ?? 'NEWEST',
    deleted: parameters.get('deleted') === 'yes',
  };
}

export function filtersToParameters({
  sort,
  deleted,
  difficulty,
  ...others
}: Filters): Record<string, string> {
  const parameters = {
    ...others,
    level: difficulty,
    sort: sort === 'NEWEST' ? undefined : sort,
    deleted: deleted ? 'yes' : undefined,
  };
  return Object.fromEntries(
    Object.entries(parameters).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

/** What main is asked for: days become moments, the last one up to its end. */
export function filtersToInput({ from, until, deleted, ...others }: Filters): InterviewListInput {
  return {
    ...others,
    from: from && startOfDay(from),
    until: until && startOfDay(until, 1),
    deleted: deleted || undefined,
  };
}

export function isNarrowed({ status, difficulty, from, until }: Filters): boolean {
  return Boolean(status ?? difficulty ?? from ?? until);
}

function oneOf<T extends string>(values: readonly T[], value: string | null): T | undefined {
  return values.find((candidate) => candidate === value);
}
