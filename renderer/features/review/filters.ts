import { useSearchParams } from 'react-router';
import type { InputOf } from '../../../shared/contract/index.ts';
import { dayOf, startOfDay } from '../../lib/days.ts';

/** Which answers are shown. Kept in the address, so that going back finds the same ones. */
export interface ReviewFilters {
  kit?: string;
  competency?: string;
  tag?: string;
  /** Local days, `2026-03-31`; both included. */
  from?: string;
  until?: string;
}

const names = ['kit', 'competency', 'tag', 'from', 'until'] as const;

export function useReviewFilters(): [ReviewFilters, (change: Partial<ReviewFilters>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const filters = filtersFrom(parameters);
  return [filters, (change) => setParameters(toAddress({ ...filters, ...change }), { replace: true })];
}

/** Anything that is not a filter's value is left out: an address may be typed, or come from another version. */
export function filtersFrom(parameters: URLSearchParams): ReviewFilters {
  return {
    kit: parameters.get('kit') || undefined,
    competency: parameters.get('competency')?.slice(0, 100) || undefined,
    tag: parameters.get('tag')?.slice(0, 50) || undefined,
    from: dayOf(parameters.get('from')),
    until: dayOf(parameters.get('until')),
  };
}

function toAddress(filters: ReviewFilters): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (filters[name] ? [[name, filters[name]]] : [])));
}

/** What main is asked for: days become moments, the last one up to its end. */
export function gridInput({ kit, competency, tag, from, until }: ReviewFilters): InputOf<'review.grid'> {
  return { ...{ kitId: kit, competency, tag }, ...span({ from, until }) };
}

export function compareInput({
  kit,
  from,
  until,
}: ReviewFilters): Omit<InputOf<'review.compare'>, 'questionId'> {
  return { kitId: kit, ...span({ from, until }) };
}

function span({ from, until }: Pick<ReviewFilters, 'from' | 'until'>) {
  return { from: from && startOfDay(from), until: until && startOfDay(until, 1) };
}

export function isNarrowed(filters: ReviewFilters): boolean {
  return names.some((name) => filters[name]);
}
