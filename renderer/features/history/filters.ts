import { useSearchParams } from 'react-router';
import type { InterviewListInput, InterviewSort } from '../../../shared/contract/interviews.ts';
import { type InterviewDifficulty, interviewDifficulties } from '../../../shared/model/difficulty.ts';
import { type InterviewStatus, interviewStatuses } from '../../../shared/model/interview.ts';

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
    from: day(parameters.get('from')),
    until: day(parameters.get('until')),
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
    from: from && startOf(from, 0),
    until: until && startOf(until, 1),
    deleted: deleted || undefined,
  };
}

export function isNarrowed({ status, difficulty, from, until }: Filters): boolean {
  return Boolean(status ?? difficulty ?? from ?? until);
}

function oneOf<T extends string>(values: readonly T[], value: string | null): T | undefined {
  return values.find((candidate) => candidate === value);
}

function day(text: string | null): string | undefined {
  return text && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

/** Midnight here, so many days after a day; by the calendar, since a day may have 23 or 25 hours. */
function startOf(localDay: string, daysLater: number): string {
  const [year = 0, month = 1, date = 1] = localDay.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}
