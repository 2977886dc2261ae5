import { useOperation } from '../../lib/queries.ts';

/** The archive that this person has begun last. Main tells how it goes. */
export function useSaving() {
  const { data: saving = null } = useOperation('personalData.saving', undefined, {
    refetchInterval: ({ state }) => (state.data && !state.data.endedAt ? 1_000 : false),
  });
  return { saving, running: saving !== null && saving.endedAt === null };
}
