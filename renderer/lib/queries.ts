import {
  keepPreviousData,
  MutationCache,
  QueryCache,
  QueryClient,
  type QueryKey,
  type UseMutationOptions,
  type UseQueryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import type { InputOf, OperationName, OutputOf } from '../../shared/contract/index.ts';
import { CallError, call, on } from './client.ts';
import { reportFailure } from './failures.ts';

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: CallError;
    mutationMeta: {
      /** The caller shows a failure itself, so no notification is needed. */
      showsFailure?: boolean;
    };
  }
}

/** An operation that takes nothing may be named alone; `undefined` stands for its input otherwise. */
type InputArgument<N extends OperationName> =
  undefined extends InputOf<N> ? [input?: InputOf<N>] : [input: InputOf<N>];

/** What a query of an operation is kept under: its name, then its input. */
export function keyOf<N extends OperationName>(name: N, ...[input]: InputArgument<N>): QueryKey {
  return input === undefined ? [name] : [name, input];
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignedOut }),
  mutationCache: new MutationCache({
    onError(error, _input, _result, mutation) {
      noticeSignedOut(error);
      if (!mutation.meta?.showsFailure) reportFailure(error);
    },
  }),
  defaultOptions: {
    // Main is on this machine: what the browser thinks of the network says nothing about it, and an answer it gives is
    // final, so neither waiting for a connection nor asking again helps.
    queries: { networkMode: 'always', retry: false, staleTime: 5_000 },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** Reads an operation, kept and shared under its name and input. */
export function useOperation<N extends OperationName>(
  name: N,
  ...[input, options]: undefined extends InputOf<N>
    ? [input?: InputOf<N>, options?: ReadOptions<N>]
    : [input: InputOf<N>, options?: ReadOptions<N>]
) {
  return useQuery({
    ...options,
    queryKey: keyOf(name, ...([input] as InputArgument<N>)),
    queryFn: () => callAnything(name, input),
  });
}

type ReadOptions<N extends OperationName> = Omit<
  UseQueryOptions<OutputOf<N>, CallError>,
  'queryKey' | 'queryFn'
>;

/** The operations that answer a page at a time. */
type PagedOperation = {
  [N in OperationName]: OutputOf<N> extends { rows: unknown[]; next: string | null } ? N : never;
}[OperationName];

type RowOf<N extends PagedOperation> = OutputOf<N>['rows'][number];

/**
 * The rows of a list that is read by key, page after page, as one list.
 *
 * @param options.keepPrevious shows the list before while another one is read: for what changes with every key pressed
 */
export function usePages<N extends PagedOperation>(
  name: N,
  input: Omit<InputOf<N>, 'after'>,
  { keepPrevious = false }: { keepPrevious?: boolean } = {},
) {
  return useInfiniteQuery({
    queryKey: keyOf(name, ...([input] as unknown as InputArgument<N>)),
    queryFn: ({ pageParam }): Promise<{ rows: RowOf<N>[]; next: string | null }> =>
      callAnything(name, { ...input, after: pageParam } as InputOf<N>),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    select: ({ pages }) => pages.flatMap((page) => page.rows),
    placeholderData: keepPrevious ? keepPreviousData : undefined,
  });
}

/**
 * Does something: calls the operation, then reads again what it may have changed.
 *
 * A failure is told in a notification, unless the caller says with `showsFailure` that it shows it itself.
 */
export function useAct<N extends OperationName>(
  name: N,
  {
    changes = [],
    showsFailure = false,
    ...options
  }: {
    /** The operations whose answers are out of date afterwards. */
    changes?: readonly OperationName[];
    showsFailure?: boolean;
  } & Pick<UseMutationOptions<OutputOf<N>, CallError, InputOf<N>>, 'onSuccess' | 'onError'> = {},
) {
  return useMutation<OutputOf<N>, CallError, InputOf<N>>({
    ...options,
    meta: { showsFailure },
    mutationFn: (input) => callAnything(name, input),
    onSettled: () => void refresh(...changes),
  });
}

/** Reads again whatever is on screen of these operations, and forgets the rest. Resolves when that is done. */
export async function refresh(...names: readonly OperationName[]): Promise<void> {
  await Promise.all(names.map((name) => queryClient.invalidateQueries({ queryKey: [name] })));
}

/** Follows what main tells of its own accord. @returns a function that ends that */
export function followEvents(): () => void {
  const ends = [
    on('app.statusChanged', () => void refresh('app.status', 'accounts.current')),
    on('accounts.signedOut', forgetPerson),
    on('desk.changed', ({ interviewId }) => {
      void queryClient.invalidateQueries({ queryKey: keyOf('desk.interview', { id: interviewId }) });
      void queryClient.invalidateQueries({ queryKey: keyOf('notes.list', { interviewId }) });
      void queryClient.invalidateQueries({ queryKey: keyOf('oneWay.get', { id: interviewId }) });
      void refresh('desk.list', 'oneWay.mine');
    }),
    on('database.workChanged', () => void refresh('database.work')),
    on(
      'retention.changed',
      () =>
        void refresh(
          ...(['retention.rules', 'retention.preview', 'retention.previewInterviews'] as const),
          ...([
            'retention.interviews',
            'retention.ofInterview',
            'interviews.get',
            'interviews.list',
          ] as const),
          ...(['desk.interview', 'desk.list', 'oneWay.get', 'oneWay.mine', 'review.compare'] as const),
        ),
    ),
    on('personalData.changed', () => void refresh('personalData.saving')),
    on('storage.changed', () => void refresh('storage.status', 'storage.measure')),
    on('interviews.changed', ({ interviewId }) => {
      void queryClient.invalidateQueries({ queryKey: keyOf('interviews.get', { id: interviewId }) });
      void queryClient.invalidateQueries({ queryKey: keyOf('desk.interview', { id: interviewId }) });
      void queryClient.invalidateQueries({ queryKey: keyOf('oneWay.get', { id: interviewId }) });
      void refresh('interviews.list', 'interviews.unfinished');
      // A take that has just been finished has a waveform now; those that are known do not change.
      void queryClient.invalidateQueries({
        queryKey: ['recordings.peaks' satisfies OperationName],
        predicate: ({ state }) => !state.data,
      });
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** Nobody is signed in any more: whatever was read for the last person goes. */
export function forgetPerson(): void {
  queryClient.setQueryData(keyOf('accounts.current'), null);
  queryClient.removeQueries({
    predicate: ({ queryKey: [name] }) => !outlivesPerson.has(name as OperationName),
  });
}

const outlivesPerson: ReadonlySet<OperationName> = new Set(['app.status', 'accounts.current']);

function noticeSignedOut(error: Error): void {
  if (error instanceof CallError && error.code === 'NOT_SIGNED_IN') forgetPerson();
}

/** `call`, for a name that is only known to a type parameter: its conditional argument cannot be resolved there. */
function callAnything<N extends OperationName>(name: N, input: InputOf<N> | undefined): Promise<OutputOf<N>> {
  return (call as (name: N, input?: InputOf<N>) => Promise<OutputOf<N>>)(name, input);
}
