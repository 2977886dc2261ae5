import { useOperation } from '../../lib/queries.ts';

/** The app's and its database's state. Main tells when it changes; asking as well covers a message that came too early. */
export function useAppStatus() {
  return useOperation('app.status', undefined, {
    refetchInterval: ({ state }) => {
      const database = state.data?.database.state;
      return database === 'opening' || database === 'migrating' ? 1_000 : false;
    },
  });
}
