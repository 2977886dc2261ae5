import { useSearchParams } from 'react-router';
import type { LibraryListInput, LibrarySort } from '../../../shared/contract/library.ts';
import { type QuestionDifficulty, questionDifficulties } from '../../../shared/model/difficulty.ts';

/** What of the library is shown. Kept in the address, so that going back finds the same list. */
export interface Filters {
  search: string;
  competency?: string;
  difficulty?: QuestionDifficulty;
  tags: readonly string[];
  practice?: PracticeChoice;
  asked?: AskedChoice;
  /** Left out: by relevance where something is searched, else the newest first. */
  sort?: LibrarySort;
  archived: boolean;
}

export const noFilters: Filters = { search: '', tags: [], archived: false };

export const sorts = {
  RELEVANCE: 'Best match',
  NEWEST: 'Newest first',
  MOST_ASKED: 'Asked most',
  LEAST_ASKED: 'Asked least',
  LAST_ASKED: 'Asked last',
} as const satisfies Record<LibrarySort, string>;

/** When a question was last asked, as one chooses it. */
export const askedChoices = {
  never: { label: 'Never', input: { asked: 'NEVER' } },
  'not-3': { label: 'Not for 3 months', input: { asked: 'NOT_LATELY', months: 3 } },
  'not-6': { label: 'Not for 6 months', input: { asked: 'NOT_LATELY', months: 6 } },
  'not-12': { label: 'Not for a year', input: { asked: 'NOT_LATELY', months: 12 } },
  'in-1': { label: 'In the last month', input: { asked: 'LATELY', months: 1 } },
  'in-6': { label: 'In the last 6 months', input: { asked: 'LATELY', months: 6 } },
} as const satisfies Record<string, { label: string; input: Pick<LibraryListInput, 'asked' | 'months'> }>;
/** Whether candidates may practise it. */
export const practiceChoices = { open: 'For practice', kept: 'Not for practice' } as const;
type PracticeChoice = keyof typeof practiceChoices;

type AskedChoice = keyof typeof askedChoices;

export function useFilters(): [Filters, (change: Partial<Filters>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const change = (changes: Partial<Filters>) =>
    setParameters((current) => filtersToParameters({ ...filtersFromParameters(current), ...changes }), {
      replace: true,
    });
  return [filtersFromParameters(parameters), change];
}

/** Anything that is not a filter's value is left out: an address may be typed, or come from another version. */
export function filtersFromParameters(parameters: URLSearchParams): Filters {
  return {
    search: (parameters.get('q') ?? '').slice(0, 200),
    competency: parameters.get('competency')?.slice(0, 100) || undefined,
    difficulty: oneOf(questionDifficulties, parameters.get('difficulty')),
    tags: parameters.getAll('tag').slice(0, 20),
    practice: oneOf(Object.keys(practiceChoices) as PracticeChoice[], parameters.get('practice')),
    asked: oneOf(Object.keys(askedChoices) as AskedChoice[], parameters.get('asked')),
    sort: oneOf(Object.keys(sorts) as LibrarySort[], parameters.get('sort')),
    archived: parameters.get('archived') === 'yes',
  };
}

export function filtersToParameters({ search, tags, archived, ...others }: Filters): URLSearchParams {
  const parameters = new URLSearchParams();
  if (search) parameters.set('q', search);
  for (const [name, value] of Object.entries(others)) if (value) parameters.set(name, value);
  for (const tag of tags) parameters.append('tag', tag);
  if (archived) parameters.set('archived', 'yes');
  return parameters;
}

export function filtersToInput({ asked, practice, search, tags, ...others }: Filters): LibraryListInput {
  return {
    ...others,
    search: search.trim() || undefined,
    tags: tags.length > 0 ? [...tags] : undefined,
    practice: practice && practice === 'open',
    ...(asked && askedChoices[asked].input),
  };
}

export function isNarrowed({ search, competency, difficulty, tags, practice, asked }: Filters): boolean {
  return Boolean(search.trim() || competency || difficulty || tags.length > 0 || practice || asked);
}

function oneOf<T extends string>(values: readonly T[], value: string | null): T | undefined {
  return values.find((candidate) => candidate === value);
}
