import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import type { KitProblem } from '../../../shared/contract/kits.ts';
import { useOperation } from '../../lib/queries.ts';
import { contentOf, type KitDraft } from './kit-draft.ts';

export type Problem = Pick<KitProblem, 'message' | 'hinders'>;

/** How long to wait for the next change before main is asked, ms. */
const pauseMs = 300;

/**
 * What would stand in the way of an interview of a draft, as main sees it, so that the editor says what making one would
 * say.
 */
export function useKitCheck(draft: KitDraft): {
  /** By the item's key. */
  itemProblems: ReadonlyMap<string, Problem>;
  kitProblems: readonly Problem[];
} {
  const [checked] = useDebouncedValue(draft, pauseMs);
  const { items } = checked.definition;
  const { data, error } = useOperation(
    'kits.preview',
    { definition: contentOf(checked).definition },
    { placeholderData: keepPreviousData, gcTime: 30_000, staleTime: 0 },
  );
  const problems: KitProblem[] = error
    ? Object.entries(error.fields).map(([field, message]) => {
        const item = /^definition\.items\.(\d+)/.exec(field)?.[1];
        return { item: item === undefined ? null : Number(item), hinders: true, message };
      })
    : (data?.problems ?? []);
  const itemProblems = new Map<string, Problem>();
  for (const problem of problems) {
    const key = problem.item === null ? undefined : items[problem.item]?.key;
    if (key !== undefined) itemProblems.set(key, problem);
  }
  return { itemProblems, kitProblems: problems.filter(({ item }) => item === null) };
}
