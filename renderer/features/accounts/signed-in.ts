import type { Person } from '../../../shared/contract/accounts.ts';
import { keyOf, queryClient, refresh, useOperation } from '../../lib/queries.ts';

/** Takes note of who just signed in. */
export function welcome(person: Person): void {
  queryClient.setQueryData(keyOf('accounts.current'), person);
  void refresh('app.status');
}

/** Who is signed in, on the screens behind the AccountGate. */
export function usePerson(): Person {
  const { data: person } = useOperation('accounts.current', undefined, { staleTime: Infinity });
  if (!person) throw new Error('This screen is only for somebody who is signed in.');
  return person;
}
