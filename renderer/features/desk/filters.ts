import { useSearchParams } from 'react-router';
import type { DeskListInput } from '../../../shared/contract/desk.ts';
import { type InterviewStatus, interviewStatuses } from '../../../shared/model/interview.ts';

export const deskTimes = ['today', 'ahead', 'lately'] as const;
export type DeskTime = (typeof deskTimes)[number];

export const deskTimeWords: Record<DeskTime, string> = {
  today: 'Today',
  ahead: 'From now on',
  lately: 'The last 30 days',
};

/** What the desk shows. Kept in the address, so that going back finds the same list. */
export interface DeskFilters {
  show: 'all' | 'rate' | 'deleted';
  kind?: 'LIVE' | 'ONE_WAY';
  status?: InterviewStatus;
  when?: DeskTime;
  /** An id. */
  candidate?: string;
  search: string;
  mine: boolean;
  oldest: boolean;
}

export function useDeskFilters(): [DeskFilters, (change: Partial<DeskFilters>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const filters = read(parameters);
  return [filters, (change) => setParameters(write({ ...filters, ...change }), { replace: true })];
}

/** Anything that is not a filter's value is left out: an address may be typed, or come from another version. */
function read(parameters: URLSearchParams): DeskFilters {
  const [show, kind, status] = ['show', 'kind', 'status'].map((name) => parameters.get(name));
  return {
    show: show === 'rate' || show === 'deleted' ? show : 'all',
    kind: kind === 'LIVE' || kind === 'ONE_WAY' ? kind : undefined,
    status: interviewStatuses.find((candidate) => candidate === status),
    when: deskTimes.find((time) => time === parameters.get('when')),
    candidate: parameters.get('candidate') || undefined,
    search: parameters.get('search') ?? '',
    mine: parameters.get('mine') === 'yes',
    oldest: parameters.get('sort') === 'OLDEST',
  };
}

function write({ show, mine, oldest, ...others }: DeskFilters): Record<string, string> {
  const parameters = {
    ...others,
    show: show === 'all' ? undefined : show,
    mine: mine ? 'yes' : undefined,
    sort: oldest ? 'OLDEST' : undefined,
  };
  return Object.fromEntries(
    Object.entries(parameters).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

/** @param now the same one for as long as the list is shown, so that its pages belong together */
export function deskInput(
  { show, kind, status, when, candidate, search, mine, oldest }: DeskFilters,
  now: Date,
): DeskListInput {
  return {
    ...{ kind, status, mine, candidateId: candidate, ...span(when, now) },
    search: search.trim() || undefined,
    toRate: show === 'rate',
    deleted: show === 'deleted',
    sort: oldest ? 'OLDEST' : 'NEWEST',
  };
}

/** Days begin and end where the person is. */
function span(when: DeskTime | undefined, now: Date): Pick<DeskListInput, 'from' | 'until'> {
  const day = (days: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days).toISOString();
  switch (when) {
    case 'today':
      return { from: day(0), until: day(1) };
    case 'ahead':
      return { from: now.toISOString() };
    case 'lately':
      return { from: day(-30), until: day(1) };
    case undefined:
      return {};
  }
}

export function isNarrowed({ kind, status, when, candidate, search, mine, show }: DeskFilters): boolean {
  return Boolean(kind ?? status ?? when ?? candidate) || search.trim() !== '' || mine || show === 'rate';
}
