import { useSearchParams } from 'react-router';
import type { InputOf } from '../../../shared/contract/index.ts';

/** Which candidates are shown. Kept in the address, so that going back finds the same list. */
export interface CandidateFilters {
  search: string;
  tag?: string;
  archived: boolean;
}

export function useCandidateFilters(): [CandidateFilters, (change: Partial<CandidateFilters>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const change = (changes: Partial<CandidateFilters>) =>
    setParameters((current) => write({ ...read(current), ...changes }), { replace: true });
  return [read(parameters), change];
}

/** An address may be typed, or come from another version. */
function read(parameters: URLSearchParams): CandidateFilters {
  return {
    search: (parameters.get('q') ?? '').slice(0, 200),
    tag: parameters.get('tag')?.slice(0, 40) || undefined,
    archived: parameters.get('archived') === 'yes',
  };
}

function write({ search, tag, archived }: CandidateFilters): Record<string, string> {
  return { ...(search && { q: search }), ...(tag && { tag }), ...(archived && { archived: 'yes' }) };
}

export function candidatesInput({ search, tag, archived }: CandidateFilters): InputOf<'candidates.list'> {
  return { search: search.trim() || undefined, tag, archived };
}

export function isNarrowed({ search, tag }: CandidateFilters): boolean {
  return search.trim() !== '' || tag !== undefined;
}
