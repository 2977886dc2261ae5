import { useSearchParams } from 'react-router';
import type { DeskListInput } from '../../../shared/contract/desk.ts';
import { type InterviewStatus, interviewStatuses } from '../../../shared/model/interview.ts';

/** What the desk shows. Kept in the address, so that going back finds the same list. */
export interface DeskFilters {
  show: 'all' | 'rate' | 'deleted';
  kind?: 'LIVE' | 'ONE_WAY';
  status?: InterviewStatus;
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
    search: parameters.get('search') ?? '',
    mine: parameters.get('mine') === 'yes',
    oldest: parameters.get('sort') === 'OLDEST',
  };
}

function write({ show, kind, status, search, mine, oldest }: DeskFilters): Record<string, string> {
  const parameters = {
    ...{ kind, status, search },
    show: show === 'all' ? undefined : show,
    mine: mine ? 'yes' : undefined,
    sort: oldest ? 'OLDEST' : undefined,
  };
  return Object.fromEntries(
    Object.entries(parameters).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

export function deskInput({ show, kind, status, search, mine, oldest }: DeskFilters): DeskListInput {
  return {
    ...{ kind, status, mine },
    search: search.trim() || undefined,
    toRate: show === 'rate',
    deleted: show === 'deleted',
    sort: oldest ? 'OLDEST' : 'NEWEST',
  };
}

export function isNarrowed({ kind, status, search, mine, show }: DeskFilters): boolean {
  return Boolean(kind ?? status) || search.trim() !== '' || mine || show === 'rate';
}
